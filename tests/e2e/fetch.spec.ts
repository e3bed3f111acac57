// The fetch layer's guarantees, counted at the vendor: no write twice, no outdated response on the screen.
import type { Page } from "@playwright/test";
import { SAMPLE } from "./upstreams/comm100.mjs";
import { expect, test } from "./support/test";

test.use({ vendors: "upstream" });

test("leaving a page aborts its reads", async ({ signInAs, upstreams }) => {
  upstreams.comm100.override((asked) => (asked.path.endsWith("/channelAccounts") ? { hang: true } : undefined));
  const page = await signInAs("admin", "/customers");
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
  const asked = page.waitForRequest(/\/api\/comm100\/ticketing\/channelAccounts/);
  const nav = page.getByRole("navigation", { name: "Main" });
  await nav.getByRole("link", { name: "Channel accounts" }).click();
  await asked;
  const aborted = page.waitForEvent("requestfailed", (request) => request.url().includes("/channelAccounts"));
  await nav.getByRole("link", { name: "Customers" }).click();
  expect((await aborted).failure()?.errorText).toContain("ERR_ABORTED");
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: /\S/ })).toHaveCount(0);
});

test("a slow response to an older request is never shown", async ({ signInAs, upstreams, page }) => {
  const other = { ...SAMPLE, id: "11111111-2222-3333-4444-555555555555", name: "The newer one" };
  let answerOld = () => {};
  const due = new Promise<void>((done) => (answerOld = done));
  let answered = Promise.resolve();
  await page.route("**/api/comm100/ticketing/channelAccounts/**", (route) => {
    if (!route.request().url().includes(SAMPLE.id)) return route.fulfill({ json: other });
    // After the newer response is shown; the aborted request must not be shown. It can't be responded to any more.
    answered = due.then(() => route.fulfill({ json: SAMPLE })).catch(() => undefined);
  });
  // The app has started and waits for the older response; otherwise the link would reload the document.
  const asked = page.waitForRequest((request) => request.url().includes(SAMPLE.id) && request.resourceType() === "fetch");
  await signInAs("admin", `/channel-accounts/${SAMPLE.id}`);
  await asked;
  const aborted = page.waitForEvent("requestfailed", (request) => request.url().includes(SAMPLE.id));
  await page.evaluate((path) => {
    const link = document.createElement("a");
    link.href = path;
    document.body.append(link);
    link.click();
    link.remove();
  }, `/channel-accounts/${other.id}`);
  await aborted;
  await expect(page.getByRole("heading", { level: 1, name: "The newer one" })).toBeVisible();
  answerOld();
  await answered;
  await expect(page.getByRole("heading", { level: 1, name: "Comm100" })).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1, name: "The newer one" })).toBeVisible();
  expect(upstreams.comm100.requests.filter((asked) => asked.method !== "GET")).toEqual([]);
});

