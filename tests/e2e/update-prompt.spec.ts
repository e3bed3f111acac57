// After a deploy: one prompt a tab, which waits for nobody's typing to be lost.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";

test.use({ settings: { deploys: true } });

/** Removes the chunks that would be prefetched. */
test.beforeEach(({ guard }) => guard.allow(/status of 404/));

const prompt = (page: Page) => page.getByRole("status").filter({ hasText: "A new version is available" });
/** As the browser tells it when a person comes back to the tab. */
const comeBack = (page: Page) => page.evaluate(() => void document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
/** Waits for the deferred UI, which listens for new builds. */
const settled = (page: Page) => expect(page.locator(".corner")).toBeAttached();
const start = (page: Page) => page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name).find((name) => /trunkline-main-/.test(name)));

test("a returning tab offers the new version once, and Reload loads it", async ({ signInAs, server }) => {
  const page = await signInAs("admin", "/settings");
  await settled(page);
  const looked = page.waitForResponse(/index\.html$/);
  await comeBack(page);
  await (await looked).finished();
  await expect(prompt(page)).toHaveCount(0);

  // The next look would be a minute later: a new page looks at once.
  await page.reload();
  await settled(page);
  const before = await start(page);
  server.deploy();
  await comeBack(page);
  await expect(prompt(page)).toBeVisible();
  await expectAccessible(page);
  await comeBack(page);
  await expect(prompt(page)).toHaveCount(1);

  await prompt(page).getByRole("button", { name: "Later" }).click();
  await expect(prompt(page)).toHaveCount(0);
  await page.reload();
  await settled(page);
  expect(await start(page)).not.toBe(before);
  await comeBack(page);
  await expect(prompt(page)).toHaveCount(0);
});

test("with unsaved input Reload asks first, and the draft is restored", async ({ signInAs, server }) => {
  const page = await signInAs("admin", "/channel-accounts/new");
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("Typed before the deploy");
  await settled(page);
  // The code that stores a draft is one of the chunks that go.
  const isKept = () => page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith("trunkline.draft.")));
  await expect.poll(isKept).toBe(true);
  server.deploy();
  await comeBack(page);
  await prompt(page).getByRole("button", { name: "Reload" }).click();
  const question = page.getByRole("dialog", { name: "Reload now?" });
  await expect(question).toContainText("kept as a draft");
  await expectAccessible(page);
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(name).toHaveValue("Typed before the deploy");

  await prompt(page).getByRole("button", { name: "Reload" }).click();
  // The browser's own question would be a second one: it would hold the test up here.
  const loaded = page.waitForEvent("load");
  await question.getByRole("button", { name: "Reload" }).click();
  await loaded;
  await expect(name).toHaveValue("Typed before the deploy");
  await expect(page.getByText("Draft restored")).toBeVisible();
  await expect(prompt(page)).toHaveCount(0);
});

test("a deploy that changes only the static shell's styles is detected", async ({ signInAs }) => {
  const page = await signInAs("admin", "/settings");
  await settled(page);
  await page.route("**/index.html", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace("</style>", "p{}</style>") });
  });
  await comeBack(page);
  await expect(prompt(page)).toBeVisible();
});

test("Reload waits for a write in progress", async ({ signInAs, server, faults }) => {
  const page = await signInAs("admin", "/account");
  await page.getByLabel("Account", { exact: true }).selectOption("8@online");
  await page.getByLabel("Account name", { exact: true }).fill("Renamed while a deploy goes on");
  await settled(page);
  await faults.set("digital99", "delay", { delay_ms: 5000, only: "writes" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  server.deploy();
  const looked = page.waitForResponse(/index\.html$/);
  await comeBack(page);
  await (await looked).finished();
  await expect(prompt(page)).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  await expect(prompt(page)).toBeVisible();
});

test("each tab has its own prompt, and a page with a missing chunk says why", async ({ signInAs, server, context, guard }) => {
  guard.allow(/Failed to load resource/);
  // Without prefetching, the page's chunk is requested when it is opened.
  await context.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
  const page = await signInAs("admin", "/settings");
  await settled(page);
  const other = await context.newPage();
  await other.goto("/settings");
  await settled(other);
  server.deploy();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Customers" }).click();
  const main = page.getByRole("main");
  await expect(main.getByRole("heading", { name: "A new version is available." })).toBeVisible();
  await expect(main.getByText("did not load")).toHaveCount(0);
  await expect(prompt(other)).toHaveCount(0);
  await comeBack(other);
  await expect(prompt(other)).toBeVisible();

  await main.getByRole("button", { name: "Reload" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
});
