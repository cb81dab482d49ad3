// What a tab keeps while its connection comes and goes, and what tabs share.
import assert from "node:assert/strict";
import { eventually, scenario, seeText, settle, textsOf }
  from "./support/scenario.mjs";

const untouched = ["count = 0", "name =", "size = 20", "changes = 0"];

async function answer(page) {
  await page.getByRole("button", { name: "Count" }).click();
  await seeText(page, "count = 1");
  await page.getByRole("textbox", { name: "Name" }).fill("Ada");
  await page.getByRole("textbox", { name: "Name" }).press("Enter");
  await seeText(page, "name = Ada");
  await page.getByRole("slider").press("ArrowRight");
  await seeText(page, "size = 21");
  await seeText(page, "changes = 1");
}

const answers = ["count = 1", "name = Ada", "size = 21", "changes = 1"];

const see = (page, texts) => eventually(async () =>
  assert.deepEqual((await textsOf(page)).map((text) => text.trim()), texts));

scenario("a reload begins a new session", { page: "session" },
  async ({ open }) => {
    const page = await open();
    await answer(page);

    await page.reload();

    await see(page, untouched);
    await answer(page);
    await see(page, answers);
  });

scenario("state set by a key is the widget's value", { page: "session" },
  async ({ open }) => {
    const page = await open();

    await page.getByRole("button", { name: "Set the name" }).click();

    await seeText(page, "name = set by its key");
    await eventually(async () => assert.equal(
      await page.getByRole("textbox", { name: "Name" }).inputValue(),
      "set by its key"));
  });

// The connections of a page, to be cut by the test.
class Wires {
  all = [];
  isCut = false;

  prepare = (page) => page.routeWebSocket(/_stcore\/stream/, (wire) => {
    if (this.isCut) {
      wire.close({ code: 1001 });
      return;
    }
    this.all.push({ wire, server: wire.connectToServer() });
  });

  cut() {
    const { wire, server } = this.all.at(-1);
    server.close({ code: 1001 });
    wire.close({ code: 1001 });
  }
}

scenario("a session outlives its connection",
  { page: "session" }, async ({ open }) => {
    const wires = new Wires();
    const page = await open("/", { prepare: wires.prepare });
    await answer(page);

    wires.cut();
    await eventually(() => assert.equal(wires.all.length, 2));
    await page.locator("[data-test-connection-state=CONNECTED]").waitFor();

    await see(page, answers);
    await page.getByRole("button", { name: "Count" }).click();
    await see(page, ["count = 2", ...answers.slice(1)]);
  });

scenario("a page that was offline for a while goes on",
  { page: "session" }, async ({ open }) => {
    const wires = new Wires();
    const page = await open("/", { prepare: wires.prepare });
    await answer(page);

    wires.isCut = true;
    wires.cut();
    await page.locator("[data-test-connection-state=CONNECTED]")
      .waitFor({ state: "detached" });
    wires.isCut = false;
    await page.locator("[data-test-connection-state=CONNECTED]").waitFor();

    await page.getByRole("button", { name: "Count" }).click();
    await see(page, ["count = 2", ...answers.slice(1)]);
  });

async function setNumber(page, value) {
  const field = page.getByRole("spinbutton", { name: "x" });
  await field.fill(String(value));
  await field.press("Enter");
  await seeText(page, `cube = ${value ** 3}`);
  await settle(page);
}

scenario("tabs have values of their own, and share what is memoized",
  { page: "shared" }, async ({ open }) => {
    const first = await open();
    await setNumber(first, 5);
    const second = await open();
    await seeText(second, "cube = 8");

    await setNumber(second, 5);
    await setNumber(second, 3);
    await setNumber(first, 3);

    await seeText(first, "body runs = 3");
    await setNumber(second, 2);
    await seeText(second, "body runs = 3");
    await seeText(first, "cube = 27");
  });
