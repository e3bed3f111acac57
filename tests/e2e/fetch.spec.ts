// What people trust the fetch layer with, counted at the vendor: no write twice, no old answer on the screen.
import { SAMPLE } from "./upstreams/comm100.mjs";
import { expect, test } from "./support/test";

test.use({ vendors: "upstream" });

test("leaving a page aborts what it waits for", async ({ signInAs, upstreams }) => {
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

test("a slow answer to an older request never paints", async ({ signInAs, upstreams, page }) => {
  const other = { ...SAMPLE, id: "11111111-2222-3333-4444-555555555555", name: "The newer one" };
  let answerOld = () => {};
  const due = new Promise<void>((done) => (answerOld = done));
  let answered = Promise.resolve();
  await page.route("**/api/comm100/ticketing/channelAccounts/**", (route) => {
    if (!route.request().url().includes(SAMPLE.id)) return route.fulfill({ json: other });
    // Once the newer answer stands; the request was given up by then, so nobody may take it.
    answered = due.then(() => route.fulfill({ json: SAMPLE })).catch(() => undefined);
  });
  // The app has started and waits for the older answer, else the link would load the document anew.
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

test("a double click and Enter twice send one POST", async ({ signInAs, upstreams }) => {
  const page = await signInAs("admin", "/channel-accounts/new");
  await page.getByLabel("Channel", { exact: true }).fill("WeChat");
  await page.getByLabel("Original account ID", { exact: true }).fill("gh_1");
  await page.getByLabel("Name", { exact: true }).fill("Only one");
  await page.getByLabel("Display name", { exact: true }).fill("Only one");
  await page.getByRole("button", { name: "Save" }).dblclick();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Only one" })).toBeVisible();
  expect(upstreams.comm100.requests.filter((asked) => asked.method === "POST")).toHaveLength(1);
});

test("a lost answer to a write is said to be unknown, is not sent again, and the form keeps its values", async ({
  signInAs,
  upstreams,
  page,
  guard,
}) => {
  guard.allow(/ERR_/);
  await signInAs("admin", "/channel-accounts/new");
  await page.getByLabel("Channel", { exact: true }).fill("WeChat");
  await page.getByLabel("Original account ID", { exact: true }).fill("gh_2");
  await page.getByLabel("Name", { exact: true }).fill("Lost");
  await page.getByLabel("Display name", { exact: true }).fill("Lost");
  await page.route("**/api/comm100/ticketing/channelAccounts", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "We don't know whether it arrived" })).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Lost");
  expect(upstreams.comm100.requests.filter((asked) => asked.method === "POST")).toHaveLength(1);
});

test("only the gateway's own word opens sign-in: a vendor's 401 is that vendor's error", async ({ signInAs, upstreams, guard }) => {
  guard.allow(/status of 401/);
  const mend = upstreams.comm100.override(() => ({ status: 401, json: { code: 401000, message: "Unauthorized" } }));
  const page = await signInAs("admin", "/channel-accounts");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Comm100 refused the console's key");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  mend();
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(page.getByRole("link", { name: "Comm100", exact: true })).toBeVisible();
});

test("a session that ends under a half-filled form: sign in over the page, then the form is still there", async ({
  signInAs,
  page,
  context,
  guard,
}) => {
  guard.allow(/status of 401/);
  await signInAs("admin", "/channel-accounts/new");
  await page.getByLabel("Name", { exact: true }).fill("Half-filled");
  await page.getByLabel("Channel", { exact: true }).fill("WeChat");
  await page.getByLabel("Original account ID", { exact: true }).fill("gh_3");
  await page.getByLabel("Display name", { exact: true }).fill("Half");
  await context.clearCookies();
  await page.getByRole("button", { name: "Save" }).click();
  const dialog = page.getByRole("dialog", { name: "Your session is over" });
  await dialog.getByRole("button", { name: "Continue as demo admin" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Half-filled");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Half-filled" })).toBeVisible();
});
