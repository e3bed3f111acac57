// Announcements of a screen reader, repeated ones included.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

/** Notes each time that the app's live region gets words, from the page's start. */
const listen = (page: Page) =>
  page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    const note = (region: Element) =>
      new MutationObserver(() => region.textContent && heard.push(region.textContent)).observe(region, { childList: true });
    const wait = new MutationObserver(() => {
      const region = document.querySelector("[aria-live=polite]");
      if (!region) return;
      wait.disconnect();
      note(region);
    });
    wait.observe(document, { childList: true, subtree: true });
  });
const heard = (page: Page) => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
/** What was heard after the announcement of the first load. */
const heardSince = async (page: Page) => (await heard(page)).slice(1);

test("two searches with one match each are both announced", async ({ signInAs, page }) => {
  await listen(page);
  await signInAs("admin", "/channel-accounts");
  const table = page.getByRole("table", { name: "Channel accounts" });
  const links = table.getByRole("rowheader").getByRole("link");
  await expect(links.first()).toBeVisible();
  const names = await links.allInnerTexts();
  const alone = names.filter((name) => names.filter((other) => other.includes(name)).length === 1);
  const search = page.getByRole("main").getByRole("searchbox");
  await expect.poll(() => heard(page)).toHaveLength(1);
  await search.fill(alone[0]!);
  await expect(table).toHaveAttribute("aria-rowcount", "2");
  await expect.poll(() => heardSince(page)).toEqual(["1 row"]);
  await search.fill(alone[1]!);
  await expect(links).toHaveText([alone[1]!]);
  await expect.poll(() => heardSince(page)).toEqual(["1 row", "1 row"]);
});

test("a search typed letter by letter is announced once, at its end", async ({ signInAs, page }) => {
  await listen(page);
  await signInAs("admin", "/channel-accounts");
  const table = page.getByRole("table", { name: "Channel accounts" });
  await expect(table.getByRole("rowheader").first()).toBeVisible();
  await expect.poll(() => heard(page)).toHaveLength(1);
  await page.getByRole("main").getByRole("searchbox").pressSequentially("comm100", { delay: 30 });
  await expect.poll(async () => (await heardSince(page)).length).toBe(1);
  const shown = Number(await table.getAttribute("aria-rowcount")) - 1;
  expect(await heardSince(page)).toEqual([shown === 1 ? "1 row" : `${shown} rows`]);
});

test("a Retry that fails like the time before is heard", async ({ signInAs, page, guard }) => {
  guard.allow(/status of 400/);
  await listen(page);
  await page.route("**/api/comm100/**", (route) => route.fulfill({ status: 400, json: { code: 400001, message: "Refused here." } }));
  await signInAs("admin", "/channel-accounts");
  const main = page.getByRole("main");
  await expect(main.getByRole("alert").filter({ hasText: "Refused here." })).toBeVisible();
  const title = await main.locator(".problem-title").innerText();
  const before = (await heard(page)).length;
  for (const times of [1, 2]) {
    await main.getByRole("button", { name: "Retry" }).click();
    await expect.poll(async () => (await heard(page)).slice(before)).toEqual(Array.from({ length: times }, () => title));
  }
});
