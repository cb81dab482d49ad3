// Runs that take a while, are stopped, are overtaken by others, or go wrong.
import assert from "node:assert/strict";
import { eventually, scenario, seeText, settle, textsOf }
  from "./support/scenario.mjs";

scenario("a slow memoized function has a spinner while it computes",
  { page: "slow" }, async ({ open }) => {
    const page = await open();
    const spinner = page.getByTestId("stSpinner");
    await seeText(page, "the end");
    assert.equal(await spinner.count(), 0);

    const begin = Date.now();
    await page.getByText("Compute").click();
    await spinner.getByText("slow").waitFor();
    assert.ok(Date.now() - begin < 1500, "the spinner was late");
    await seeText(page, "slow = 2");
    await spinner.waitFor({ state: "detached" });

    // The second time nothing is computed.
    const other = await open();
    await other.getByText("Compute").click();
    await seeText(other, "slow = 2");
    assert.equal(await other.getByTestId("stSpinner").count(), 0);
  });

const WAYS_TO_CLEAR = {
  "the menu": async (page) => {
    await page.getByTestId("stMainMenu").click();
    await page.getByTestId("stMainMenuPopover").getByText("Clear cache")
      .click();
  },
  "a key": async (page) => {
    // In a field it would be a letter.
    await page.getByText("drawn by a memoized function").click();
    await page.keyboard.press("c");
  },
};

for (const [name, ask] of Object.entries(WAYS_TO_CLEAR)) {
  scenario(`clearing the cache by ${name} makes bodies run again`,
    { page: "cleared" }, async ({ open }) => {
      const page = await open();
      await seeText(page, "body runs = 1");
      await page.getByText("Again").click();
      await settle(page);
      await seeText(page, "body runs = 1");

      await ask(page);
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: /Clear cache/ }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByText("Again").click();

      await seeText(page, "body runs = 2");
      await seeText(page, "drawn by a memoized function");
    });
}

scenario("Stop ends a run, and the page goes on answering",
  { page: "stopped" }, async ({ open }) => {
    const page = await open();
    const step = page.getByText(/^step \d+$/);
    await seeText(page, "ended: 0 0");

    await page.getByText("Take long").click();
    await step.waitFor();
    await page.getByTestId("stStatusWidget")
      .getByRole("button", { name: "Stop" }).click();
    await settle(page);
    const last = await step.innerText();
    // It would be three steps further by now.
    await page.waitForTimeout(300);
    assert.equal(await step.innerText(), last);
    assert.ok(!(await textsOf(page)).includes("ended: 1 0"));

    await page.getByText("Take long").click();
    await seeText(page, "ended: 0 0");
  });

scenario("an answer during a run ends with the page of the last answer",
  { page: "rerun" }, async ({ open }) => {
    const page = await open();
    await seeText(page, "ended: 0 0");

    await page.getByText("Slow").click();
    await page.getByText(/^step \d+$/).waitFor();
    await page.getByText("Other").click();
    await seeText(page, "ended: 1 1");
    await page.getByText("Slow").click();
    await seeText(page, "ended: 0 1");

    await eventually(async () => assert.deepEqual(await textsOf(page),
      ["begun: 0 1", "ended: 0 1", "count = 0"]));
  });

scenario("a page may ask to be run again", { page: "rerun" },
  async ({ open }) => {
    const page = await open();
    await seeText(page, "count = 0");

    for (let count = 1; count <= 3; count++) {
      await page.getByRole("button", { name: "Run again" }).click();
      await seeText(page, `count = ${count}`);
    }

    assert.deepEqual(await textsOf(page),
      ["begun: 0 0", "ended: 0 0", "count = 3"]);
  });

scenario("a widget that is drawn twice ends the run, and the next one is fine",
  { page: "duplicate" }, async ({ open }) => {
    const page = await open();
    const exception = page.getByTestId("stException");
    await seeText(page, "the end");

    await page.getByText("Twice").click();
    await exception.getByText("DuplicateWidgetID").waitFor();
    await page.getByText("the end").waitFor({ state: "detached" });

    await page.getByText("Twice").click();
    await seeText(page, "the end");
    await exception.waitFor({ state: "detached" });
    const other = await open();
    await seeText(other, "the end");
  });
