// From sign-in to a callback for the third escalated ticket by the keyboard alone: in English, and in Hebrew on a Hebrew
// layout, whose letter keys type no Latin ones.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { Keyboard } from "./support/keyboard";
import { expect, test } from "./support/test";
import { ticket } from "./upstreams/oneview.mjs";
import { CUSTOMER } from "./upstreams/sobot.mjs";

const LOCALES = join(dirname(fileURLToPath(import.meta.url)), "../../locales");
/** The letters that a Hebrew layout types at the positions of these keys. */
const HEBREW: Record<string, string> = { j: "ח", c: "ב" };
const HALF = ["ASSIGNED", "ESCALATED"];

/** A press of a letter key, as the browser gets it from a keyboard with this layout. */
async function letter(page: Page, language: string, letter: string) {
  const session = await page.context().newCDPSession(page);
  const text = language === "he" ? HEBREW[letter]! : letter;
  const key = { key: text, code: `Key${letter.toUpperCase()}`, windowsVirtualKeyCode: letter.toUpperCase().charCodeAt(0) };
  await session.send("Input.dispatchKeyEvent", { type: "keyDown", ...key, text });
  await session.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
  await session.detach();
}

test.use({ vendors: "upstream" });
test.beforeEach(({ upstreams }) => {
  const { tickets } = upstreams.oneview;
  // Every second one is escalated, the more urgent first: the third of these is "Customer 5".
  const all = Array.from({ length: 8 }, (_, at) =>
    ticket({ id: `k${at}`, priority: at + 1, ticketStatus: HALF[at % 2], content: { subject: `Subject ${at}`, lastMessage: "Please call me." }, customer: { id: at === 5 ? CUSTOMER.id : `c${at}`, firstName: "Customer", lastName: String(at) } }),
  );
  tickets.splice(0, tickets.length, ...all);
});

for (const language of ["en", "he"]) {
  test(`a callback for the third escalated ticket, in ${language === "he" ? "Hebrew on a Hebrew layout" : "English"}`, async ({ page, upstreams }) => {
    test.slow();
    const texts = (area: string): Record<string, string> => JSON.parse(readFileSync(join(LOCALES, language, `${area}.json`), "utf8"));
    const keys = new Keyboard(page);
    await page.addInitScript((language) => localStorage.setItem("trunkline.language", language), language);
    await page.goto("/");
    await keys.press(page.getByRole("button", { name: texts("sign_in").demo_agent, exact: true }));
    const table = page.getByRole("table", { name: texts("routes").inbox });
    await expect(table).toHaveAttribute("aria-rowcount", "9", { timeout: 40_000 });
    await expect(page.locator("html")).toHaveAttribute("dir", language === "he" ? "rtl" : "ltr");

    // Of all only the escalated ones.
    const status = texts("inbox").filter_status!;
    await keys.press(page.getByRole("main").getByRole("button", { name: status }).and(page.locator("[aria-controls]")));
    await keys.toggle(page.getByRole("group", { name: status, exact: true }).getByRole("checkbox", { name: "ESCALATED", exact: true }));
    await expect(table).toHaveAttribute("aria-rowcount", "5");
    await keys.key("Escape");

    for (let press = 0; press < 3; press += 1) await letter(page, language, "j");
    await expect(table.getByRole("rowheader").getByRole("link").nth(2)).toBeFocused();
    await keys.key("Enter");
    const heading = page.getByRole("heading", { level: 2, name: "Customer 5", exact: true });
    await expect(heading).toBeFocused();
    await expect(page.getByRole("region", { name: texts("ticket").region, exact: true }).getByText("Please call me.", { exact: true })).toBeVisible();

    await letter(page, language, "c");
    await expect(page).toHaveURL("/events/new?type=3&ticket=k5");
    const field = (name: string) => page.getByLabel(texts("acd_events")[name]!, { exact: true });
    await expect(field("sender")).toHaveValue(CUSTOMER.tel);
    await expect(field("subject")).toHaveValue("Subject 5");
    await expect(field("group")).toBeFocused();
    await keys.key("ArrowDown");
    await keys.key("Control+Enter");
    await expect(page).toHaveURL(/\/inbox\/k5(\?|$)/);
    await expect(heading).toBeVisible();
    const created = upstreams.jtel.requests.filter(({ method }) => method === "POST");
    expect(created.map(({ json }) => json)).toEqual([expect.objectContaining({ AcdEventTypesID: 3, Sender: CUSTOMER.tel, Subject: "Subject 5" })]);
  });
}
