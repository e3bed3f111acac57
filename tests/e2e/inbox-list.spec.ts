// The inbox's list: filters of several values, views, and a list that does not move under its reader.
import type { Page } from "@playwright/test";
import { choose } from "./support/filter";
import { expect, test } from "./support/test";
import { ticket } from "./upstreams/oneview.mjs";

const headers = { "X-Trunkline": "1" };
const SOON = { timeout: 20_000 };
const table = (page: Page) => page.getByRole("table", { name: "Inbox" });
const links = (page: Page) => table(page).getByRole("rowheader").getByRole("link");
const names = (page: Page) => links(page).allInnerTexts();
const row = (page: Page, id: string) => table(page).locator(`tr[data-row="${id}"]`);
const count = async (page: Page) => Number(await table(page).getAttribute("aria-rowcount")) - 1;
const views = (page: Page) => page.getByRole("navigation", { name: "Views" });
const waiting = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const person = (id: string, firstName: string, more = {}) => ticket({ id, customer: { id, firstName }, ...more });

/** Changes a mark as the pane's buttons do. */
async function mark(page: Page, id: string, change: object) {
  const answer = await page.request.put(`/api/inbox/marks/${id}`, { data: change, headers });
  expect(answer.status()).toBe(200);
}

test.describe("on the sandbox", () => {
  test.use({ settings: { sandbox: { tickets: 120 } } });

  test("filters take several values, show them as chips, and are cleared at once", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    await expect(links(page).first()).toBeVisible();
    const all = await count(page);
    await choose(page, "Status", "ESCALATED", "CLOSED");
    await expect(page).toHaveURL("/inbox?status=ESCALATED%2CCLOSED");
    const both = await count(page);
    expect(both).toBeLessThan(all);
    await page.getByRole("button", { name: /^Status\s*CLOSED$/ }).click();
    await expect.poll(() => count(page)).toBeLessThan(both);
    await expect(page).toHaveURL("/inbox?status=ESCALATED");
    const escalated = await count(page);
    await page.reload();
    await expect.poll(() => count(page)).toBe(escalated);
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect.poll(() => count(page)).toBe(all);
    await expect(page).toHaveURL("/inbox");
    await expect(page.getByRole("button", { name: "Clear filters" })).toHaveCount(0);
  });

  test("closed tickets are hidden by choice, and one click sorts by the longest wait", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    await expect(links(page).first()).toBeVisible();
    await page.getByRole("checkbox", { name: "Hide closed" }).click();
    await expect(page).toHaveURL("/inbox?closed=hide");
    await expect(table(page).getByText("CLOSED", { exact: true })).toHaveCount(0);
    const longest = page.getByRole("button", { name: "Longest waiting" });
    await longest.click();
    await expect(page).toHaveURL("/inbox?closed=hide&sort=assigned");
    await expect(longest).toHaveAttribute("aria-pressed", "true");
    await expect(table(page).getByRole("columnheader", { name: "Assigned" })).toHaveAttribute("aria-sort", "ascending");
    // Opening a ticket and coming back restores all of it.
    await links(page).first().click();
    await expect(page).toHaveURL(/\/inbox\/[^?]+\?closed=hide&sort=assigned/);
    await page.goBack();
    await expect(page).toHaveURL("/inbox?closed=hide&sort=assigned");
    await longest.click();
    await expect(page).toHaveURL("/inbox?closed=hide");
  });

  test("names are found without their accents", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    await expect(links(page).first()).toBeVisible();
    const accented = (await names(page)).find((name) => /[\u00c0-\u017f]/.test(name))!;
    const plain = accented.normalize("NFD").replace(/\p{M}/gu, "").replace("\u00df", "ss").replace("\u0131", "i").replace("\u0142", "l");
    await page.getByRole("main").getByRole("searchbox").fill(plain);
    await expect.poll(() => names(page)).toContain(accented);
  });

  test("j and k carry the open ticket along", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    await expect(links(page).nth(2)).toBeVisible();
    const [first, second, third] = await names(page);
    const heading = (name: string) => page.getByRole("region", { name: "Ticket" }).getByRole("heading", { level: 2, name, exact: true });
    await links(page).first().click();
    await expect(heading(first!)).toBeVisible();
    await page.keyboard.press("j");
    await expect(heading(second!)).toBeFocused();
    await expect(table(page).locator("tr[aria-current=true]").getByRole("link")).toHaveText(second!);
    await page.keyboard.press("j");
    await expect(heading(third!)).toBeFocused();
    await page.keyboard.press("k");
    await expect(heading(second!)).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL("/inbox");
    await expect(links(page).nth(1)).toBeFocused();
  });

  test("views show open, snoozed, done and all tickets with their counts", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    await expect(links(page).nth(3)).toBeVisible();
    const all = await count(page);
    const ids = await table(page).locator("tr[data-row]").evaluateAll((rows) => rows.slice(0, 3).map((row) => row.getAttribute("data-row")!));
    await mark(page, ids[0]!, { done: true });
    await mark(page, ids[1]!, { snoozedUntil: 4_000_000_000 });
    await expect(row(page, ids[0]!)).toHaveCount(0);
    await expect(row(page, ids[1]!)).toHaveCount(0);
    await expect(views(page).getByRole("link", { name: "Open", exact: true })).toHaveAccessibleDescription(String(all - 2));
    await views(page).getByRole("link", { name: "Done", exact: true }).click();
    await expect(page).toHaveURL("/inbox?view=done");
    await expect.poll(() => count(page)).toBe(1);
    await expect(row(page, ids[0]!)).toBeVisible();
    await views(page).getByRole("link", { name: "Snoozed", exact: true }).click();
    await expect(row(page, ids[1]!)).toBeVisible();
    await views(page).getByRole("link", { name: "All", exact: true }).click();
    await expect.poll(() => count(page)).toBe(all);
    await page.goBack();
    await expect(page).toHaveURL("/inbox?view=snoozed");
    await expect.poll(() => count(page)).toBe(1);
  });

  test("what was put away at the last visit does not flash before the marks are there", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    await expect(links(page).nth(3)).toBeVisible();
    const all = await count(page);
    const ids = await table(page).locator("tr[data-row]").evaluateAll((rows) => rows.slice(0, 2).map((row) => row.getAttribute("data-row")!));
    await mark(page, ids[0]!, { done: true });
    await mark(page, ids[1]!, { snoozedUntil: 4_000_000_000 });
    await expect(row(page, ids[1]!)).toHaveCount(0);
    // The agent, and two tickets.
    await expect.poll(() => page.evaluate(() => localStorage.getItem("trunkline.inbox-views")?.length)).toBe(3 * 16);
    let release = () => {};
    const held = new Promise<void>((done) => (release = done));
    await page.route("**/api/inbox/marks", async (route) => {
      await held;
      await route.continue();
    });
    for (const [view, rows] of [["", all - 2], ["?view=done", 1], ["?view=snoozed", 1], ["?view=all", all]] as const) {
      await page.goto(`/inbox${view}`);
      await expect(links(page).first()).toBeVisible();
      expect(await count(page), view).toBe(rows);
    }
    // The code of the marks is there, the marks are not.
    await expect(views(page).getByRole("link", { name: "Done", exact: true })).toHaveAccessibleDescription("");
    release();
    await expect(views(page).getByRole("link", { name: "Done", exact: true })).toHaveAccessibleDescription("1");
    expect(await count(page)).toBe(all);
  });

  test("a snoozed ticket comes back by itself, a pinned one is first", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    await expect(links(page).nth(3)).toBeVisible();
    const id = (await table(page).locator("tr[data-row]").nth(3).getAttribute("data-row"))!;
    const now = Math.floor(Date.now() / 1000);
    await mark(page, id, { snoozedUntil: now + 4 });
    await expect(row(page, id)).toHaveCount(0);
    await expect(row(page, id)).toBeVisible(SOON);
    await mark(page, id, { pinned: true });
    await expect(table(page).locator("tbody tr[data-row]").first()).toHaveAttribute("data-row", id);
  });
});

