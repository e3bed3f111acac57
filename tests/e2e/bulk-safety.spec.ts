// Bulk actions on channel accounts ask with true counts, send only what changes, tell what came of each, and are undone.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";
import { Keyboard } from "./support/keyboard";
import { SAMPLE } from "./upstreams/comm100.mjs";

type Account = typeof SAMPLE;

const main = (page: Page) => page.getByRole("main");
const table = (page: Page) => page.getByRole("table", { name: "Channel accounts" });
const selectAll = (page: Page) => table(page).getByRole("checkbox", { name: "Select all rows" });
const button = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name, exact: true });
const dialog = (page: Page) => page.getByRole("dialog");
const said = (page: Page, text: string | RegExp) => main(page).getByRole("status").filter({ hasText: text });
/** Waits for the end of a run, which takes its time on a loaded machine. */
const ended = (page: Page, text: string | RegExp) => expect(said(page, text)).toBeVisible({ timeout: 60_000 });
const undo = (page: Page) => main(page).getByRole("status").getByRole("button", { name: "Undo" });

/** Accounts in place of the sample; `values` makes them differ. */
function fill(accounts: Map<string, Account>, count: number, values: (at: number) => Partial<Account>) {
  accounts.clear();
  for (let at = 0; at < count; at += 1) {
    const id = `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`;
    accounts.set(id, { ...SAMPLE, id, name: `Account ${String(at).padStart(3, "0")}`, originalAccountId: `gh_${at}`, ...values(at) });
  }
}

/** Runs an action of the menu on all accounts, and answers its dialog. */
async function fromMenu(page: Page, action: string, confirm: RegExp) {
  await button(page, "More actions").click();
  await page.getByRole("menuitem", { name: action, exact: true }).click();
  await dialog(page).getByRole("button", { name: confirm }).click();
}

