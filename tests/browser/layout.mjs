// Where elements are, and that those which are drawn no more go.
import assert from "node:assert/strict";
import { eventually, scenario, seeText, settle, textsOf }
  from "./support/scenario.mjs";

scenario("the sidebar, columns, tabs and an expander hold what is theirs",
  { page: "layout" }, async ({ open }) => {
    const page = await open();
    const sidebar = page.getByTestId("stSidebar");

    await sidebar.getByText("at the side").waitFor();
    await sidebar.getByText("Side box").click();
    await settle(page);
    await page.getByTestId("stColumn").nth(1).getByText("right").waitFor();
    await page.getByTestId("stTab").getByText("Second").click();
    await page.getByText("in the second tab").waitFor();
    await page.getByText("in the first tab").waitFor({ state: "hidden" });
    await page.getByTestId("stExpander").getByText("Open me").click();
    await page.getByText("in the expander").waitFor();
    // What was opened stays so in the next run.
    await page.getByText("More", { exact: true }).click();
    await seeText(page, "the end of more");
    await page.getByText("in the second tab").waitFor();
    await page.getByText("in the expander").waitFor();
  });

scenario("what is drawn no more goes", { page: "layout" }, async ({ open }) => {
  const page = await open();
  const more = page.getByText(/^one more/);

  await seeText(page, "the end of less");
  await page.getByText("More", { exact: true }).click();
  await seeText(page, "the end of more");
  assert.equal(await more.count(), 5);
  await page.getByText("More", { exact: true }).click();
  await seeText(page, "the end of less");
  await eventually(async () => assert.equal(await more.count(), 0));
});

scenario("a form is sent as a whole", { page: "form" }, async ({ open }) => {
  const page = await open();
  const isThere = ["sent = 0", "name =", "new = 0"];
  const texts = async () =>
    (await textsOf(page)).map((text) => text.trim());

  await eventually(async () => assert.deepEqual(await texts(), isThere));
  await page.getByRole("textbox", { name: "Name" }).fill("Ada");
  await page.getByText("New", { exact: true }).click();
  await settle(page);
  assert.deepEqual(await texts(), isThere);
  await page.getByRole("button", { name: "Send" }).click();

  await eventually(async () =>
    assert.deepEqual(await texts(), ["sent = 1", "name = Ada", "new = 1"]));
});

scenario("a button is as wide as its text", { page: "rerun" },
  async ({ open }) => {
    const page = await open();

    const box = await page.getByRole("button", { name: "Run again" })
      .boundingBox();

    assert.ok(box.width < 200, `it is ${box.width} wide`);
  });
