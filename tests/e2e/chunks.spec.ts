// Chunks load with the page that needs them; the others are prefetched when the browser is idle.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";

const parts = (urls: string[]) => urls.flatMap((url) => /trunkline-([a-z_]+)-[0-9a-f]{16}\.wasm(?:\?now)?$/.exec(url)?.[1] ?? []);

/** What comes after every first view by itself: the rest of the main chunk at once, the deferred UI and the tools of lists
 * two seconds later. */
const LATER = ["tail", "deferred", "list_tools"];
const own = (urls: string[]) => parts(urls).filter((name) => !LATER.includes(name)).sort();

/** Everything that the page asks for from now on, after it has left where it was. */
async function listen(page: Page) {
  await page.goto("about:blank");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  return asked;
}

/** As in a browser that saves data: nothing is fetched before it is needed. */
const saveData = (page: Page) =>
  page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));

test("the first page loads its own chunk, then the chunks behind the links, once each", async ({ signInAs }) => {
  const page = await signInAs("agent", "/settings");
  const asked = await listen(page);
  await page.goto("/inbox");
  await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
  // What comes after the first rows may already be asked for.
  expect(own(asked).filter((name) => name !== "inbox_tools")).toEqual(["inbox", "main"]);
  // The chunks of an agent's pages, and none of an admin's.
  const all = [
    "customers", "customers_tools", "acd_events", "acd_events_form", "acd_events_form_tools", "acd_events_record", "acd_events_time_line", "deferred", "form_tools", "inbox", "inbox_agent", "inbox_customer", "inbox_presence", "inbox_ticket", "inbox_tools", "list_tools",
    "overview", "settings", "sign_in", "main", "tail",
  ];
  await expect.poll(() => parts(asked).sort()).toEqual(all.sort());
  for (const name of ["Customers", "ACD events", "Overview", "Settings", "Inbox"]) {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeFocused();
  }
  expect(parts(asked)).toHaveLength(all.length);
});

test("chunks are not prefetched while the page's data load", async ({ signInAs }) => {
  const page = await signInAs("agent", "/settings");
  const asked = await listen(page);
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/tickets", async (route) => {
    await held;
    await route.continue();
  });
  await page.clock.install();
  await page.goto("/inbox");
  await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
  for (let seconds = 0; seconds < 10; seconds++) await page.clock.runFor(1000);
  expect(own(asked)).toEqual(["inbox", "main"]);
  answer();
  await expect(page.getByRole("table", { name: "Inbox" }).getByRole("rowheader").first()).toBeVisible();
  await page.clock.runFor(1000);
  await expect.poll(() => parts(asked)).toContain("sign_in");
});

for (const [path, part, heading] of [
  ["/", "overview", "Overview"],
  ["/channel-accounts", "channel_accounts", "Channel accounts"],
  ["/channel-accounts/new", "channel_accounts_form", "New channel account"],
  ["/events/new", "acd_events_form", "New event"],
  ["/events/1?from=elsewhere", "acd_events_record", /./],
  ["/external-apis/", "external_apis", "External APIs"],
  ["/external-apis/new", "external_apis_form", "New external API"],
] as const) {
  test(`${path} loads ${part} only`, async ({ signInAs, guard }) => {
    // There is no event of that number.
    guard.allow(/status of 404/);
    const page = await signInAs("admin", "/settings");
    await saveData(page);
    const asked = await listen(page);
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    // What a form needs behind its first view comes after its first paint.
    expect(own(asked).filter((name) => !/(form_tools|credentials)$/.test(name))).toEqual([part, "main"].sort());
  });
}

for (const [role, path] of [
  ["admin", "/"], ["admin", "/channel-accounts"], ["admin", "/events/new"], ["admin", "/settings"],
  ["agent", "/inbox"], ["agent", "/events"], ["agent", "/settings"],
] as const) {
  test(`the first view of ${path} as ${role} needs nothing of the tail`, async ({ signInAs }) => {
    const page = await signInAs(role, "/customers");
    await page.goto("about:blank");
    // A call into the tail before it is there asks for it by a request that the page waits for.
    const kinds: string[] = [];
    page.on("request", (request) => request.url().includes("trunkline-tail-") && kinds.push(request.resourceType()));
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect.poll(() => kinds).toEqual(["fetch"]);
  });
}

