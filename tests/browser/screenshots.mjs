// Pictures of the samples for people to look at, light and dark: they lie in
// the folder that the test runs in.  What fails here is a page that complains.
import assert from "node:assert/strict";
import { eventually, scenario, settle } from "./support/scenario.mjs";

// The front end scrolls inside of the window: it is to be as high as the page.
async function fitWindow(page) {
  const block = page.getByTestId("stMainBlockContainer");
  const { height } = await block.boundingBox();
  await page.setViewportSize({ width: 1280, height: Math.ceil(height) });
}

// Parts of the page come when they are in sight, and have room before that.
async function takePicture(page, path) {
  await fitWindow(page);
  await eventually(async () => assert.equal(
    await page.getByTestId("stSkeleton").count(), 0));
  await page.waitForLoadState("networkidle");
  await fitWindow(page);
  await page.screenshot({ path, animations: "disabled" });
}

const others = {
  complaint: /example\.org|Failed to load resource/,
  reason: "the gallery shows a film and a page of another server",
};

// What comes last on its page.
const last = {
  area_chart: "stDataFrame",
  does_not_work: "stException",
  gallery: "stForm",
  plus_one: "stMarkdown",
  works: "stCheckbox",
};

// Themes differ in colours, and take as long.
const themes = process.env.MEMO_TEST_DEPTH === "deep" ? ["light", "dark"]
  : ["light"];

for (const [sample, end] of Object.entries(last)) {
  for (const theme of themes) {
    scenario(`${sample}, ${theme}`, {
      sample,
      options: ["--theme", theme],
      expected: sample === "gallery" ? [others] : [],
    }, async ({ open }) => {
      const page = await open("/", {
        colorScheme: "light",
        prepare: (page) => page.route(/example\.org/, (route) => route.abort()),
      });

      await page.getByTestId(end).first().waitFor();
      await settle(page);
      await takePicture(page, `${sample}-${theme}.png`);
    });
  }
}

// The README shows this one: samples/browser/page.png.
scenario("the sample of the README, and what it has cached",
  { sample: "browser" }, async ({ open }) => {
    const page = await open("/", { viewport: { width: 960, height: 860 } });
    await page.getByTestId("stVegaLiteChart").locator("canvas, svg").first()
      .waitFor();
    await page.getByTestId("stDataFrame").locator("canvas").first().waitFor();
    await settle(page);
    await page.waitForLoadState("networkidle");
    await page.screenshot({ path: "page.png", animations: "disabled" });

    await page.getByText("plus_one", { exact: true }).click();
    await page.getByText("Nuke the value").waitFor();
    await page.getByText("what is cached", { exact: true }).click();
    await page.getByTestId("stVegaLiteChart").locator("canvas, svg").first()
      .waitFor();
    await settle(page);
    await page.waitForLoadState("networkidle");
    await page.screenshot({ path: "cached.png", animations: "disabled" });
  });