test.describe("against Comm100", () => {
  test.use({ vendors: "upstream" });
  test.slow();

  test("a question has true counts, only what changes is sent, and Undo restores what was", async ({ signInAs, upstreams }) => {
    const { comm100 } = upstreams;
    fill(comm100.accounts, 61, (at) => ({ isBotEnabled: at < 37 }));
    const page = await signInAs("admin", "/channel-accounts");
    await selectAll(page).check();
    await button(page, "Turn bot off").click();
    await expect(dialog(page).getByRole("heading", { name: "Turn the bot off for 37 accounts?" })).toBeVisible();
    await expect(dialog(page)).toContainText("37 of 61 have it on. The others are already set and are not sent.");
    await dialog(page).getByRole("button", { name: "Cancel" }).click();
    expect(comm100.requests.filter((asked) => asked.method === "POST")).toEqual([]);

    await button(page, "Turn bot off").click();
    await dialog(page).getByRole("button", { name: "Turn bot off for 37 accounts" }).click();
    await ended(page, "37 accounts changed · 24 were already set");
    const off = comm100.requests.filter((asked) => asked.path.endsWith(":disableBot"));
    expect(off).toHaveLength(37);
    expect([...comm100.accounts.values()].some((account) => account.isBotEnabled)).toBe(false);

    await undo(page).click();
    await ended(page, "37 accounts restored");
    expect([...comm100.accounts.values()].map((account) => account.isBotEnabled)).toEqual(Array.from({ length: 61 }, (_, at) => at < 37));
    await expect(undo(page)).toHaveCount(0);
  });

  test("turning bots on says for how many it does nothing", async ({ signInAs, upstreams }) => {
    fill(upstreams.comm100.accounts, 9, (at) => ({
      isEnabled: at > 1,
      percentageToBotWhenOnline: at < 6 ? 0 : 50,
      ...(at === 8 && { chatbotId: undefined }),
    }));
    const page = await signInAs("admin", "/channel-accounts");
    await selectAll(page).check();
    await button(page, "Turn bot on").click();
    await expect(dialog(page)).toContainText("9 of 9 have it off.");
    for (const text of ["1 has no chatbot", "6 send 0% to the bot", "2 are disabled"]) {
      await expect(dialog(page).getByRole("listitem").filter({ hasText: text })).toBeVisible();
    }
    await dialog(page).getByRole("button", { name: "Turn bot on for 9 accounts" }).click();
    await ended(page, "9 accounts changed");
    await expect(table(page).getByText("Bot on, but 0%").first()).toBeVisible();
    await expect(table(page).getByText("Bot on, no chatbot")).toHaveCount(1);
  });

  test("enable, chatbot and shares keep every other field, and are undone", async ({ signInAs, upstreams }) => {
    const { comm100 } = upstreams;
    const unknown = { siteId: 10000123 };
    fill(comm100.accounts, 3, (at) => ({ isEnabled: at === 0, percentageToBotWhenOnline: at * 10, ...unknown }));
    const before = structuredClone([...comm100.accounts.values()]);
    const page = await signInAs("admin", "/channel-accounts");
    const now = () => [...comm100.accounts.values()];
    const undoes = async () => {
      await undo(page).click();
      await ended(page, /accounts? restored/);
      expect(now()).toEqual(before);
    };

    await selectAll(page).check();
    await fromMenu(page, "Enable", /^Enable 2 accounts$/);
    await ended(page, "2 accounts changed · 1 was already set");
    expect(now()).toEqual(before.map((account) => ({ ...account, isEnabled: true })));
    await undoes();

    await selectAll(page).check();
    await button(page, "More actions").click();
    await page.getByRole("menuitem", { name: "Set bot share, agents online" }).click();
    await expect(dialog(page)).toContainText("may clear credentials, filter and e-mail server");
    await dialog(page).getByLabel("To bot when agents are online (%)").fill("20");
    await expect(dialog(page)).toContainText("20 of 100 conversations go to the bot");
    await expect(dialog(page)).toContainText("2 of 3 have another value.");
    await dialog(page).getByRole("button", { name: /^Set bot share, agents online/ }).click();
    await ended(page, "2 accounts changed · 1 was already set");
    expect(now()).toEqual(before.map((account) => ({ ...account, percentageToBotWhenOnline: 20 })));
    await undoes();

    await selectAll(page).check();
    await fromMenu(page, "Set chatbot", /^Set chatbot of 3 accounts$/);
    await ended(page, "3 accounts changed");
    expect(now()).toEqual(before.map((account) => ({ ...account, chatbotId: null })));
    await undoes();
  });

  test("accounts are removed after a question, whatever their number", async ({ signInAs, upstreams }) => {
    fill(upstreams.comm100.accounts, 3, () => ({}));
    const page = await signInAs("admin", "/channel-accounts");
    await table(page).getByRole("checkbox", { name: "Select Account 001", exact: true }).check();
    await fromMenu(page, "Remove", /^Remove 1 account$/);
    await ended(page, "1 account removed");
    await expect(table(page)).toHaveAttribute("aria-rowcount", "3");
    await expect(undo(page)).toHaveCount(0);
    expect([...upstreams.comm100.accounts.values()].map((account) => account.name)).toEqual(["Account 000", "Account 002"]);
  });

  test("two admins on one run: what the other one has changed is told and left alone", async ({ signInAs, upstreams, browser, server }) => {
    const { comm100 } = upstreams;
    fill(comm100.accounts, 8, () => ({ percentageToBotWhenOnline: 10, isBotEnabled: true }));
    const page = await signInAs("admin", "/channel-accounts");
    const theirs = await browser.newContext({ baseURL: server.url });
    const answer = await theirs.request.post("/api/session", { data: { demo: "admin" }, headers: { "X-Trunkline": "1" } });
    expect(answer.ok()).toBe(true);
    const other = await theirs.newPage();
    await other.goto("/channel-accounts");

    // The first one sets all shares; the second one then changes one of them again.
    await selectAll(page).check();
    await button(page, "More actions").click();
    await page.getByRole("menuitem", { name: "Set bot share, agents online" }).click();
    await dialog(page).getByLabel("To bot when agents are online (%)").fill("50");
    await dialog(page).getByRole("button", { name: /^Set bot share/ }).click();
    await ended(page, "8 accounts changed");
    await table(other).getByRole("checkbox", { name: "Select Account 003", exact: true }).check();
    await button(other, "More actions").click();
    await other.getByRole("menuitem", { name: "Set bot share, agents online" }).click();
    await dialog(other).getByLabel("To bot when agents are online (%)").fill("80");
    await dialog(other).getByRole("button", { name: /^Set bot share/ }).click();
    await ended(other, "1 account changed");

    const since = main(page).getByRole("alert").filter({ hasText: "1 account has been changed by someone else since:" });
    await expect(since).toContainText("Account 003");
    await undo(page).click();
    await ended(page, "7 accounts restored");
    const left = main(page).getByRole("alert").filter({ hasText: "1 account was changed by someone else and was left as it is:" });
    await expect(left).toContainText("Account 003");
    expect([...comm100.accounts.values()].map((account) => account.percentageToBotWhenOnline)).toEqual([10, 10, 10, 80, 10, 10, 10, 10]);

    // The bots: one turns them off, the other one turns some on again; the first one's report says so.
    await selectAll(page).check();
    await button(page, "Turn bot off").click();
    await dialog(page).getByRole("button", { name: /^Turn bot off/ }).click();
    await ended(page, "8 accounts changed");
    await table(other).getByRole("checkbox", { name: "Select Account 005", exact: true }).check();
    await expect(table(other).getByRole("row").filter({ hasText: "Account 005" })).toContainText("Bot off");
    await button(other, "Turn bot on").click();
    await ended(other, "1 account changed");
    await expect(since).toContainText("Account 005");
    await theirs.close();
  });
});

