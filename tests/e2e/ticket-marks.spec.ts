// What an agent notes about a ticket: note, snooze, pin, done. The gateway keeps it, so it works while the vendor doesn't.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";
import { AGENT, ticket } from "./upstreams/oneview.mjs";

const pane = (page: Page) => page.getByRole("region", { name: "Ticket", exact: true });
const button = (page: Page, name: string) => pane(page).getByRole("button", { name, exact: true });
const note = (page: Page) => pane(page).getByRole("textbox", { name: "Note", exact: true });
const heading = (page: Page, name: string) => pane(page).getByRole("heading", { level: 2, name, exact: true });
/** What the gateway keeps about a ticket. */
const kept = async (page: Page, id: string) => {
  const marks: Record<string, unknown>[] = await (await page.request.get("/api/inbox/marks")).json();
  return marks.find((mark) => mark.ticketId === id);
};

test.use({ vendors: "upstream" });
test.beforeEach(({ upstreams }) => {
  const { tickets } = upstreams.oneview;
  tickets.splice(0, 1, ticket({ priority: 1, content: { lastMessage: "first" } }), ticket({ id: "second", priority: 2, customer: { id: "c-2", firstName: "Alma", lastName: "Reuter" } }));
});

test("a note is saved with the keys of the note and two more, and is there after a reload", async ({ signInAs }) => {
  const page = await signInAs("agent", `/inbox/${AGENT}`);
  await expect(button(page, "Note")).toBeVisible();
  await page.keyboard.press("n");
  await expect(note(page)).toBeFocused();
  await expect(note(page)).toHaveValue("");
  await page.keyboard.type("Call after lunch");
  await page.keyboard.press("Control+Enter");
  await expect(note(page)).toHaveCount(0);
  await expect(pane(page).getByText("Call after lunch", { exact: true })).toBeVisible();
  await expect(button(page, "Note")).toBeFocused();
  await expect.poll(() => kept(page, AGENT)).toMatchObject({ note: "Call after lunch" });
  await page.reload();
  await expect(pane(page).getByText("Call after lunch", { exact: true })).toBeVisible();
  await expect(pane(page).getByText(/^Note saved/)).toBeVisible();

  await button(page, "Note").click();
  await note(page).fill("");
  await expectAccessible(page);
  await button(page, "Save note").click();
  await expect(pane(page).getByText("Call after lunch", { exact: true })).toHaveCount(0);
  await expect.poll(async () => (await kept(page, AGENT))?.note ?? "").toBe("");
});

test("an unsaved note is never shown on another ticket, and is there again on its own", async ({ signInAs }) => {
  const page = await signInAs("agent", `/inbox/${AGENT}`);
  await button(page, "Note").click();
  await note(page).fill("half a thought");
  await expect(pane(page).getByText("Not saved yet; kept in this browser.")).toBeVisible();
  await page.getByRole("table", { name: "Inbox" }).getByRole("link", { name: "Alma Reuter" }).click();
  await expect(heading(page, "Alma Reuter")).toBeVisible();
  await expect(button(page, "Note")).toBeVisible();
  await expect(note(page)).toHaveCount(0);
  await button(page, "Note").click();
  await expect(note(page)).toHaveValue("");
  await page.goto(`/inbox/${AGENT}`);
  await expect(note(page)).toHaveValue("half a thought");
  expect(await kept(page, AGENT)).not.toMatchObject({ note: "half a thought" });
  // What is stored in the browser is not readable.
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain("half a thought");
  await button(page, "Save note").click();
  await expect(note(page)).toHaveCount(0);
  await expect.poll(() => kept(page, AGENT)).toMatchObject({ note: "half a thought" });
  await page.reload();
  await expect(pane(page).getByText("half a thought", { exact: true })).toBeVisible();
  await expect(note(page)).toHaveCount(0);
});

