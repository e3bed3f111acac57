// The agent's inbox: going online, tickets coming in, one opened, searched and filtered, by mouse and by keyboard.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { choose } from "./support/filter";
import { expect, test } from "./support/test";
import { AGENT, TICKET_SECRETS, TOKEN, ticket } from "./upstreams/oneview.mjs";

const table = (page: Page) => page.getByRole("table", { name: "Inbox" });
const online = (page: Page) => page.getByRole("switch", { name: "Online" });
const search = (page: Page) => page.getByRole("main").getByRole("searchbox");
const links = (page: Page) => table(page).getByRole("rowheader").getByRole("link");
/** The number of matching tickets, as the table says it. */
const count = async (page: Page) => Number(await table(page).getAttribute("aria-rowcount")) - 1;

test.describe("on the sandbox", () => {
  test.use({ settings: { sandbox: { tickets: 40, ticket_seconds: 1 } } });

  test("tickets arrive while the agent is online", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
    await expect(table(page).getByRole("columnheader")).toHaveText([
      "Priority", "Status", "Customer", "Queue", "Channel", "Reason", "Assigned",
    ]);
    await expect(online(page)).toHaveAttribute("aria-checked", "false");
    await expect(links(page).first()).toBeVisible();
    const before = await count(page);
    expect(before).toBe(36);

    await online(page).click();
    await expect(online(page)).toHaveAttribute("aria-checked", "true");
    await expect(page.getByText(/^Online for \d\d:\d\d$/)).toBeVisible();
    await expect(page.getByRole("status").getByText(/new ticket/i).first()).toBeVisible({ timeout: 20_000 });
    await expect.poll(() => count(page)).toBeGreaterThan(before);
  });

  test("the title of a hidden tab counts new tickets", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    await online(page).click();
    await expect(online(page)).toHaveAttribute("aria-checked", "true");
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    });
    await expect(page).toHaveTitle(/^\(\d+\) Inbox · Trunkline$/, { timeout: 20_000 });
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => false });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    });
    await expect(page).toHaveTitle("Inbox · Trunkline");
  });

  test("a ticket opens beside the list", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    const name = await links(page).first().innerText();
    await links(page).first().click();
    await expect(page).toHaveURL(/\/inbox\/[^/?]+$/);
    await expect(page.getByRole("heading", { level: 2, name, exact: true })).toBeFocused();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Inbox");
  });

  test("the agent's status and the tickets survive a restart", async ({ signInAs, server, guard }) => {
    // The event stream breaks while the server is away.
    guard.allow(/Failed to load resource|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING/);
    const page = await signInAs("agent", "/inbox");
    await expect(links(page).first()).toBeVisible();
    const before = await count(page);
    await online(page).click();
    await expect(online(page)).toHaveAttribute("aria-checked", "true");
    await expect.poll(() => count(page), { timeout: 20_000 }).toBeGreaterThan(before);
    await online(page).click();
    await expect(online(page)).toHaveAttribute("aria-checked", "false");
    await server.restart();
    await page.goto("/inbox");
    await expect(online(page)).toHaveAttribute("aria-checked", "false");
    await expect(links(page).first()).toBeVisible();
    const kept = await count(page);
    expect(kept).toBeGreaterThan(before);
    await online(page).click();
    await expect(online(page)).toHaveAttribute("aria-checked", "true");
    await server.restart();
    await page.goto("/inbox");
    await expect(online(page)).toHaveAttribute("aria-checked", "true");
  });
});

