// Every kind of elements.def is seen, every widget answers: drawn by a plain
// function, and by a memoized one, whose page is drawn again from its record.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { answered, seen } from "./support/kinds.mjs";
import { scenario, seeText, settle } from "./support/scenario.mjs";

function readKinds() {
  const table = new URL("../../runtime/elements/elements.def", import.meta.url);
  const lines = readFileSync(table, "utf8").matchAll(
    /^ELEMENT\(\w+, (\w+), \w+, (\w+)\)$/gm);
  return [...lines].map(([, name, role]) => ({ name, role }));
}

const kinds = readKinds();
const displayed = kinds.filter(({ role }) => role !== "WIDGET");
const widgets = kinds.filter(({ role }) => role === "WIDGET");

// Look at all kinds, and then tell what is wrong with which.
async function checkAll(wanted, check) {
  const mistakes = [];
  for (const { name } of wanted) {
    try {
      await check(name);
    } catch (mistake) {
      mistakes.push(`${name}: ${mistake.message}`);
    }
  }
  assert.deepEqual(mistakes, []);
}

test("each kind has a check", () => {
  assert.ok(kinds.length > 50);
  assert.deepEqual(kinds.filter(({ name, role }) =>
    !(role === "WIDGET" ? answered : seen)[name]), []);
});

const seeAll = (page) => checkAll(displayed, (name) => seen[name](page));

const answerAll = (page) => checkAll(widgets, async (name) => {
  const [answer, text] = answered[name];
  await answer(page);
  await seeText(page, text);
});

scenario("elements are seen", { page: "elements" }, async ({ open }) => {
  await seeAll(await open());
});

scenario("recorded elements are seen", { page: "elements_memoized" },
  async ({ open }) => {
    const first = await open();
    await settle(first);
    await seeText(first, "body runs = 1");

    const second = await open();

    await seeAll(second);
    await seeText(second, "body runs = 1");
  });

scenario("widgets answer", { page: "widgets" }, async ({ open }) => {
  await answerAll(await open());
});

scenario("recorded widgets answer", { page: "widgets_memoized" },
  async ({ open }) => {
    const first = await open();
    await settle(first);
    await seeText(first, "body runs = 1");

    const second = await open();

    await seeText(second, "body runs = 1");
    await answerAll(second);
  });
