// A search and the URL: the list follows every letter, the URL follows when the search is said.
import { expect, test } from "./support/test";

const WRITTEN = /[?&]q=comm100/;

test("the list follows each letter; the URL follows after a pause, on blur, or on Enter", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  const table = page.getByRole("table", { name: "Channel accounts" });
  const search = page.getByRole("main").getByRole("searchbox");
  const found = () => expect(table.getByRole("rowheader")).toHaveText(["Comm100"]);
  await expect(table.getByRole("rowheader").nth(1)).toBeVisible();
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.evaluate(() => {
    const own = globalThis as unknown as { writes: number };
    own.writes = 0;
    const write = history.replaceState.bind(history);
    history.replaceState = (...given) => ((own.writes += 1), write(...given));
  });
  const writes = () => page.evaluate(() => (globalThis as unknown as { writes: number }).writes);

  await search.pressSequentially("comm100");
  await found();
  expect(page.url()).not.toMatch(WRITTEN);
  expect(await writes()).toBe(0);
  await page.clock.runFor(250);
  await expect(page).toHaveURL(WRITTEN);
  expect(await writes()).toBe(1);

  await search.fill("");
  await page.clock.runFor(250);
  await expect(page).not.toHaveURL(WRITTEN);
  await expect(table.getByRole("rowheader").nth(1)).toBeVisible();

  await search.pressSequentially("comm100");
  await search.press("Enter");
  await expect(page).toHaveURL(WRITTEN);
  await found();

  await search.fill("press");
  await search.press("Tab");
  await expect(page).toHaveURL(/[?&]q=press/);
});

test("Back restores a search typed right before following a link", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  const table = page.getByRole("table", { name: "Channel accounts" });
  await expect(table.getByRole("rowheader").nth(1)).toBeVisible();
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.getByRole("main").getByRole("searchbox").pressSequentially("comm100");
  await table.getByRole("link", { name: "Comm100", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Comm100" })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(WRITTEN);
  await expect(page.getByRole("main").getByRole("searchbox")).toHaveValue("comm100");
  await expect(table.getByRole("rowheader")).toHaveText(["Comm100"]);
});
