// The URL of a page, its title and colours, the path that it is served below,
// and what it asks of other servers.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after } from "node:test";
import { eventually, scenario, seeText } from "./support/scenario.mjs";
import { seen } from "./support/kinds.mjs";

scenario("parameters of the URL go both ways", { page: "query" },
  async ({ open, url }) => {
    const page = await open("/?a=1&c=%C3%A4");

    await seeText(page, "a = 1");
    await seeText(page, "b = nothing");
    await page.getByRole("button", { name: "Store" }).click();
    await seeText(page, "a = 2");
    await seeText(page, "b = x & y");
    await eventually(() => {
      const query = new URL(page.url()).searchParams;
      assert.deepEqual([...query], [["a", "2"], ["b", "x & y"]]);
    });

    await page.reload();
    await seeText(page, "a = 2");
    await seeText(page, "b = x & y");
    await page.goto(`${url}/`);
    await seeText(page, "a = nothing");
  });

scenario("a page has its title, and the whole window", { page: "configured" },
  async ({ open }) => {
    const page = await open();

    await seeText(page, "the page");
    await eventually(async () =>
      assert.equal(await page.title(), "A title of its own"));
    const block = page.getByTestId("stMainBlockContainer");
    await eventually(async () =>
      assert.ok((await block.boundingBox()).width > 1200));
    await page.locator("[data-testid=stSidebar][aria-expanded=false]")
      .waitFor({ state: "attached" });
  });

scenario("charts have the colours of the page",
  { page: "elements", options: ["--theme", "dark"] }, async ({ open }) => {
    const page = await open();
    const colour = (locator, name) => locator.evaluate(
      (element, name) => getComputedStyle(element)[name], name);

    await seen.plotly_chart(page);

    const ofThePage = await colour(page.getByTestId("stApp"),
      "backgroundColor");
    const ofTheChart = await colour(page.locator(".main-svg").first(),
      "backgroundColor");
    assert.notEqual(ofThePage, "rgb(255, 255, 255)");
    assert.equal(ofTheChart, ofThePage);
  });

for (const path of ["/some/base", "/tools/"]) {
  scenario(`everything is below ${path}`,
    { page: "elements", options: ["--base-url-path", path] },
    async ({ open, url }) => {
      const base = new URL(url).pathname;
      assert.equal(`${base}/`, path.replace(/\/?$/, "/"));
      const asked = [];

      const page = await open("", {
        prepare: (page) => page.on("request",
          (request) => asked.push(new URL(request.url()))),
      });

      const ofThePage = ["image", "audio", "bokeh_chart", "components_html",
        "components_iframe", "dataframe"];
      for (const kind of ofThePage) await seen[kind](page);
      assert.deepEqual(asked.filter(({ protocol, pathname }) =>
        protocol === "http:" && pathname !== base &&
        !pathname.startsWith(`${base}/`)), []);
    });
}

// ---- other servers ----------------------------------------------------------

async function startOther() {
  const asked = [];
  const server = createServer((request, reply) => {
    asked.push(request.url);
    const isPicture = request.url.endsWith(".svg");
    reply.setHeader("content-type", isPicture ? "image/svg+xml" : "text/html");
    reply.end(isPicture
      ? "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'/>"
      : "<p>a page of another server</p>");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    asked,
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => { server.closeAllConnections(); server.close(); },
  };
}

const other = await startOther();
after(other.stop);

scenario("a picture of a server that was not named is not asked for", {
  page: "external",
  expected: [{
    complaint: /picture\.svg/,
    reason: "the page has asked, and the policy has kept it from the server",
  }],
}, async ({ open, complaints }) => {
  other.asked.length = 0;
  const page = await open(`/?server=${other.url}`);

  await page.getByText("Picture").click();
  await page.getByTestId("stImage").waitFor({ state: "attached" });
  await eventually(() => assert.match(complaints.join(),
    /Image source error/));

  assert.deepEqual(other.asked, []);
});

const isAllowed = {
  complaint: /^request: http:\/\/127\.0\.0\.1:\d+\/(picture\.svg|page\.html)$/,
  reason: "this server was named",
};

scenario("a picture of a server that was named is shown", {
  page: "external",
  options: ["--allow-origin", other.url],
  expected: [isAllowed],
}, async ({ open }) => {
  const page = await open(`/?server=${other.url}`);

  await page.getByText("Picture").click();

  const image = page.getByTestId("stImage").locator("img");
  await eventually(async () => assert.equal(
    await image.evaluate((image) => image.naturalWidth), 30));
});

scenario("a page of another server is shown in its frame, as the program asks",
  { page: "external", expected: [isAllowed] }, async ({ open }) => {
    const page = await open(`/?server=${other.url}`);

    await page.getByText("Page").click();

    await page.getByTestId("stIFrame").contentFrame().locator("iframe")
      .contentFrame().getByText("a page of another server").waitFor();
  });