test.describe("while it is read", () => {
  test.use({ vendors: "upstream" });

  test("new tickets wait behind a button, changes show in place, gone rows stay", async ({ signInAs, upstreams }) => {
    const { tickets } = upstreams.oneview;
    tickets.splice(0, 1, person("a", "Ada", { priority: 1 }), person("b", "Berta", { priority: 2 }), person("c", "Clara", { priority: 3 }));
    const page = await signInAs("agent", "/inbox");
    await expect.poll(() => names(page)).toEqual(["Ada", "Berta", "Clara"]);
    await links(page).nth(1).click();
    await expect(page.getByRole("region", { name: "Ticket" })).toBeVisible();

    tickets.push(person("d", "Dora", { priority: 0 }));
    await expect(waiting(page, "1 new")).toBeVisible(SOON);
    expect(await names(page)).toEqual(["Ada", "Berta", "Clara"]);
    tickets[2] = person("c", "Clara", { priority: 1, ticketStatus: "ESCALATED" });
    tickets.shift();
    await expect(row(page, "c")).toContainText("ESCALATED", SOON);
    expect(await names(page)).toEqual(["Ada", "Berta", "Clara"]);
    await expect(row(page, "a")).toHaveClass(/gone/);
    await waiting(page, "1 new").click();
    await expect.poll(() => names(page)).toEqual(["Dora", "Clara", "Berta"]);
    await expect(table(page).locator("tr[aria-current=true]").getByRole("link")).toHaveText("Berta");
  });

  test("a list that nobody reads takes new tickets at once", async ({ signInAs, upstreams }) => {
    const page = await signInAs("agent", "/inbox");
    await expect.poll(() => names(page)).toEqual(["hugo dan"]);
    upstreams.oneview.tickets.push(person("d", "Dora", { priority: 0 }));
    await expect.poll(() => names(page), SOON).toEqual(["Dora", "hugo dan"]);
  });
});