test.describe("the list", () => {
  test.use({ settings: { sandbox: { tickets: 100 } } });

  test("the most urgent is first; search, filters and order are in the URL and survive a reload", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    await expect(links(page).first()).toBeVisible();
    await expect(table(page).getByRole("columnheader", { name: "Priority" })).toHaveAttribute("aria-sort", "ascending");
    const words = ["Urgent", "High", "Normal", "Low", "Lowest"];
    const priorities = (await table(page).locator("tbody tr[aria-rowindex] td:first-child").allInnerTexts()).map((word) => words.indexOf(word));
    expect(priorities).not.toContain(-1);
    expect(priorities).toEqual([...priorities].sort((a, b) => a - b));
    const all = await count(page);

    await choose(page, "Status", "ESCALATED");
    await expect(page).toHaveURL("/inbox?status=ESCALATED");
    await expect.poll(() => count(page)).toBeLessThan(all);
    await expect(table(page).getByText("ASSIGNED", { exact: true })).toHaveCount(0);
    await choose(page, "Channel", "chat");
    await table(page).getByRole("button", { name: "Customer" }).click();
    await expect(page).toHaveURL(/status=ESCALATED&channel=chat&sort=customer/);
    const found = await count(page);
    await page.reload();
    await expect.poll(() => count(page)).toBe(found);
    await expect(page.getByRole("button", { name: /^Status\s*ESCALATED$/ })).toBeVisible();

    await search(page).pressSequentially("nobody is called that");
    await expect(search(page)).toHaveValue("nobody is called that");
    await expect(page.getByRole("heading", { name: "No matching tickets" })).toBeVisible();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect(search(page)).toHaveValue("");
    await expect.poll(() => count(page)).toBe(all);
  });

  test("keyboard: j, k, Enter, Esc, / and ? work, but not while typing", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    await expect(links(page).nth(2)).toBeVisible();
    const names = await links(page).allInnerTexts();
    await page.keyboard.press("j");
    await expect(links(page).nth(0)).toBeFocused();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await expect(links(page).nth(2)).toBeFocused();
    await page.keyboard.press("k");
    await expect(links(page).nth(1)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 2, name: names[1], exact: true })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL("/inbox");
    await expect(links(page).nth(1)).toBeFocused();

    await page.keyboard.press("/");
    await expect(search(page)).toBeFocused();
    await page.keyboard.type("j?k");
    await expect(search(page)).toHaveValue("j?k");
    await search(page).fill("");
    await online(page).focus();
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(help).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();
    await expect(online(page)).toBeFocused();
  });

  test("an unknown ticket shows Not found beside the list", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox/nonsense");
    await expect(page.getByRole("heading", { level: 2, name: "Ticket not found" })).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Inbox");
    await expect(links(page).first()).toBeVisible();
    await page.getByRole("button", { name: "Close pane" }).click();
    await expect(page).toHaveURL("/inbox");
  });

  for (const colorScheme of ["light", "dark"] as const) {
    test(`accessible in ${colorScheme}: the list, an open ticket, the shortcuts`, async ({ signInAs, page }) => {
      await page.emulateMedia({ colorScheme });
      await signInAs("agent", "/inbox");
      await expect(links(page).first()).toBeVisible();
      await expectAccessible(page);
      await links(page).first().click();
      await expect(page.getByRole("button", { name: "New callback" })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page);
    });
  }

  test("a tab follows at once what another tab switched", async ({ signInAs, context }) => {
    const page = await signInAs("agent", "/inbox");
    await expect(online(page)).toHaveAttribute("aria-checked", "false");
    const other = await context.newPage();
    await other.goto("/inbox");
    await online(other).click();
    await expect(online(other)).toHaveAttribute("aria-checked", "true");
    await expect(online(page)).toHaveAttribute("aria-checked", "true");
  });

  test("on a small screen an open ticket is a page with a way back", async ({ signInAs, page }) => {
    await page.setViewportSize({ width: 390, height: 800 });
    await signInAs("agent", "/inbox");
    await links(page).first().click();
    await expect(page.getByRole("heading", { level: 2 }).first()).toBeFocused();
    await expect(table(page)).toBeHidden();
    await page.getByRole("link", { name: "Back to the list" }).click();
    await expect(links(page).first()).toBeFocused();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});

