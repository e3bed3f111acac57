// What a screen reader is told: the same words a second time too.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

/** Notes each time that the app's live region gets words. */
const listen = (page: Page) =>
  page.evaluate(() => {
    const heard: string[] = [];
    const region = document.querySelector("[aria-live=polite]")!;
    new MutationObserver(() => region.textContent && heard.push(region.textContent)).observe(region, { childList: true });
    Object.assign(globalThis, { heard });
  });
const heard = (page: Page) => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);

test("two searches with one hit each are said twice", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  const table = page.getByRole("table", { name: "Channel accounts" });
  const links = table.getByRole("rowheader").getByRole("link");
  await expect(links.first()).toBeVisible();
  const names = await links.allInnerTexts();
  const alone = names.filter((name) => names.filter((other) => other.includes(name)).length === 1);
  const search = page.getByRole("main").getByRole("searchbox");
  await listen(page);
  await search.fill(alone[0]!);
  await expect(table).toHaveAttribute("aria-rowcount", "2");
  await expect.poll(() => heard(page)).toEqual(["1 row"]);
  await search.fill(alone[1]!);
  await expect(links).toHaveText([alone[1]!]);
  await expect.poll(() => heard(page)).toEqual(["1 row", "1 row"]);
});

test("a search that is typed letter by letter is said once, at its end", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  const table = page.getByRole("table", { name: "Channel accounts" });
  await expect(table.getByRole("rowheader").first()).toBeVisible();
  await listen(page);
  await page.getByRole("main").getByRole("searchbox").pressSequentially("comm100", { delay: 30 });
  await expect.poll(async () => (await heard(page)).length).toBe(1);
  const shown = Number(await table.getAttribute("aria-rowcount")) - 1;
  expect(await heard(page)).toEqual([shown === 1 ? "1 row" : `${shown} rows`]);
});