test("whoever acts before the tail is there waits for it, and is asked to try again without a connection", async ({ signInAs, guard }) => {
  guard.allow(/Failed to load resource/);
  const page = await signInAs("admin", "/customers");
  await page.goto("about:blank");
  const asked: string[] = [];
  const questions: string[] = [];
  await page.route(/trunkline-tail-\w+\.wasm/, (route) => {
    asked.push(route.request().resourceType());
    return questions.length ? route.continue() : route.abort();
  });
  page.on("dialog", (dialog) => {
    questions.push(dialog.message());
    return dialog.accept();
  });
  await page.goto("/settings");
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await expect.poll(() => asked).toContain("fetch");
  // A popover's code is in the tail.
  await page.getByRole("button", { name: "demo admin" }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  expect(questions).toEqual([expect.stringContaining("Part of Trunkline has not loaded yet")]);
});

test("a form whose chunk arrives late gets the focus", async ({ signInAs }) => {
  const page = await signInAs("admin", "/settings");
  await saveData(page);
  await page.goto("/channel-accounts");
  await expect(page.getByRole("table", { name: "Channel accounts" }).getByRole("rowheader").first()).toBeVisible();
  let letIn = () => {};
  const held = new Promise<void>((resolve) => (letIn = resolve));
  await page.route(/trunkline-channel_accounts_form-\w+\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole("link", { name: "New channel account" }).click();
  // Meanwhile the heading of the page to come has it, and the page says that it loads.
  await expect(page.getByRole("heading", { level: 1, name: "New channel account" })).toBeFocused();
  await expect(page.getByRole("main").getByText("Loading")).toBeAttached();
  letIn();
  await expect(page.getByRole("heading", { level: 1, name: "New channel account" })).toBeFocused();
  // State shared with the main chunk works: input is guarded.
  await page.getByLabel("Name", { exact: true }).fill("Late");
  const question = page.waitForEvent("dialog").then((dialog) => dialog.accept());
  await page.getByRole("link", { name: "Cancel" }).click();
  await question;
  await expect(page.getByRole("heading", { level: 1, name: "Channel accounts" })).toBeFocused();
});

test("a ticket's fields arrive late in its pane, whose heading keeps the focus", async ({ signInAs, guard }) => {
  guard.allow(/Failed to load resource/);
  const page = await signInAs("agent", "/settings");
  await saveData(page);
  await page.goto("/inbox");
  const link = page.getByRole("table", { name: "Inbox" }).getByRole("rowheader").getByRole("link").first();
  const file = /trunkline-inbox_ticket-\w+\.wasm$/;
  await page.route(file, (route) => route.abort());
  const name = await link.innerText();
  await link.click();
  await expect(page.getByRole("heading", { level: 2, name, exact: true })).toBeFocused();
  const pane = page.getByRole("region", { name: "Ticket", exact: true });
  await expect(pane.getByRole("alert")).toContainText("This page did not load");
  await page.unroute(file);
  await pane.getByRole("button", { name: "Retry" }).click();
  await expect(pane.getByText("Technical details")).toBeVisible();
});

test("the inbox's switch reports a missing chunk, and the next click switches", async ({ signInAs, guard }) => {
  guard.allow(/Failed to load resource/);
  const page = await signInAs("agent", "/settings");
  await saveData(page);
  await page.goto("/inbox");
  const file = /trunkline-inbox_presence-\w+\.wasm$/;
  await page.route(file, (route) => route.abort());
  const online = page.getByRole("switch", { name: "Online" });
  await online.click();
  await expect(page.getByRole("alert").filter({ hasText: "Check the connection and try again" })).toBeVisible();
  await expect(online).toHaveAttribute("aria-checked", "false");
  await page.unroute(file);
  await online.click();
  await expect(online).toHaveAttribute("aria-checked", "true");
});

test("the bulk bar's chunk loads with the first selection, sign-in's with the session's end", async ({ signInAs, guard }) => {
  guard.allow(/status of 401/);
  const page = await signInAs("admin", "/settings");
  await saveData(page);
  const asked = await listen(page);
  await page.goto("/channel-accounts");
  const rows = page.getByRole("table", { name: "Channel accounts" }).getByRole("checkbox");
  await rows.nth(1).check();
  await expect(page.getByRole("main").getByRole("region", { name: "Selected accounts" })).toBeVisible();
  expect(own(asked)).toEqual(["channel_accounts", "channel_accounts_bulk", "main"]);
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Refresh" }).click();
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
  // Closed, the focus is where it was.
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Refresh" })).toBeFocused();
});

test("sign-in over a half-filled form whose chunk is missing says so, loses nothing, and Retry loads it", async ({ signInAs, guard }) => {
  guard.allow(/status of 401|Failed to load resource/);
  const page = await signInAs("admin", "/settings");
  await saveData(page);
  await page.goto("/channel-accounts/new");
  // The form looks for another account with this channel and ID.
  const known = page.waitForResponse(/\/channelAccounts(\?|$)/);
  const fill = async (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
  await page.getByLabel("Channel", { exact: true }).fill("WeChat");
  await fill("Original account ID", "gh_half");
  await fill("Name", "Half filled");
  await fill("Display name", "Before");
  const file = /trunkline-sign_in-\w+\.wasm$/;
  await page.route(file, (route) => route.abort());
  await known;
  await page.context().clearCookies();
  const save = page.getByRole("button", { name: "Save", exact: true });
  await save.click();
  const alert = page.getByRole("alert").filter({ hasText: "The sign-in form did not load" });
  await expect(alert).toContainText("Your session has ended");
  await expect(alert).toContainText("what you typed are still here");
  await expectAccessible(page);

  // Retry in vain says the same, and the page can be read and typed into.
  const again = page.waitForRequest(file);
  await alert.getByRole("button", { name: "Retry" }).click();
  await again;
  await expect(alert).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Half filled");
  await fill("Display name", "Half");

  await page.unroute(file);
  await alert.getByRole("button", { name: "Retry" }).click();
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
  await expect(alert).toHaveCount(0);
  await dialog.getByRole("button", { name: "Continue as demo admin" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Half filled");
  await expect(page.getByLabel("Display name", { exact: true })).toHaveValue("Half");
  await save.click();
  await expect(page.getByRole("heading", { level: 1, name: "Half filled" })).toBeVisible();
});

test("a missing chunk shows an error, and Retry loads the page", async ({ signInAs, guard }) => {
  guard.allow(/Failed to load resource/);
  const page = await signInAs("admin", "/settings");
  await page.route(/trunkline-customers-\w+\.wasm$/, (route) => route.abort());
  await page.goto("/settings");
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Customers" }).click();
  const main = page.getByRole("main");
  await expect(main.getByRole("alert")).toContainText("This page did not load");
  // The frame lives, and other pages open.
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Account", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Account" })).toBeVisible();
  await page.goBack();
  await page.unroute(/trunkline-customers-\w+\.wasm$/);
  await main.getByRole("button", { name: "Retry" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeFocused();
});