test.describe("without tickets", () => {
  test.use({ settings: { sandbox: { tickets: 0 } } });

  test("the empty inbox offers a way to get tickets", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    await expect(page.getByText("Go online to receive tickets")).toBeVisible();
    await page.getByRole("button", { name: "Go online" }).click();
    await expect(online(page)).toHaveAttribute("aria-checked", "true");
    await expect(page.getByText("New tickets appear here as they come in.")).toBeVisible();
  });
});

test("an admin without an agent is shown how to add a user for one", async ({ signInAs }) => {
  const page = await signInAs("admin", "/inbox");
  await expect(page.getByRole("heading", { name: "No agentID" })).toBeVisible();
  await expect(page.getByText("trunkline-server user add NAME --role agent --agent-id ID")).toBeVisible();
});

test.describe("behind a foreign proxy", () => {
  test("the agentID is requested and remembered", async ({ signInAs, page }) => {
    const base = Object.fromEntries(["comm100", "jtel", "oneview", "sobot", "digital99"].map((name) => [name, `/api/${name}`]));
    await page.route("**/config.json", (route) => route.fulfill({ json: { base, session: null } }));
    await signInAs("agent", "/inbox");
    await page.getByRole("button", { name: "Open inbox" }).click();
    await expect(page.getByLabel("Agent ID", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await page.getByLabel("Agent ID", { exact: true }).fill(AGENT);
    await page.getByRole("button", { name: "Open inbox" }).click();
    await expect(links(page).first()).toBeVisible();
    await page.reload();
    await expect(links(page).first()).toBeVisible();
    await page.getByRole("button", { name: "Change agent ID" }).click();
    await expect(page.getByLabel("Agent ID", { exact: true })).toHaveValue("");
  });
});

test.describe("with 10,000 tickets", () => {
  test.use({ settings: { sandbox: { tickets: 10_025 } } });

  test("few rows are in the document, and search responds while typing", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    await expect(links(page).first()).toBeVisible({ timeout: 30_000 });
    expect(await count(page)).toBe(10_000);
    const rows = table(page).locator("tbody tr[aria-rowindex]");
    expect(await rows.count()).toBeLessThanOrEqual(80);
    await table(page).locator("..").evaluate((scroller) => (scroller.scrollTop = scroller.scrollHeight));
    await expect(table(page).locator('tr[aria-rowindex="10001"]')).toBeVisible();
    expect(await rows.count()).toBeLessThanOrEqual(80);

    const id = (await links(page).last().getAttribute("href"))?.split("/").at(-1) ?? "";
    await search(page).pressSequentially(id);
    await expect(search(page)).toHaveValue(id);
    await expect.poll(() => count(page)).toBe(1);
    await expect(links(page)).toHaveCount(1);
    await expect(links(page)).toHaveAttribute("href", new RegExp(`/inbox/${id}`));
  });
});

test.describe("against one-view", () => {
  test.use({ vendors: "upstream" });

  test("PUTs are sent once with the console's credential; every field but no secret is shown", async ({ signInAs, upstreams }) => {
    const { oneview } = upstreams;
    const page = await signInAs("agent", `/inbox/${AGENT}`);
    await expect(page.getByRole("heading", { level: 2, name: "hugo dan", exact: true })).toBeVisible();
    const pane = page.getByRole("region", { name: "Ticket" });
    await pane.getByText("Technical details", { exact: true }).click();
    for (const text of [
      AGENT, "ASSIGNED", "english", "chat", "Internal State Change by Workflow Server", "delivery - wrong address", "sdw-srr",
      "989899854090030232934sdfdsdf32dd4sdfdsddffdummycustomerid2", "hugo", "dan",
    ]) {
      await expect(pane.getByText(text, { exact: true }).first()).toBeVisible();
    }
    for (const secret of TICKET_SECRETS) expect(await page.content()).not.toContain(secret);
    await expect(pane.getByRole("link", { name: "Look up customer" })).toHaveAttribute("href", /^\/customers\?id=9898998/);
    await expect(pane.getByRole("link", { name: "New ticket event" })).toHaveAttribute("href", `/events/new?type=6&ticket=${AGENT}`);

    await online(page).click();
    await expect(online(page)).toHaveAttribute("aria-checked", "true");
    const puts = () => oneview.requests.filter((asked) => asked.method === "PUT");
    expect(puts()).toMatchObject([
      { path: `/chat-ticket/v1/${AGENT}/online`, headers: { authorization: expect.stringMatching(new RegExp(`^bearer ${TOKEN}$`, "i")) }, text: "" },
    ]);
    oneview.arrive({ customer: { firstName: "Alma", lastName: "Reuter" }, content: { note: "<b>bold</b>", list: [1, null] } });
    await expect(page.getByRole("status").getByText("New ticket: Alma Reuter")).toBeVisible({ timeout: 20_000 });
    // A ticket is open, so the list does not move by itself.
    await page.getByRole("button", { name: "1 new", exact: true }).click();
    await table(page).getByRole("link", { name: "Alma Reuter", exact: true }).click();
    // Content is text, never markup.
    await expect(page.getByRole("region", { name: "Ticket" }).getByText("<b>bold</b>")).toBeVisible();
    await online(page).click();
    await expect(online(page)).toHaveAttribute("aria-checked", "false");
    expect(puts().map((asked) => asked.path.split("/").at(-1))).toEqual(["online", "offline"]);
    expect(oneview.agent.online).toBe(false);
  });

  test("a refused or lost PUT is reported, sent once, and the switch keeps the confirmed state", async ({ signInAs, upstreams, guard }) => {
    guard.allow(/Failed to load resource|net::ERR_FAILED/);
    const { oneview } = upstreams;
    const page = await signInAs("agent", "/inbox");
    const restore = oneview.override((asked) =>
      asked.method === "PUT" ? { status: 500, json: { errorCode: 500, errorMessage: "internal server error" } } : undefined,
    );
    await online(page).click();
    const alert = page.getByRole("main").getByRole("alert");
    await expect(alert).toContainText("internal server error");
    await expect(online(page)).toHaveAttribute("aria-checked", "false");
    expect(oneview.requests.filter((asked) => asked.method === "PUT")).toHaveLength(1);
    restore();

    await page.route("**/online", (route) => route.abort("connectionreset"));
    await online(page).click();
    await expect(alert).toContainText("We couldn't confirm the change");
    await expect(online(page)).toHaveAttribute("aria-checked", "false");
    await page.unroute("**/online");

    // Busy while on the wire: a second click sends nothing.
    let release = () => {};
    const held = new Promise<void>((done) => (release = done));
    await page.route("**/online", async (route) => {
      await held;
      await route.continue();
    });
    await online(page).click();
    await expect(online(page)).toHaveAttribute("aria-busy", "true");
    await online(page).click({ force: true });
    await expect(online(page)).toHaveAttribute("aria-checked", "false");
    release();
    await expect(online(page)).toHaveAttribute("aria-checked", "true");
    await expect(alert).toHaveCount(0);
    expect(oneview.requests.filter((asked) => asked.method === "PUT")).toHaveLength(2);
  });

  test("a ticket that leaves the list while open stays readable; one without a name shows its ID", async ({ signInAs, upstreams }) => {
    const { oneview } = upstreams;
    oneview.tickets.push(ticket({ id: "bare", customer: undefined, priority: undefined }));
    const page = await signInAs("agent", "/inbox");
    await table(page).getByRole("link", { name: "bare", exact: true }).click();
    await expect(page.getByRole("heading", { level: 2, name: "bare", exact: true })).toBeVisible();
    oneview.tickets.pop();
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(page.getByText("This ticket is no longer assigned to you.")).toBeVisible();
    await expect(page.getByRole("heading", { level: 2, name: "bare", exact: true })).toBeVisible();
  });
});
