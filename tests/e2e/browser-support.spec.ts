// Browsers with invalid language tags or without a clipboard.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

/** A browser's languages, and the language that the console then speaks. */
const LANGUAGES: [unknown, string, string][] = [
  [["en-US@posix", "en"], "en", "Inbox"],
  [["en_US.UTF-8", "de"], "en", "Inbox"],
  [["C"], "en", "Inbox"],
  [["*", "de"], "de", "Posteingang"],
  [["zh_CN"], "zh", "收件箱"],
  [["de-DE-x-foo"], "de", "Posteingang"],
  [["iw-IL"], "he", "תיבת פניות"],
  [[], "en", "Inbox"],
  [undefined, "en", "Inbox"],
  [[null, "", 7, "fr"], "fr", "Boîte de réception"],
];

for (const [languages, tag, heading] of LANGUAGES) {
  test(`a browser with languages ${JSON.stringify(languages)} is served "${tag}"`, async ({ context, signInAs }) => {
    await context.addInitScript((languages) => {
      Object.defineProperty(Navigator.prototype, "languages", { get: () => languages });
    }, languages);
    const page = await signInAs("agent", "/inbox");
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", tag);
    // Times are written: every formatter was made.
    await page.getByRole("table").getByRole("rowheader").getByRole("link").first().click();
    await expect(page.getByRole("main").locator("time[datetime]").first()).toHaveAttribute("title", /\d/);
  });
}

/** Ways in which a browser has no clipboard to write to; what they return is what the button then does. */
const CLIPBOARDS = {
  "there is none, as over plain http": () => Object.defineProperty(Navigator.prototype, "clipboard", { value: undefined }),
  "it refuses": () => {
    Clipboard.prototype.writeText = () => Promise.reject(new DOMException("Not allowed", "NotAllowedError"));
  },
  "it throws": () => {
    Clipboard.prototype.writeText = () => {
      throw new TypeError("Not now");
    };
  },
};

/** In the page header; another is beside the value. */
const copyId = (page: Page) => page.getByRole("button", { name: "Copy ID" }).first();

for (const [why, spoil] of Object.entries(CLIPBOARDS)) {
  test(`without a clipboard (${why}) an ID is still copied`, async ({ context, signInAs }) => {
    await context.addInitScript(spoil);
    const page = await signInAs("admin", "/events/2039");
    await copyId(page).click();
    await expect(page.getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
    await expect(copyId(page)).toBeFocused();
    await expect(page.locator("textarea")).toHaveCount(0);
    await page.goto("/events");
    await page.getByRole("searchbox").focus();
    await page.keyboard.press("Control+V");
    await expect(page.getByRole("searchbox")).toHaveValue("2039");
  });

  test(`without any way to copy (${why}) a message says so`, async ({ context, signInAs }) => {
    await context.addInitScript(spoil);
    await context.addInitScript(() => {
      document.execCommand = () => false;
    });
    const page = await signInAs("admin", "/events/2039");
    await copyId(page).click();
    await expect(page.getByRole("alert").filter({ hasText: "Could not copy" })).toBeVisible();
  });
}