test("of two responses in the wrong order the first is aborted and never shown", async ({
  signInAs,
  upstreams,
  server,
}) => {
  const slow = { ...SAMPLE, id: "11111111-2222-3333-4444-555555555555", name: "The slow one" };
  upstreams.comm100.accounts.set(slow.id, slow);
  upstreams.comm100.fault("delay", { delay_ms: 400, path: `/ticketing/channelAccounts/${slow.id}` });
  upstreams.comm100.fault("delay", { delay_ms: 100, path: `/ticketing/channelAccounts/${SAMPLE.id}` });
  const page = await signInAs("admin", "/channel-accounts");
  const asked = page.waitForRequest((request) => request.url().includes(slow.id));
  const aborted = page.waitForEvent("requestfailed", (request) => request.url().includes(slow.id));
  const painted = page.evaluate(
    () =>
      new Promise<string[]>((done) => {
        const seen = new Set<string>();
        const watch = new MutationObserver(() => {
          seen.add(document.querySelector("main h1")?.textContent ?? "");
          if (seen.has("Comm100")) setTimeout(() => done([...seen]), 600);
        });
        watch.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
  );
  await page.getByRole("link", { name: "The slow one", exact: true }).click();
  await asked;
  // Within 400 ms: `goBack` would wait for more than the page's turning.
  await page.evaluate(() => history.back());
  await page.getByRole("link", { name: "Comm100", exact: true }).click();
  expect((await aborted).failure()?.errorText).toContain("ERR_ABORTED");
  expect(await painted).not.toContain("The slow one");
  await expect(page.getByRole("heading", { level: 1, name: "Comm100" })).toBeVisible();
  expect(server.lines().filter((line) => line.status >= 500)).toEqual([]);
});

/** Fills the form of a new account. */
async function fillAccount(page: Page, name: string) {
  await page.getByLabel("Channel", { exact: true }).fill("WeChat");
  await page.getByLabel("Original account ID", { exact: true }).fill(`gh_${name}`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Display name", { exact: true }).fill(name);
}
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true });
const posts = (upstreams: { comm100: { requests: { method: string }[] } }) =>
  upstreams.comm100.requests.filter((asked) => asked.method === "POST").length;

test("a double click and Enter twice send one POST, however slow the response", async ({ signInAs, upstreams }) => {
  upstreams.comm100.fault("delay", { delay_ms: 1000, only: "writes" });
  const page = await signInAs("admin", "/channel-accounts/new");
  await fillAccount(page, "Only one");
  await save(page).dblclick();
  await page.getByLabel("Name", { exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Only one" })).toBeVisible();
  expect(posts(upstreams)).toBe(1);
});

test("Back, Forward and Save again during the first POST send one POST", async ({ signInAs, upstreams }) => {
  upstreams.comm100.fault("delay", { delay_ms: 2500, only: "writes" });
  const page = await signInAs("admin", "/channel-accounts");
  await page.getByRole("link", { name: "New channel account" }).click();
  await fillAccount(page, "Back and forth");
  await save(page).click();
  await expect(save(page)).toHaveAttribute("aria-busy", "true");
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Channel accounts" })).toBeVisible();
  await page.goForward();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Back and forth");
  await save(page).click();
  await expect(page.getByRole("heading", { level: 1, name: "Back and forth" })).toBeVisible();
  expect(posts(upstreams)).toBe(1);
});

test("a write that fails after its page was left is reported where the user is", async ({ signInAs, upstreams, guard }) => {
  guard.allow(/status of 500/);
  upstreams.comm100.fault("delay", { delay_ms: 700, only: "writes" });
  upstreams.comm100.override((asked) =>
    asked.method === "POST" ? { status: 500, json: { code: 500000, message: "The arguments do not match." } } : undefined,
  );
  const page = await signInAs("admin", "/channel-accounts");
  await page.getByRole("link", { name: "New channel account" }).click();
  await fillAccount(page, "Too late");
  await save(page).click();
  await page.goBack();
  await expect(page.getByRole("alert").filter({ hasText: "The arguments do not match." })).toBeVisible();
});

test("a lost response to a write that was done is verified and not sent again", async ({
  signInAs,
  upstreams,
  page,
  guard,
}) => {
  guard.allow(/ERR_/);
  await signInAs("admin", "/channel-accounts/new");
  await fillAccount(page, "Lost");
  let letThrough = () => {};
  const seen = new Promise<void>((done) => (letThrough = done));
  await page.route("**/api/comm100/ticketing/channelAccounts", async (route) => {
    if (route.request().method() !== "POST") {
      // The read-back.
      await seen;
      return route.continue();
    }
    await route.fetch();
    await route.abort("connectionreset");
  });
  await save(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "We couldn't confirm the change" })).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Lost");
  letThrough();
  await expect(page.getByRole("heading", { level: 1, name: "Lost" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  expect(posts(upstreams)).toBe(1);
});

test("a lost write that was not done is reported and can be sent again", async ({ signInAs, upstreams, page, guard }) => {
  guard.allow(/ERR_|status of 502/);
  await signInAs("admin", "/channel-accounts/new");
  await fillAccount(page, "Never arrived");
  await page.route("**/api/comm100/ticketing/channelAccounts", (route) =>
    route.request().method() === "POST" ? route.abort("connectionreset") : route.continue(),
  );
  await save(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "Nothing was changed" })).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Never arrived");
  expect(posts(upstreams)).toBe(0);
  await page.unroute("**/api/comm100/ticketing/channelAccounts");
  await save(page).click();
  await expect(page.getByRole("heading", { level: 1, name: "Never arrived" })).toBeVisible();
  expect(posts(upstreams)).toBe(1);
});

test("a vendor that breaks off after the write is read back", async ({ signInAs, upstreams, guard }) => {
  guard.allow(/status of 502/);
  upstreams.comm100.fault("reset", { only: "writes", after: true, times: 1 });
  const page = await signInAs("admin", "/channel-accounts/new");
  await fillAccount(page, "Done in silence");
  await save(page).click();
  await expect(page.getByRole("heading", { level: 1, name: "Done in silence" })).toBeVisible();
  expect(posts(upstreams)).toBe(1);
});

test("a lost response to a removal that was done is verified", async ({ signInAs, upstreams, guard }) => {
  guard.allow(/status of 502/);
  upstreams.comm100.fault("reset", { only: "writes", after: true, times: 1 });
  const page = await signInAs("admin", `/channel-accounts/${SAMPLE.id}`);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByRole("dialog").getByText("We couldn't confirm the change")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Removed" })).toBeVisible();
  await expect(page).toHaveURL("/channel-accounts");
  expect(upstreams.comm100.requests.filter((asked) => asked.method === "DELETE").length).toBe(1);
});

for (const fault of ["reset", "cut"]) {
  test(`a lost response (${fault}) to a bot's switch is verified, singly and in bulk`, async ({ signInAs, upstreams, guard }) => {
    guard.allow(/status of 502/);
    const { comm100 } = upstreams;
    comm100.fault(fault, { only: "writes", after: true });
    const page = await signInAs("admin", `/channel-accounts/${SAMPLE.id}`);
    const bot = page.getByRole("switch", { name: "Bot enabled" });
    await bot.click();
    await expect(page.getByRole("status").filter({ hasText: "The bot is on" })).toBeVisible();
    await expect(bot).toHaveAttribute("aria-checked", "true");
    await expect(page.getByRole("main").getByText("We couldn't confirm the change")).toHaveCount(0);

    await page.getByRole("link", { name: "Channel accounts" }).first().click();
    await page.getByRole("checkbox", { name: "Select Comm100", exact: true }).check();
    await page.getByRole("button", { name: "Turn bot off" }).click();
    await expect(page.getByRole("status").filter({ hasText: "1 account changed" })).toBeVisible();
    expect(comm100.accounts.get(SAMPLE.id)?.isBotEnabled).toBe(false);
    expect(posts(upstreams)).toBe(2);
  });
}

test("a lost response to the Online switch is verified with the gateway", async ({
  signInAs,
  upstreams,
  page,
  guard,
}) => {
  guard.allow(/ERR_/);
  await signInAs("agent", "/inbox");
  const online = page.getByRole("switch", { name: "Online" });
  await page.route("**/online", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await online.click();
  await expect(page.getByRole("main").getByText("We couldn't confirm the change")).toBeVisible();
  await expect(online).toHaveAttribute("aria-checked", "true");
  await expect(page.getByRole("main").getByText("We couldn't confirm the change")).toHaveCount(0);
  expect(upstreams.oneview.requests.filter((asked) => asked.method === "PUT").length).toBe(1);
});

test("an outcome that cannot be verified stays unknown, and the switch shows the last known state", async ({ signInAs, upstreams, guard }) => {
  guard.allow(/status of 502/);
  upstreams.oneview.fault("reset", { only: "writes", after: true });
  const page = await signInAs("agent", "/inbox");
  const online = page.getByRole("switch", { name: "Online" });
  await online.click();
  const message = page.getByRole("main").getByText("We couldn't confirm the change");
  await expect(message).toBeVisible();
  await expect(online).not.toHaveAttribute("aria-busy");
  await expect(message).toBeVisible();
  await expect(page.getByText("The switch shows the last status that one-view confirmed.")).toBeVisible();
  await expect(online).toHaveAttribute("aria-checked", "false");
  expect(upstreams.oneview.requests.filter((asked) => asked.method === "PUT").length).toBe(1);
});

test("a write without a connection to its vendor is reported as not sent", async ({ signInAs, upstreams, guard }) => {
  guard.allow(/status of 502/);
  const page = await signInAs("admin", "/channel-accounts/new");
  await fillAccount(page, "Nobody there");
  await upstreams.comm100.close();
  await save(page).click();
  await expect(page.getByRole("main").getByText("The vendor can't be reached")).toBeVisible();
  await expect(page.getByRole("main").getByText("We couldn't confirm the change")).toHaveCount(0);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Nobody there");
});

test("bulk: each account has its outcome, a failed row reverts, and only failures are retried", async ({
  signInAs,
  upstreams,
  guard,
}) => {
  guard.allow(/status of 500/);
  const { comm100 } = upstreams;
  const names = ["One", "Two", "Three"];
  for (const [at, name] of names.entries()) comm100.accounts.set(`id-${at}`, { ...SAMPLE, id: `id-${at}`, name, chatbotId: undefined });
  comm100.fault("status", { status: 500, path: "/ticketing/channelAccounts/id-1:enableBot" });
  const page = await signInAs("admin", "/channel-accounts");
  const table = page.getByRole("table", { name: "Channel accounts" });
  for (const name of names) await table.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
  await page.getByRole("button", { name: "Turn bot on" }).click();
  const alert = page.getByRole("alert").filter({ hasText: "1 account could not be changed:" });
  await expect(alert).toContainText("Two");
  await expect(page.getByText("3 of 3 done")).toBeVisible();
  const bot = (name: string) => table.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
  await expect(bot("One")).toContainText("Bot on");
  await expect(bot("Two")).toContainText("Bot off");
  expect(posts(upstreams)).toBe(3);
  comm100.mend();
  await page.getByRole("button", { name: "Retry the failed ones" }).click();
  await expect(page.getByRole("status").filter({ hasText: "1 account changed" })).toBeVisible();
  await expect(alert).toHaveCount(0);
  await expect(bot("Two")).toContainText("Bot on");
  expect(comm100.requests.filter((asked) => asked.method === "POST").map((asked) => asked.path.split("/").at(-1))).toEqual([
    "id-0:enableBot", "id-1:enableBot", "id-2:enableBot", "id-1:enableBot",
  ]);
});

test("bulk: Stop sends no more and reports how many were left out", async ({ signInAs, upstreams }) => {
  const { comm100 } = upstreams;
  for (const at of [0, 1, 2]) comm100.accounts.set(`id-${at}`, { ...SAMPLE, id: `id-${at}`, name: `Name ${at}`, isBotEnabled: true });
  const page = await signInAs("admin", "/channel-accounts");
  let release = () => {};
  const stopped = new Promise<void>((done) => (release = done));
  await page.route("**:disableBot", async (route) => {
    await stopped;
    await route.continue();
  });
  for (const at of [0, 1, 2]) await page.getByRole("checkbox", { name: `Select Name ${at}`, exact: true }).check();
  await page.getByRole("button", { name: "Turn bot off" }).click();
  await page.getByRole("button", { name: "Stop" }).click();
  release();
  await expect(page.getByText(/^1 of 3 done · 2 not changed$/)).toBeVisible();
  expect(posts(upstreams)).toBe(1);
});

for (const [form, wait] of [["seconds", { retry_after: 3 }], ["a date", { retry_after_date: 4 }]] as const) {
  test(`Retry-After as ${form}: the wait is shown, then the request is repeated`, async ({
    signInAs,
    upstreams,
    server,
    guard,
  }) => {
    guard.allow(/status of 429/);
    upstreams.comm100.fault("status", { status: 429, times: 1, ...wait });
    const page = await signInAs("admin", "/channel-accounts");
    await expect(page.getByRole("main").getByRole("alert")).toContainText("Too many calls to Comm100");
    await expect(page.getByText(/^Trying again in [1-4] seconds?\.$/)).toBeVisible();
    await expect(page.getByRole("link", { name: "Comm100", exact: true })).toBeVisible();
    await expect(page.getByRole("main").getByRole("alert").filter({ hasText: /\S/ })).toHaveCount(0);
    expect(await server.received("GET", /^\/api\/comm100\/ticketing\/channelAccounts$/)).toBe(2);
  });
}

test("only the gateway's signed-out opens sign-in: a vendor's 401 is a vendor error", async ({ signInAs, upstreams, guard }) => {
  guard.allow(/status of 401/);
  const mend = upstreams.comm100.override(() => ({ status: 401, json: { code: 401000, message: "Unauthorized" } }));
  const page = await signInAs("admin", "/channel-accounts");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Comm100 rejected Trunkline's credentials");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  mend();
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(page.getByRole("link", { name: "Comm100", exact: true })).toBeVisible();
});

test("a session that expires under a half-filled form: after signing in the form is still there and is sent once", async ({
  signInAs,
  upstreams,
  page,
  context,
  guard,
}) => {
  guard.allow(/status of 401/);
  await signInAs("admin", "/channel-accounts/new");
  // The form looks for another account with this channel and ID.
  const known = page.waitForResponse(/\/channelAccounts(\?|$)/);
  await page.getByLabel("Name", { exact: true }).fill("Half-filled");
  await page.getByLabel("Channel", { exact: true }).fill("WeChat");
  await page.getByLabel("Original account ID", { exact: true }).fill("gh_3");
  await page.getByLabel("Display name", { exact: true }).fill("Half");
  await known;
  await context.clearCookies();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await dialog.getByRole("button", { name: "Continue as demo admin" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Half-filled");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Half-filled" })).toBeVisible();
  expect(posts(upstreams)).toBe(1);
});
