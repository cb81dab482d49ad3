// How long a person waits after a click: from the click to the changed page; and
// of that the server's part, from the message to its last answer.
//
//   node clicks.mjs PROGRAM CHROMIUM PACKAGES CLICKS
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { connect } from "node:net";
import path from "node:path";

const [program, executablePath, packages, clicks] = process.argv.slice(2);
const { chromium } = createRequire(path.resolve(packages, "x"))(
  "playwright-core");
const FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update",
  "--disable-sync", ...(process.getuid() === 0 ? ["--no-sandbox"] : [])];

async function startServer(environment) {
  const child = spawn(program, ["--port", "0"],
    { env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  for await (const text of child.stdout) {
    said += text;
    const url = said.match(/http:\S+/);
    if (url) return { child, url: url[0] };
  }
  throw new Error("the server has ended");
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

// Ask for runs as a browser does, and wait for the end of each: what a person
// waits for that is not the browser's own work.
async function measureServer(url, count) {
  const { hostname, port, origin, host } = new URL(url);
  const socket = connect(Number(port), hostname).setNoDelay();
  let bytes = Buffer.alloc(0), onEnd;
  // The last message of a run says that it is finished, and no more.
  const END = Buffer.from([0x82, 0x02, 0x30, 0x00]);
  socket.on("data", (more) => {
    bytes = Buffer.concat([bytes.subarray(-3), more]);
    if (bytes.includes(END)) {
      bytes = Buffer.alloc(0);
      onEnd?.();
    }
  });
  socket.write(`GET /_stcore/stream HTTP/1.1\r\nHost: ${host}\r\n` +
    `Origin: ${origin}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: streamlit\r\n\r\n");
  await once(socket, "data");
  const waits = [];
  for (let i = 0; i < count; i++) {
    const end = new Promise((resolve) => { onEnd = resolve; });
    const begin = performance.now();
    socket.write(Buffer.from([0x82, 0x82, 0, 0, 0, 0, 0x5a, 0x00]));
    await end;
    waits.push(performance.now() - begin);
  }
  socket.destroy();
  return median(waits);
}

// In the page, so that no message to this process counts: when the text beside
// the box has changed, and when the last one of the page has.
const clickAndWait = (wanted) => new Promise((resolve, reject) => {
  // What is asked for is to cost nothing.
  const all = document.getElementsByClassName("stText");
  const begin = performance.now();
  let first;
  const watcher = new MutationObserver(() => {
    const now = performance.now() - begin;
    if (all[0].textContent === wanted) first ??= now;
    if (all[all.length - 1].textContent !== wanted) return;
    watcher.disconnect();
    resolve({ first, last: now });
  });
  watcher.observe(document.body,
    { subtree: true, childList: true, characterData: true });
  setTimeout(() => reject(new Error(`"${wanted}" does not come`)), 10_000);
  document.querySelector('[data-testid="stCheckbox"] input').click();
});

async function measure(environment, count) {
  const { child, url } = await startServer(environment);
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  const seen = [];
  let served;
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.getByText("it is not checked").last().waitFor();
    await page.getByText("Part 9 has a line, which is 19").waitFor();
    for (let i = 0; i < count; i++) {
      const wanted = i % 2 === 0 ? "it is checked" : "it is not checked";
      seen.push(await page.evaluate(clickAndWait, wanted));
      // The rest of the run.
      await page.waitForTimeout(100);
    }
    served = await measureServer(url, count);
  } finally {
    await browser.close();
    child.kill("SIGTERM");
  }
  return { first: median(seen.map(({ first }) => first)),
    last: median(seen.map(({ last }) => last)), served };
}

const count = Number(clicks);
const cached = await measure({}, count);
const disabled = await measure({ MEMO_DISABLE: "1" }, Math.min(count, 10));
const row = (name, { first, last, served }) =>
  console.log(name.padEnd(32) + first.toFixed(1).padStart(16) +
    last.toFixed(1).padStart(16) + served.toFixed(2).padStart(16));

console.log("\nA click on a page of 10 functions x 20 elements, bodies of 50 ms;" +
  " milliseconds, median");
console.log("".padEnd(32) + "beside the box".padStart(16) +
  "whole page".padStart(16) + "of it, server".padStart(16));
row("memogen", cached);
row("the same with MEMO_DISABLE=1", disabled);
console.log(`ratio of whole pages: ${(cached.last / disabled.last).toFixed(3)}, ` +
  `of the server's part: ${(cached.served / disabled.served).toFixed(4)}`);
