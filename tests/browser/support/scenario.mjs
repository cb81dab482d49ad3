// One test: a server with one page, a browser in front of it, and at the end
// neither has complained.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import path from "node:path";
import test, { after } from "node:test";

const { BROWSER_PACKAGES, BROWSER_PROGRAMS, CHROMIUM } = process.env;
const { chromium } = createRequire(path.resolve(BROWSER_PACKAGES, "x"))(
  "playwright-core");

// Two busy cores: what is not there by then does not come.
export const PATIENCE_MS = Number(process.env.BROWSER_PATIENCE_MS ?? 60_000);

const FLAGS = [
  "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--autoplay-policy=no-user-gesture-required",
];

let browser;

async function openBrowser() {
  browser ??= await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  return browser;
}

after(() => browser?.close());

// Ask again until `claim` throws no more; then what it returns.
export async function eventually(claim) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await claim();
    } catch (mistake) {
      if (Date.now() > end) throw mistake;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

// ---- servers ----------------------------------------------------------------

async function readUrl(child) {
  let said = "";
  for await (const text of child.stdout) {
    said += text;
    const url = said.match(/http:\S+/);
    if (url) return url[0];
  }
  throw new Error(`the server has ended without a URL: ${said}`);
}

class Server {
  constructor(program, words) {
    this.child = spawn(path.join(BROWSER_PROGRAMS, program), words,
      { stdio: ["ignore", "pipe", "pipe"] });
    this.errors = "";
    this.child.stderr.on("data", (text) => { this.errors += text; });
    this.ended = once(this.child, "exit");
  }

  // It is to end by itself, and well: leaks and races are told at the end.
  async stop() {
    if (this.child.exitCode === null) this.child.kill("SIGTERM");
    const patience = setTimeout(() => this.child.kill("SIGKILL"), PATIENCE_MS);
    const [code, signal] = await this.ended;
    clearTimeout(patience);
    return { code, signal };
  }
}

// `page` of browser_app, or the `sample` of that name.
async function startServer({ page, sample, options = [] }) {
  const words = ["--port", "0", ...options];
  const server = sample
    ? new Server(`browser_${sample}`, words)
    : new Server("browser_app", [...words, "--", page]);
  server.url = await readUrl(server.child);
  return server;
}

// ---- complaints -------------------------------------------------------------

// All that a context has to say against its pages.
function watch(context, server, complaints) {
  const own = new URL(server.url).host;
  context.on("console", (message) => {
    if (message.type() === "error")
      complaints.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) =>
    complaints.push(`page: ${error.error().stack}`));
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/.test(url.protocol) && url.host !== own)
      complaints.push(`request: ${request.url()}`);
  });
}

// What has come and was not expected, and the other way around.
function compare(complaints, expected) {
  const patterns = expected.map(({ complaint }) => complaint);
  return {
    unexpected: complaints.filter((text) =>
      !patterns.some((pattern) => pattern.test(text))),
    missing: patterns.filter((pattern) =>
      !complaints.some((text) => pattern.test(text))),
  };
}

// ---- scenarios --------------------------------------------------------------

// A test of a page.  `wanted` has `page` or `sample`, `options` of the server,
// and what is `expected`: [{ complaint: /pattern/, reason: "..." }].  `act`
// gets { open, url, complaints }; open() opens the page in a browser of its own,
// and returns it.
export function scenario(name, wanted, act) {
  test(name, { timeout: 240_000 }, async () => {
    const server = await startServer(wanted);
    const complaints = [], contexts = [];
    const open = async (suffix = "/", settings = {}) => {
      const context = await (await openBrowser()).newContext(
        { viewport: { width: 1280, height: 900 }, ...settings });
      contexts.push(context);
      context.setDefaultTimeout(PATIENCE_MS);
      watch(context, server, complaints);
      const page = await context.newPage();
      await settings.prepare?.(page);
      await page.goto(server.url + suffix);
      return page;
    };
    try {
      await act({ open, url: server.url, complaints });
    } catch (mistake) {
      if (complaints.length > 0 || server.errors)
        console.error(complaints.join("\n"), server.errors);
      throw mistake;
    } finally {
      for (const context of contexts) await context.close();
      server.outcome = await server.stop();
    }
    assert.deepEqual(compare(complaints, wanted.expected ?? []),
      { unexpected: [], missing: [] });
    assert.equal(server.errors, "");
    assert.deepEqual(server.outcome, { code: 0, signal: null });
  });
}

// ---- looking ----------------------------------------------------------------

// Wait until the page shows this text.
export async function seeText(page, text) {
  await page.getByText(text, { exact: true }).first().waitFor();
}

// The texts of st_text(), from the top to the bottom.
export async function textsOf(page) {
  return page.getByTestId("stText").allInnerTexts();
}

// Wait until the front end knows of no run that is under way.  It hears of one
// a moment after it was asked for: wait for what that draws as well.
export async function settle(page) {
  await page.locator("[data-test-script-state=notRunning]").waitFor();
}
