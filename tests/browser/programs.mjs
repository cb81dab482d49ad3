// The programs of the documentation of st.experimental_memo do what it says.
import assert from "node:assert/strict";
import { eventually, scenario, seeText, settle, textsOf }
  from "./support/scenario.mjs";

async function seeChartAndTable(page) {
  const chart = page.getByTestId("stVegaLiteChart");
  const table = page.getByTestId("stDataFrame");
  await chart.locator("svg.marks, canvas.marks").waitFor();
  await table.locator("canvas").first().waitFor();
  const above = await chart.boundingBox(), below = await table.boundingBox();
  assert.ok(above.y < below.y);
  await eventually(async () => assert.match(
    await table.getByTestId("glide-cell-1-0").textContent(), /^-?0\.\d+$/));
}

scenario("a chart that was drawn inside is drawn again, without its function",
  { sample: "area_chart" }, async ({ open }) => {
    await seeChartAndTable(await open());

    const page = await open();

    await seeChartAndTable(page);
    assert.deepEqual(await textsOf(page), ["load_data: body runs = 1"]);
  });

scenario("a checkbox works where widgets are allowed", { sample: "works" },
  async ({ open }) => {
    const page = await open();
    const box = page.getByRole("checkbox", { name: "Works!" });
    await settle(page);

    for (const isChecked of [true, false, true]) {
      await page.getByText("Works!").click();
      await eventually(async () =>
        assert.equal(await box.isChecked(), isChecked));
      await settle(page);
    }

    await seeText(page, "func: body runs = 2");
  });

scenario("a checkbox that is not allowed leaves a warning",
  { sample: "does_not_work" }, async ({ open }) => {
    for (let session = 1; session <= 2; session++) {
      const page = await open();

      const warning = page.getByTestId("stException");
      await warning.getByText("CachedStFunctionWarning").waitFor();
      assert.match(await warning.innerText(), /'func'.*'st_checkbox'/);
      await seeText(page, "func: body runs = 1");
      assert.equal(await page.getByRole("checkbox").count(), 0);
    }
  });

scenario("the value of a checkbox is an input", { sample: "plus_one" },
  async ({ open }) => {
    const page = await open();
    const box = page.getByText("Nuke the value");
    const written = () => page.getByTestId("stMarkdown").allInnerTexts();
    const see = async (texts) => eventually(async () =>
      assert.deepEqual(await written(), texts));

    await see(["3"]);
    await seeText(page, "plus_one: body runs = 1");
    for (let again = 0; again < 3; again++) {
      await box.click();
      await see(["Value was nuked, returning 0", "0"]);
      await box.click();
      await see(["3"]);
    }

    await settle(page);
    await seeText(page, "plus_one: body runs = 2");
  });
