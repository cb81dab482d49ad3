// What is to be seen of each kind of elements.def, and how a person answers
// each widget.  The pages are pages/elements.c and pages/widgets.c.
import assert from "node:assert/strict";
import { eventually, seeText } from "./scenario.mjs";

// ---- seen -------------------------------------------------------------------

// Something of this selector has this text.
const shows = (selector, text) => async (page) => {
  await page.locator(selector).filter({ hasText: text }).first().waitFor();
};

// The one of this index has something of `inner` in it that is not empty.
const draws = (selector, inner, index = 0) => async (page) => {
  const drawn = page.locator(selector).nth(index).locator(inner).first();
  await drawn.scrollIntoViewIfNeeded();
  const box = await drawn.boundingBox();
  assert.ok(box.width > 10 && box.height > 10, JSON.stringify(box));
};

const isThere = (selector) => (page) =>
  page.locator(selector).first().waitFor({ state: "attached" });

// The document of the frame of this index.
const frames = (index, selector, text) => async (page) => {
  const frame = page.getByTestId("stIFrame").nth(index);
  await frame.scrollIntoViewIfNeeded();
  await frame.contentFrame().locator(selector).filter({ hasText: text })
    .first().waitFor();
};

async function seeImage(page) {
  const image = page.getByTestId("stImage").locator("img");
  await image.scrollIntoViewIfNeeded();
  await eventually(async () => assert.equal(
    await image.evaluate((img) => img.naturalWidth), 80));
  await shows("[data-testid=stImageCaption]", "an image")(page);
}

// Ready: it knows its length, and has something to play.
const plays = (selector, seconds) => async (page) => {
  const player = page.locator(selector).first();
  await eventually(async () => {
    const { readyState, duration, source } = await player.evaluate(
      ({ readyState, duration, currentSrc, src }) =>
        ({ readyState, duration, source: currentSrc || src }));
    assert.match(source, /\/media\//);
    assert.ok(readyState >= 2, `readyState is ${readyState}`);
    assert.ok(Math.abs(duration - seconds) < 0.2, `it takes ${duration} s`);
  });
};

// The colour in the middle of what is seen of an element, as [r, g, b].
export async function colourInTheMiddle(page, locator) {
  await locator.scrollIntoViewIfNeeded();
  const picture = (await locator.screenshot()).toString("base64");
  return page.evaluate(async (picture) => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return [...context.getImageData(image.width / 2, image.height / 2, 1, 1)
      .data.slice(0, 3)];
  }, picture);
}

async function seeDisc(page) {
  await eventually(async () => assert.deepEqual(await colourInTheMiddle(
    page, page.getByTestId("stDeckGlJsonChart")), [255, 0, 0]));
}

async function seeDataframe(page) {
  const table = page.getByTestId("stDataFrame");
  await table.scrollIntoViewIfNeeded();
  await table.locator("canvas").first().waitFor();
  await eventually(async () => assert.equal(
    await table.getByTestId("glide-cell-1-1").textContent(), "4.6"));
}

async function openExpander(page) {
  const expander = page.getByTestId("stExpander");
  await expander.getByText("Open me").click();
  await expander.getByText("inside of an expander").waitFor();
  await expander.getByText("Open me").click();
}

async function changeTabs(page) {
  const tabs = page.getByTestId("stTabs");
  await tabs.getByText("behind the first tab").waitFor();
  await tabs.getByText("two", { exact: true }).click();
  await tabs.getByText("behind the second tab").waitFor();
  await tabs.getByText("one", { exact: true }).click();
}

async function seeColumns(page) {
  const row = page.getByTestId("stHorizontalBlock");
  const left = await row.getByText("left").boundingBox();
  const right = await row.getByText("right").boundingBox();
  assert.equal(left.y, right.y);
  assert.ok(left.x < right.x);
}

const vega = "[data-testid=stVegaLiteChart]";
const vegaDrawing = "svg.marks, canvas.marks";

export const seen = {
  text: shows("[data-testid=stText]", "fixed   text"),
  markdown: shows("[data-testid=stMarkdown] strong", "bold"),
  caption: shows("[data-testid=stCaptionContainer]", "small print"),
  latex: draws("[data-testid=stMarkdown]:has(.katex)", ".katex-html"),
  title: shows("h1", "a title"),
  header: shows("h2", "a header"),
  subheader: shows("h3", "a subheader"),
  code: shows("[data-testid=stCode] code", "int main(void);"),
  json: shows("[data-testid=stJson]", "42"),
  metric: shows("[data-testid=stMetricValue]", "12 m/s"),
  error: shows("[data-testid=stAlertContentError]", "an error"),
  warning: shows("[data-testid=stAlertContentWarning]", "a warning"),
  info: shows("[data-testid=stAlertContentInfo]", "an information"),
  success: shows("[data-testid=stAlertContentSuccess]", "a success"),
  exception: shows("[data-testid=stException]", "ValueError: what was wrong"),
  empty: isThere("[data-testid=stEmpty]"),
  progress: shows("[data-testid=stProgress]", "two of five"),
  spinner: shows("[data-testid=stSpinner]", "a spinner"),
  balloons: isThere("[data-testid=stBalloons] img"),
  snow: isThere("[data-testid=stSnow] img"),
  dataframe: seeDataframe,
  table: shows("[data-testid=stTable] td", "Rome"),
  line_chart: draws(vega, vegaDrawing, 0),
  area_chart: draws(vega, vegaDrawing, 1),
  bar_chart: draws(vega, vegaDrawing, 2),
  graphviz_chart: shows("[data-testid=stGraphVizChart] svg", "cache"),
  components_html: frames(1, "#said", "a script has run"),
  components_iframe: frames(2, "body", "ok"),
  help: shows("[data-testid=stHelp]", "The hours of sun in some cities."),
  image: seeImage,
  audio: plays("audio", 1),
  video: plays("video", 0.9),
  vega_lite_chart: draws(vega, vegaDrawing, 3),
  altair_chart: draws(vega, vegaDrawing, 4),
  plotly_chart: draws("[data-testid=stPlotlyChart]", ".main-svg"),
  pydeck_chart: seeDisc,
  bokeh_chart: frames(0, ".bk-Figure, .bk-Canvas, canvas", ""),
  container: shows("[data-testid=stVerticalBlock]", "inside of a container"),
  columns: seeColumns,
  column: shows("[data-testid=stColumn]", "right"),
  expander: openExpander,
  tabs: changeTabs,
  tab: shows("[data-testid=stTab]", "two"),
  form: shows("[data-testid=stForm]", "inside of a form"),
};

