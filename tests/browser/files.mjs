// Files that go up and down, pictures, sounds and films.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { takePicture, widget } from "./support/kinds.mjs";
import { eventually, scenario, seeText } from "./support/scenario.mjs";

const put = (page, key, files) =>
  widget(page, key).locator("input[type=file]").setInputFiles(files);

const textFile = (name, text) =>
  ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

const remove = (page, key, index) => widget(page, key)
  .getByTestId("stFileChipDeleteBtn").getByRole("button").nth(index).click();

scenario("a file is shown, replaced and removed", { page: "files" },
  async ({ open }) => {
    const page = await open();

    await seeText(page, "one = nothing");
    await put(page, "one", textFile("a.txt", "what it says"));
    await seeText(page, "one = a.txt, text/plain: what it says");
    await put(page, "one", textFile("b ä.txt", "another one"));
    await seeText(page, "one = b ä.txt, text/plain: another one");
    await remove(page, "one", 0);
    await seeText(page, "one = nothing");
  });

scenario("several files come and go", { page: "files" }, async ({ open }) => {
  const page = await open();

  await put(page, "several", [textFile("a", "1"), textFile("b", "22")]);
  await seeText(page, "several = 2");
  await put(page, "several", [textFile("c", "x".repeat(300_000))]);
  await seeText(page, "several = 3");
  await seeText(page, "b has 2 bytes");
  await seeText(page, "c has 300000 bytes");
  await remove(page, "several", 0);
  await seeText(page, "several = 2");
  await page.getByText(/^\w has .* bytes$/).nth(2)
    .waitFor({ state: "detached" });
});

scenario("a file that is too large is refused, and the next one taken",
  { page: "files", options: ["--max-upload-mb", "1"] }, async ({ open }) => {
    const page = await open();
    const uploader = widget(page, "one");

    await uploader.getByText("1MB per file").waitFor();
    await put(page, "one", textFile("large", "x".repeat(1_500_000)));
    await uploader.getByText(/must be 1(\.0)?MB or smaller/).waitFor();
    await seeText(page, "one = nothing");

    await put(page, "one", textFile("small", "fits"));
    await seeText(page, "one = small, text/plain: fits");
  });

scenario("the camera takes a picture, and clears it", { page: "files" },
  async ({ open }) => {
    const page = await open();

    await takePicture(page, "picture");
    await seeText(page, "picture = image/jpeg, with bytes");
    await widget(page, "picture").getByText("Clear photo").click();
    await seeText(page, "picture = none, empty");
  });

scenario("a download has its name and its bytes", { page: "files" },
  async ({ open }) => {
    const page = await open();
    const started = page.waitForEvent("download");

    await widget(page, "take").getByRole("button").click();
    const download = await started;

    assert.equal(download.suggestedFilename(), "a file, ä.bin");
    const bytes = await readFile(await download.path());
    assert.equal(bytes.toString("latin1"), "taken\0bytes");
  });

const seek = (player, seconds) => player.evaluate((media, to) =>
  new Promise((resolve, reject) => {
    media.onerror = () => reject(new Error(media.error.message));
    media.onseeked = () => resolve(media.currentTime);
    media.currentTime = to;
  }), seconds);

for (const [kind, to] of [["audio", 15], ["video", 0.5]]) {
  scenario(`${kind} is played from anywhere`, { page: "players" },
    async ({ open }) => {
      const page = await open();
      const player = page.locator(kind);
      await eventually(async () => assert.ok(
        await player.evaluate((media) => media.readyState >= 1)));

      assert.equal(await seek(player, to), to);
      await player.evaluate(async (media) => {
        media.muted = true;
        await media.play();
      });

      await eventually(async () => assert.ok(
        await player.evaluate((media) => media.currentTime) > to));
    });
}

scenario("a part of a sound can be asked for", { page: "players" },
  async ({ open }) => {
    const page = await open();
    const player = page.locator("audio");
    await player.waitFor();

    const part = await player.evaluate(async (media) => {
      const reply = await fetch(media.currentSrc || media.src,
        { headers: { Range: "bytes=8-15" } });
      return {
        status: reply.status,
        range: reply.headers.get("content-range"),
        text: await reply.text(),
      };
    });

    assert.deepEqual(part,
      { status: 206, range: "bytes 8-15/320044", text: "WAVEfmt " });
  });