test("of two tabs the newer note is shown, and nothing that was typed is lost", async ({ signInAs, context }) => {
  const page = await signInAs("agent", `/inbox/${AGENT}`);
  await button(page, "Note").click();
  await note(page).fill("mine, not saved");
  const other = await context.newPage();
  await other.goto("/inbox/second");
  await expect(button(other, "Note")).toBeVisible();
  await other.request.put(`/api/inbox/marks/${AGENT}`, { data: { note: "theirs, saved" }, headers: { "X-Trunkline": "1" } });
  await expect(pane(page).getByText("theirs, saved", { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(note(page)).toHaveValue("mine, not saved");
  await button(page, "Save mine instead").click();
  await expect(note(page)).toHaveCount(0);
  await expect.poll(() => kept(page, AGENT)).toMatchObject({ note: "mine, not saved" });
});

test("two keys snooze until tomorrow at nine; the ticket can be woken", async ({ signInAs }) => {
  const page = await signInAs("agent", `/inbox/${AGENT}`);
  await expect(button(page, "Snooze")).toBeVisible();
  await page.keyboard.press("s");
  await expect(pane(page).getByRole("menuitem", { name: "Tomorrow 9:00" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(pane(page).getByText(/^Snoozed until /)).toBeVisible();
  const until = await page.evaluate(() => {
    const day = new Date();
    return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, 9).getTime() / 1000;
  });
  await expect.poll(() => kept(page, AGENT)).toMatchObject({ snoozedUntil: until });
  await button(page, "Wake now").click();
  await expect(pane(page).getByText(/^Snoozed until /)).toHaveCount(0);
  await expect.poll(async () => (await kept(page, AGENT))?.snoozedUntil ?? null).toBe(null);
});

test("a time of one's own must be in the future; Esc closes the menu", async ({ signInAs }) => {
  const page = await signInAs("agent", `/inbox/${AGENT}`);
  await button(page, "Snooze").click();
  await page.keyboard.press("Escape");
  await expect(pane(page).getByRole("menu")).toHaveCount(0);
  await expect(button(page, "Snooze")).toBeFocused();
  await expect(page).toHaveURL(`/inbox/${AGENT}`);
  await button(page, "Snooze").click();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  const field = pane(page).getByLabel("Snooze until", { exact: true });
  await expect(field).toBeFocused();
  await field.fill("2020-01-01T10:00");
  await pane(page).locator("form").getByRole("button", { name: "Snooze" }).click();
  await expect(pane(page).getByText("Choose a time in the future.")).toBeVisible();
  await field.fill("2099-05-06T10:30");
  await page.keyboard.press("Enter");
  await expect(pane(page).getByText(/^Snoozed until .*2099/)).toBeVisible();
  const until = await page.evaluate(() => new Date(2099, 4, 6, 10, 30).getTime() / 1000);
  await expect.poll(() => kept(page, AGENT)).toMatchObject({ snoozedUntil: until });
});

test("pin and done are switched by click and by key, and opening a ticket marks it seen", async ({ signInAs }) => {
  const page = await signInAs("agent", "/inbox/second");
  await expect(button(page, "Pin")).toHaveAttribute("aria-pressed", "false");
  await expect.poll(() => kept(page, "second")).toMatchObject({ seenAt: expect.any(Number) });
  expect(await kept(page, AGENT)).toBeUndefined();
  await page.keyboard.press("p");
  await expect(button(page, "Pin")).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("d");
  await expect(button(page, "Done")).toHaveAttribute("aria-pressed", "true");
  await expect(pane(page).getByText(/^Done for you since /)).toBeVisible();
  await expect.poll(() => kept(page, "second")).toMatchObject({ pinned: true, doneAt: expect.any(Number) });
  await button(page, "Done").click();
  await button(page, "Pin").click();
  await expect.poll(() => kept(page, "second")).toMatchObject({ pinned: false, doneAt: null });
});

test("a refused change is taken back and said", async ({ signInAs, guard }) => {
  guard.allow(/Failed to load resource/);
  const page = await signInAs("agent", `/inbox/${AGENT}`);
  await expect(button(page, "Pin")).toBeVisible();
  await page.route("**/api/inbox/marks/**", (route) => route.fulfill({ status: 503, json: { error: { code: "unavailable", message: "no database" } } }));
  await button(page, "Pin").click();
  await expect(button(page, "Pin")).toHaveAttribute("aria-pressed", "false");
  await button(page, "Note").click();
  await note(page).fill("keep me");
  await button(page, "Save note").click();
  await expect(page.locator(".toast").first()).toBeVisible();
  await expect(note(page)).toHaveValue("keep me");
});

test("while one-view can't be asked, the ticket stays and its note and snooze work", async ({ signInAs, upstreams, guard }) => {
  guard.allow(/Failed to load resource/);
  const page = await signInAs("agent", `/inbox/${AGENT}`);
  await expect(heading(page, "hugo dan")).toBeVisible();
  upstreams.oneview.override(() => ({ status: 503, json: { errorCode: 503, errorMessage: "away" } }));
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByRole("alert").first()).toBeVisible({ timeout: 20_000 });
  await expect(pane(page).getByText("first", { exact: true })).toBeVisible();
  await button(page, "Note").click();
  await note(page).fill("they are down");
  await button(page, "Save note").click();
  await expect(pane(page).getByText("they are down", { exact: true })).toBeVisible();
  await button(page, "Snooze").click();
  await pane(page).getByRole("menuitem", { name: "1 hour" }).click();
  await expect(pane(page).getByText(/^Snoozed until /)).toBeVisible();
  await expect.poll(() => kept(page, AGENT)).toMatchObject({ note: "they are down", snoozedUntil: expect.any(Number) });
});

test("while one-view can't be asked at all, a ticket's note, draft and snooze are there and can be changed", async ({ signInAs, upstreams, guard, page }) => {
  guard.allow(/status of 5\d\d/);
  await signInAs("agent", "/settings");
  await page.request.put(`/api/inbox/marks/${AGENT}`, { data: { note: "Call after lunch" }, headers: { "X-Trunkline": "1" } });
  upstreams.oneview.fault("status", { status: 500 });
  await page.goto(`/inbox/${AGENT}`);
  await expect(pane(page).getByText("Call after lunch", { exact: true })).toBeVisible();
  await button(page, "Note").click();
  await note(page).fill("Call at four");
  await expect(pane(page).getByText("Not saved yet; kept in this browser.")).toBeVisible();
  await page.reload();
  await expect(note(page)).toHaveValue("Call at four");
  await button(page, "Save note").click();
  await expect.poll(() => kept(page, AGENT)).toMatchObject({ note: "Call at four" });
  await button(page, "Snooze").click();
  await pane(page).getByRole("menuitem", { name: "Tomorrow 9:00" }).click();
  await expect.poll(async () => (await kept(page, AGENT))?.snoozedUntil ?? 0).toBeGreaterThan(0);
  await expectAccessible(page);
  // The vendor is back: the ticket comes in beside what is kept.
  await button(page, "Note").click();
  await note(page).fill("typing");
  upstreams.oneview.mend();
  await page.getByRole("main").getByRole("button", { name: "Refresh", exact: true }).click();
  await expect(heading(page, "hugo dan")).toBeVisible();
  await expect(note(page)).toHaveValue("typing");
});