// ---- answered ---------------------------------------------------------------

// The widget with this key.
export const widget = (page, key) => page.locator(`.st-key-${key}`);

const presses = (key) => (page) =>
  widget(page, key).getByRole("button").click();

const types = (key, inner, text, end) => async (page) => {
  const field = widget(page, key).locator(inner);
  await field.fill(text);
  await field.press(end);
};

const slides = (key, count) => async (page) => {
  const thumb = widget(page, key).getByRole("slider");
  for (let i = 0; i < count; i++) await thumb.press("ArrowRight");
};

// Choose an option of a list that opens.
const picks = (key, option) => async (page) => {
  await widget(page, key).locator("input").first().click();
  await page.getByRole("option", { name: option, exact: true }).click();
};

// By the keyboard: the list moves when something is chosen.
async function pickSeveral(page) {
  const input = widget(page, "multiselect").locator("input").first();
  for (const [colour, chosen] of [["blue", "blue"], ["red", "blue red"]]) {
    await input.pressSequentially(colour);
    await eventually(async () => assert.deepEqual(
      await page.getByRole("option").allInnerTexts(), [colour]));
    await input.press("ArrowDown");
    await eventually(async () => assert.ok(
      await input.getAttribute("aria-activedescendant")));
    await input.press("Enter");
    await seeText(page, `multiselect = ${chosen}`);
  }
  await page.keyboard.press("Escape");
}

async function pickColour(page) {
  await widget(page, "color_picker").getByTestId("stColorPickerBlock").click();
  const field = page.getByTestId("stColorPickerPopover").locator("input")
    .first();
  await field.fill("#00ff80");
  await field.press("Enter");
  await page.keyboard.press("Escape");
}

// The parts of a day or a time are typed one by one, over what is there.
const typesParts = (key, digits) => async (page) => {
  const parts = widget(page, key).locator("[role=spinbutton]");
  for (const [index, text] of digits.entries()) {
    await parts.nth(index).click();
    await page.keyboard.type(text);
  }
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
};

async function upload(page) {
  const input = widget(page, "file_uploader").locator("input[type=file]");
  await input.setInputFiles({
    name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("what it says"),
  });
}

// A camera needs a moment before it has a picture.
export async function takePicture(page, key) {
  const camera = widget(page, key);
  await camera.scrollIntoViewIfNeeded();
  const video = camera.locator("video");
  await eventually(async () => assert.ok(await video.evaluate(
    (video) => video.videoWidth > 0 && video.currentTime > 0)));
  await camera.getByTestId("stCameraInputButton").click();
}

async function takeDownload(page) {
  const download = page.waitForEvent("download");
  await presses("download_button")(page);
  assert.equal((await download).suggestedFilename(), "text.txt");
}

// How a person answers, and what the page says then, each a line of st_text().
export const answered = {
  button: [presses("button"), "button = 1"],
  form_submit_button:
    [presses("form_submit_button"), "form_submit_button = 1"],
  checkbox: [(page) => widget(page, "checkbox").getByText("Check").click(),
    "checkbox = 1"],
  radio: [(page) => widget(page, "radio").getByText("green").click(),
    "radio = green"],
  selectbox: [picks("selectbox", "blue"), "selectbox = blue"],
  multiselect: [pickSeveral, "multiselect = blue red"],
  slider: [slides("slider", 3), "slider = 23"],
  select_slider: [slides("select_slider", 1), "select_slider = green"],
  number_input: [types("number_input", "input", "7", "Enter"),
    "number_input = 7"],
  text_input: [types("text_input", "input", "some text", "Enter"),
    "text_input = some text"],
  text_area: [types("text_area", "textarea", "an area", "Control+Enter"),
    "text_area = an area"],
  date_input: [typesParts("date_input", ["2025", "03", "17"]),
    "date_input = 2025-03-17"],
  time_input: [typesParts("time_input", ["08", "45"]), "time_input = 08:45"],
  color_picker: [pickColour, "color_picker = #00ff80"],
  file_uploader: [upload, "file_uploader = what it says"],
  camera_input: [(page) => takePicture(page, "camera_input"),
    "camera_input = image/jpeg"],
  download_button: [takeDownload, "download_button = 1"],
};