test.describe("with 10,000 tickets of which 1 % change", () => {
  test.use({ vendors: "upstream", settings: { toml: "[live]\ntickets_seconds = 5" } });

  test("only changed rows are touched; the current row and the scroll position stay", async ({ signInAs, upstreams }) => {
    test.setTimeout(300_000);
    const { tickets } = upstreams.oneview;
    const at = (number: number, status: string) => person(`t${number}`, `Customer ${number}`, { priority: number, ticketStatus: status });
    tickets.splice(0, 1, ...Array.from({ length: 10_000 }, (_, number) => at(number, "ASSIGNED")));
    const page = await signInAs("agent", "/inbox");
    await expect(links(page).first()).toBeVisible({ timeout: 60_000 });
    // The last but three of 10,000.
    await page.keyboard.press("j");
    await expect(links(page).first()).toBeFocused();
    const current = table(page).locator("tr[aria-current=true]");
    for (const [key, id] of [["End", "t9999"], ["ArrowUp", "t9998"], ["ArrowUp", "t9997"], ["ArrowUp", "t9996"]] as const) {
      await page.keyboard.press(key);
      await expect(current).toHaveAttribute("data-row", id);
      await expect(current.getByRole("link")).toBeFocused();
    }
    const rows = table(page).locator("tbody tr[data-row]");
    const shown = await rows.evaluateAll((rows) => rows.map((row) => row.getAttribute("data-row")!));
    const state = () => page.evaluate(() => ({ top: document.querySelector(".inbox-list > .table-scroll")!.scrollTop, touched: (globalThis as unknown as { touched: Record<string, number> }).touched }));
    await page.evaluate(() => {
      const own = globalThis as unknown as { touched: Record<string, number> };
      own.touched = {};
      new MutationObserver((records) => {
        for (const { target } of records) {
          const element = target instanceof Element ? target : target.parentElement;
          const name = element?.closest("tr")?.getAttribute("data-row") ?? "body";
          own.touched[name] = (own.touched[name] ?? 0) + 1;
        }
      }).observe(document.querySelector(".inbox-list tbody")!, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    const { top } = await state();
    const changed = new Set<string>();
    const rounds = [1, 2, 3, 4];
    for (const round of rounds) {
      // A hundred of them, some on the screen, and each with another priority.
      for (let step = 0; step < 100; step += 1) {
        const number = (9988 + step * 97 + round) % 10_000;
        tickets[number] = { ...at(number, round % 2 ? "ESCALATED" : "CLOSED"), priority: number + 50 };
        changed.add(`t${number}`);
      }
      await expect(row(page, `t${9988 + round}`)).toContainText(round % 2 ? "ESCALATED" : "CLOSED", { timeout: 60_000 });
      await expect(current).toHaveAttribute("data-row", "t9996");
      await expect(current.getByRole("link")).toBeFocused();
    }
    const after = await state();
    expect(after.top).toBe(top);
    expect(Object.keys(after.touched).filter((id) => !changed.has(id))).toEqual([]);
    expect(Object.keys(after.touched).length).toBeGreaterThanOrEqual(rounds.length);
    // A changed row is not drawn again: its cells and its mark are set, a handful of mutations a change.
    for (const [id, count] of Object.entries(after.touched)) expect(count, id).toBeLessThanOrEqual(8 * rounds.length);
    expect(await rows.evaluateAll((rows) => rows.map((row) => row.getAttribute("data-row")!))).toEqual(shown);
  });
});

test("beside an open ticket a row has two lines, and the list keeps its roles", async ({ signInAs }) => {
  const page = await signInAs("agent", "/inbox");
  await expect(links(page).first()).toBeVisible();
  await links(page).first().click();
  await expect(page.locator(".table-scroll[data-lines='2']")).toBeVisible();
  await expect(table(page).getByRole("columnheader")).toHaveText(["Priority", "Status", "Customer", "Queue", "Channel", "Reason", "Assigned"]);
  const height = await table(page).locator("tr[data-row]").first().evaluate((row) => row.getBoundingClientRect().height);
  expect(height).toBe(56);
  await table(page).getByRole("button", { name: "Assigned" }).click();
  await expect(table(page).getByRole("columnheader", { name: "Assigned" })).toHaveAttribute("aria-sort", "ascending");
});
