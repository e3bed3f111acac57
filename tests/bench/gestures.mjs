// Gestures on the list, timed from the event's own time stamp to the
// end of the first frame that shows the result.

/** A word is typed so many times: a single letter takes a frame more or less by chance. */
const TIMES = 3;
const FRAMES = 120;
const PIXELS = 180;

/** Milliseconds per letter. */
export async function type(page, { letters, size }) {
  const took = [];
  await page.locator("input[type=search]").focus();
  for (let time = 0; time < TIMES; time++) {
    for (const { letter, count } of letters) took.push(await timed(page, "keydown", { count }, () => page.keyboard.press(letter)));
    for (const _ of letters) await page.keyboard.press("Backspace");
    await page.waitForFunction((size) => Number(document.querySelector("table.table").getAttribute("aria-rowcount")) === size + 1, size);
  }
  return took;
}

/** Milliseconds for a whole word that few tickets have, put in at once, as when it is pasted. */
export async function paste(page, { word, size }) {
  const took = [];
  const field = page.locator("input[type=search]");
  await field.focus();
  for (let time = 0; time < TIMES; time++) {
    took.push(await timed(page, "input", { count: word.count }, () => page.keyboard.insertText(word.text)));
    await field.fill("");
    await page.waitForFunction((size) => Number(document.querySelector("table.table").getAttribute("aria-rowcount")) === size + 1, size);
  }
  return took;
}

/** Milliseconds per click on a header. */
export async function sort(page, { sorts }) {
  const took = [];
  for (const { header, ...shown } of sorts) {
    const button = page.locator("table.table thead button").nth(header);
    took.push(await timed(page, "click", { header, ...shown }, () => button.click({ noWaitAfter: true })));
  }
  return took;
}

/** Milliseconds per frame. */
export const scroll = (page) => page.evaluate(([frames, pixels]) => globalThis.bench.scroll(frames, pixels), [FRAMES, PIXELS]);

async function timed(page, event, shown, act) {
  await page.evaluate(([event, shown]) => globalThis.bench.arm(event, shown), [event, shown]);
  await act();
  return page.evaluate(() => globalThis.bench.pending());
}
