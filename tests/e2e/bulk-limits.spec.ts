// A bulk run that meets a vendor's limit waits for it, says until when, and goes on by itself.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";
import { SAMPLE } from "./upstreams/comm100.mjs";

const bar = (page: Page) => page.getByRole("main").getByRole("region", { name: "Selected accounts" });
const waiting = (page: Page) => bar(page).getByRole("status").filter({ hasText: /^Waiting until .*\d.* for Comm100's call limit/ });
const table = (page: Page) => page.getByRole("table", { name: "Channel accounts" });
const tickAll = (page: Page) => table(page).getByRole("checkbox").first().check();
const done = (page: Page, words: string | RegExp) => page.getByRole("status").filter({ hasText: words });

/** Turns the bots of the selected accounts on; more than five are asked about. */
async function turnOn(page: Page) {
  await bar(page).getByRole("button", { name: "Turn bot on" }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^Turn bot on for \d+ accounts$/ }).click();
}

/** A number of accounts more, all with the bot off. */
function fill(accounts: Map<string, object>, count: number) {
  for (let at = 0; at < count; at += 1) {
    const id = `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`;
    accounts.set(id, { ...SAMPLE, id, name: `Account ${at}` });
  }
}

test.describe("against Comm100", () => {
  test.use({ vendors: "upstream" });

  test("a vendor's 429 is waited out as requested, and no account fails", async ({ signInAs, upstreams, guard }) => {
    guard.allow(/status of 429/);
    const { comm100 } = upstreams;
    fill(comm100.accounts, 5);
    let until = 0;
    let switched = 0;
    comm100.override((asked) => {
      if (!asked.path.endsWith(":enableBot")) return undefined;
      if (switched === 2 && until === 0) until = Date.now() + 2000;
      if (Date.now() < until) return { status: 429, json: { code: 429000, message: "Slow down." }, headers: { "Retry-After": "2" } };
      switched += 1;
      return undefined;
    });
    const page = await signInAs("admin", "/channel-accounts");
    await tickAll(page);
    const reads = () => comm100.requests.filter((asked) => asked.method === "GET" && asked.path.endsWith("/channelAccounts")).length;
    const before = reads();
    await turnOn(page);
    await expect(waiting(page)).toBeVisible();
    // The limit is for the run: its own writes don't make the list be read again.
    expect(reads()).toBe(before);
    await expect(done(page, "6 accounts changed")).toBeVisible({ timeout: 15_000 });
    await expect(page.getByRole("alert").filter({ hasText: "could not be changed" })).toHaveCount(0);
    expect([...comm100.accounts.values()].every((account) => account.isBotEnabled)).toBe(true);
  });

  test("accounts already in the requested state are not sent", async ({ signInAs, upstreams }) => {
    const { comm100 } = upstreams;
    fill(comm100.accounts, 3);
    Object.assign(comm100.accounts.get(SAMPLE.id), { isBotEnabled: true });
    const page = await signInAs("admin", "/channel-accounts");
    await tickAll(page);
    await bar(page).getByRole("button", { name: "Turn bot on" }).click();
    await expect(done(page, "3 accounts changed · 1 was already set")).toBeVisible();
    const sent = comm100.requests.filter((asked) => asked.path.endsWith(":enableBot"));
    expect(sent.map((asked) => asked.path).filter((path) => path.includes(SAMPLE.id))).toEqual([]);
    expect(sent).toHaveLength(3);
  });
});

test.describe("with a budget of 8 calls in 6 seconds", () => {
  // The list's own calls are part of it.
  test.use({ settings: { toml: "[vendors.comm100]\nbudget = { calls = 8, seconds = 6 }", sandbox: { channel_accounts: 40 } } });

  test("a run waits for the gateway's budget and completes", async ({ signInAs, guard }) => {
    test.slow();
    guard.allow(/status of 429/);
    const page = await signInAs("admin", "/channel-accounts?bot=no");
    await tickAll(page);
    await turnOn(page);
    await expect(waiting(page)).toBeVisible();
    await expect(bar(page).getByRole("button", { name: "Stop" })).toBeVisible();
    await expect(done(page, /\d+ accounts changed/)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole("alert").filter({ hasText: "could not be changed" })).toHaveCount(0);
  });

  test("Stop ends the wait and reports how many were not sent", async ({ signInAs, guard }) => {
    guard.allow(/status of 429/);
    const page = await signInAs("admin", "/channel-accounts?bot=no");
    await tickAll(page);
    await turnOn(page);
    await expect(waiting(page)).toBeVisible();
    await bar(page).getByRole("button", { name: "Stop" }).press("Enter");
    await expect(waiting(page)).toHaveCount(0);
    await expect(bar(page).getByRole("button", { name: "Stop" })).toHaveCount(0);
    await expect(bar(page)).toContainText(/\d+ not changed/);
  });

  test("the message says whose limit it is: Comm100's, not Trunkline's", async ({ signInAs, guard, page }) => {
    guard.allow(/status of 429/);
    await signInAs("admin", "/settings");
    for (let call = 0; call < 9; call += 1) await page.request.get("/api/comm100/bot/chatbots");
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Channel accounts" }).click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText("Too many calls to Comm100");
  });
});
