// What only some pages need comes with them, as parts; the others come when there is time.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";

const parts = (urls: string[]) => urls.flatMap((url) => /trunkline-([a-z_]+)-[0-9a-f]{16}\.wasm$/.exec(url)?.[1] ?? []);

/** Everything that the page asks for from now on. */
function listen(page: Page) {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  return asked;
}

/** As in a browser that saves data: nothing is fetched before it is needed. */
const saveData = (page: Page) =>
  page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));

test("the page that is opened brings its own part, and then what is behind the links comes, once each", async ({ signInAs }) => {
  const page = await signInAs("agent", "/settings");
  const asked = listen(page);
  await page.goto("/inbox");
  await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
  expect(parts(asked).filter((name) => name !== "extras").sort()).toEqual(["inbox", "start"]);
  // What an agent may open, and nothing of an admin's.
  const all = [
    "customers", "events", "events_form", "events_record", "extras", "inbox", "inbox_agent", "inbox_presence", "inbox_ticket",
    "overview", "settings", "sign_in", "start",
  ];
  await expect.poll(() => parts(asked).sort()).toEqual(all);
  for (const name of ["Customers", "ACD events", "Overview", "Settings", "Inbox"]) {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeFocused();
  }
  expect(parts(asked)).toHaveLength(all.length);
});

test("nothing takes of the line while the page's data are on their way", async ({ signInAs }) => {
  const page = await signInAs("agent", "/settings");
  const asked = listen(page);
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
  expect(parts(asked).sort()).toEqual(["inbox", "start"]);
  answer();
  await expect(page.getByRole("table", { name: "Inbox" }).getByRole("rowheader").first()).toBeVisible();
  await page.clock.runFor(1000);
  await expect.poll(() => parts(asked)).toContain("sign_in");
});

for (const [path, part, heading] of [
  ["/", "overview", "Overview"],
  ["/channel-accounts", "channel_accounts", "Channel accounts"],
  ["/channel-accounts/new", "channel_accounts_form", "New channel account"],
  ["/events/new", "events_form", "New event"],
  ["/events/1?from=elsewhere", "events_record", /./],
  ["/external-apis/", "external_apis", "External APIs"],
  ["/external-apis/new", "external_apis_form", "New external API"],
] as const) {
  test(`${path} brings ${part} alone`, async ({ signInAs, guard }) => {
    // There is no event of that number.
    guard.allow(/status of 404/);
    const page = await signInAs("admin", "/settings");
    await saveData(page);
    const asked = listen(page);
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    // What every page has besides comes two seconds later.
    expect(parts(asked).filter((name) => name !== "extras").sort()).toEqual([part, "start"].sort());
  });
}

test("a form that comes late takes the focus when it is there", async ({ signInAs }) => {
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
  // What it shares with the start works in it: what is typed is guarded.
  await page.getByLabel("Name", { exact: true }).fill("Late");
  const question = page.waitForEvent("dialog").then((dialog) => dialog.accept());
  await page.getByRole("link", { name: "Cancel" }).click();
  await question;
  await expect(page.getByRole("heading", { level: 1, name: "Channel accounts" })).toBeFocused();
});

test("a ticket's fields come late into its pane, whose heading has the focus already", async ({ signInAs, guard }) => {
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
  const pane = page.getByRole("region", { name, exact: true });
  await expect(pane.getByRole("alert")).toContainText("This page did not load");
  await page.unroute(file);
  await pane.getByRole("button", { name: "Retry" }).click();
  await expect(pane.getByRole("term").filter({ hasText: "Priority" })).toBeVisible();
});

test("the inbox's switch says that its part did not come, and the next click switches", async ({ signInAs, guard }) => {
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

test("the bar for many accounts comes with the first tick, and sign-in when the session is over", async ({ signInAs, guard }) => {
  guard.allow(/status of 401/);
  const page = await signInAs("admin", "/settings");
  await saveData(page);
  const asked = listen(page);
  await page.goto("/channel-accounts");
  const rows = page.getByRole("table", { name: "Channel accounts" }).getByRole("checkbox");
  await rows.nth(1).check();
  await expect(page.getByRole("main").getByRole("region", { name: "Selected accounts" })).toBeVisible();
  expect(parts(asked).filter((name) => name !== "extras").sort()).toEqual(["channel_accounts", "channel_accounts_bulk", "start"]);
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Refresh" }).click();
  const dialog = page.getByRole("dialog", { name: "Your session is over" });
  await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
  // Closed, the focus is where it was.
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Refresh" })).toBeFocused();
});

test("sign-in whose part does not come over a half-filled form: said so, nothing lost, and Retry brings it", async ({ signInAs, guard }) => {
  guard.allow(/status of 401|Failed to load resource/);
  const page = await signInAs("admin", "/settings");
  await saveData(page);
  await page.goto("/channel-accounts/new");
  const fill = async (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
  await page.getByLabel("Channel", { exact: true }).fill("WeChat");
  await fill("Original account ID", "gh_half");
  await fill("Name", "Half filled");
  await fill("Display name", "Before");
  const file = /trunkline-sign_in-\w+\.wasm$/;
  await page.route(file, (route) => route.abort());
  await page.context().clearCookies();
  const save = page.getByRole("button", { name: "Save" });
  await save.click();
  const alert = page.getByRole("alert").filter({ hasText: "The sign-in form did not load" });
  await expect(alert).toContainText("Your session is over");
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
  const dialog = page.getByRole("dialog", { name: "Your session is over" });
  await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
  await expect(alert).toHaveCount(0);
  await dialog.getByRole("button", { name: "Continue as demo admin" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Half filled");
  await expect(page.getByLabel("Display name", { exact: true })).toHaveValue("Half");
  await save.click();
  await expect(page.getByRole("heading", { level: 1, name: "Half filled" })).toBeVisible();
});

test("code that does not come is said to be missing, and Retry brings the page", async ({ signInAs, guard }) => {
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