test.describe("500 accounts, 7 of which Comm100 refuses, and a budget of 300 calls", () => {
  test.use({ vendors: "upstream", settings: { upstream: { comm100: "budget = { calls = 300, seconds = 100 }" } } });

  test("the run waits for the budget, goes on, names the 7, and is undone", async ({ signInAs, upstreams, guard }) => {
    test.setTimeout(420_000);
    guard.allow(/status of (429|403|500)/);
    const { comm100 } = upstreams;
    fill(comm100.accounts, 500, () => ({ isBotEnabled: true }));
    const refused = [3, 77, 150, 222, 301, 404, 499].map((at) => String(at).padStart(12, "0"));
    comm100.override((asked: { method: string; path: string }) =>
      asked.method === "POST" && refused.some((end) => asked.path.includes(`${end}:`)) ? { status: 500, json: { code: 500000, message: "No." } } : undefined,
    );
    const page = await signInAs("admin", "/channel-accounts");
    await selectAll(page).check();
    await button(page, "Turn bot off").click();
    await dialog(page).getByRole("button", { name: "Turn bot off for 500 accounts" }).click();
    const waiting = main(page).getByRole("status").filter({ hasText: /^Waiting until .*\d.* for Comm100's call limit/ });
    await expect(waiting).toBeVisible({ timeout: 120_000 });
    const failed = main(page).getByRole("alert").filter({ hasText: "7 accounts could not be changed:" });
    await expect(failed).toBeVisible({ timeout: 180_000 });
    for (const name of ["Account 003", "Account 077", "Account 150", "Account 222", "Account 301", "Account 404", "Account 499"]) {
      await expect(failed.getByRole("listitem").filter({ hasText: name })).toBeVisible();
    }
    await expect(said(page, "493 accounts changed")).toBeVisible({ timeout: 180_000 });
    await undo(page).click();
    await expect(said(page, "493 accounts restored")).toBeVisible({ timeout: 240_000 });
    expect([...comm100.accounts.values()].every((account) => account.isBotEnabled)).toBe(true);
  });
});

test.describe("bots of all enabled WhatsApp accounts off and undone", () => {
  test.use({ vendors: "upstream" });

  const PLACE = "/channel-accounts?channel=WhatsApp&enabled=yes";
  const some = (accounts: Map<string, Account>) =>
    fill(accounts, 40, (at) => ({ appId: at % 2 ? "WhatsApp" : "WeChat", isEnabled: at % 4 !== 3, isBotEnabled: true }));
  const states = (accounts: Map<string, Account>) => [...accounts.values()].filter((account) => account.isBotEnabled).length;

  test("by mouse in four steps: open the list, Turn bot off, confirm, Undo", async ({ signInAs, upstreams }) => {
    some(upstreams.comm100.accounts);
    const page = await signInAs("admin", PLACE);
    await expect(main(page).getByRole("region", { name: "Matching accounts" })).toContainText("All 10 matching accounts");
    await button(page, "Turn bot off").click();
    await dialog(page).getByRole("button", { name: "Turn bot off for 10 accounts" }).click();
    await ended(page, "10 accounts changed");
    expect(states(upstreams.comm100.accounts)).toBe(30);
    await undo(page).click();
    await ended(page, "10 accounts restored");
    expect(states(upstreams.comm100.accounts)).toBe(40);
  });

  test("by keyboard", async ({ signInAs, upstreams }) => {
    some(upstreams.comm100.accounts);
    const page = await signInAs("admin", PLACE);
    const keys = new Keyboard(page);
    await keys.press(button(page, "Turn bot off"));
    await expect(dialog(page).getByRole("button", { name: "Cancel" })).toBeFocused();
    await keys.press(dialog(page).getByRole("button", { name: "Turn bot off for 10 accounts" }));
    await ended(page, "10 accounts changed");
    await keys.press(undo(page));
    await ended(page, "10 accounts restored");
    expect(states(upstreams.comm100.accounts)).toBe(40);
  });
});
