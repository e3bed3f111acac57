// Input is for its user alone: unreadable in the browser's storage, hidden when a session ends by itself, gone
// for whoever signs in next, and there again for its own user.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { signOut } from "./support/person";
import { expect, test } from "./support/test";
import { addUser } from "./support/users";

const PASSWORD = "correct horse battery";

const over = (page: Page) => page.getByRole("dialog", { name: "Your session has ended" });
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const demo = (page: Page, who: "admin" | "agent") => page.getByRole("button", { name: `Continue as demo ${who}` });
const notice = (page: Page) => page.getByText("Draft restored");
/** All that is in the browser's storages, as text. */
const stored = (page: Page) => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
const drafts = (page: Page) => page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("trunkline.draft.")));

/** Types an event, until its draft is kept. */
async function typeEvent(page: Page, subject: string) {
  await field(page, "Subject").fill(subject);
  await expect.poll(() => drafts(page)).toHaveLength(1);
}

test("a draft in storage is unreadable, and is restored after a reload", async ({ signInAs }) => {
  const page = await signInAs("admin", "/events/new");
  await typeEvent(page, "Confidential subject");
  const kept = await stored(page);
  expect(kept).not.toContain("Confidential");
  expect(kept).not.toContain(btoa("Confidential subject").slice(0, 20));
  await page.reload();
  await expect(notice(page)).toBeVisible();
  await expect(field(page, "Subject")).toHaveValue("Confidential subject");
});

test("a tampered or outdated draft is discarded", async ({ signInAs }) => {
  const page = await signInAs("admin", "/events/new");
  await typeEvent(page, "Tampered with");
  const [name] = await drafts(page);
  await page.evaluate((name) => {
    const kept = localStorage.getItem(name) ?? "";
    const at = kept.length - 6;
    localStorage.setItem(name, kept.slice(0, at) + (kept[at] === "A" ? "B" : "A") + kept.slice(at + 1));
    localStorage.setItem(`${name}-other`, JSON.stringify({ subject: "as it once was" }));
  }, name);
  await page.reload();
  await expect(field(page, "Subject")).toHaveValue("");
  await expect(notice(page)).toHaveCount(0);
  expect(await drafts(page)).toEqual([]);
});

test.describe("with a session of a few seconds", () => {
  test.use({ settings: { toml: "[session]\nidle_seconds = 8" } });

  test("expiry hides the page, Esc does not restore it, and its user finds all input", async ({ signInAs }) => {
    const page = await signInAs("admin", "/channel-accounts/new");
    await field(page, "Name").fill("Typed by the owner");
    await page.getByText("Credentials, filter and e-mail server").click();
    await field(page, "What to do with the channel identity").selectOption("Set");
    await field(page, "Access token").fill("typed-secret");
    await expect(over(page)).toBeVisible({ timeout: 20_000 });
    for (let press = 0; press < 3; press += 1) await page.keyboard.press("Escape");
    await expect(over(page)).toBeVisible();
    await expect(over(page).getByRole("button", { name: "Close" })).toHaveCount(0);
    await expect(field(page, "Access token")).toBeHidden();
    await expect(page.locator("main")).toBeHidden();
    await expect(page.locator(".shell")).toHaveAttribute("inert");
    expect(await page.locator("main input").evaluateAll((inputs) => inputs.filter((input) => input.checkVisibility({ visibilityProperty: true })).length)).toBe(0);
    expect(await page.evaluate(() => document.body.innerText)).not.toContain("Channel accounts");
    await expectAccessible(page);

    await demo(page, "admin").click();
    await expect(over(page)).toBeHidden();
    await expect(field(page, "Name")).toHaveValue("Typed by the owner");
    await expect(field(page, "Access token")).toHaveValue("typed-secret");
  });

  test("another user gets a fresh page and no draft", async ({ signInAs }) => {
    const page = await signInAs("admin", "/events/new");
    await typeEvent(page, "Typed by the admin");
    await expect(over(page)).toBeVisible({ timeout: 20_000 });
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.message());
      void dialog.accept();
    });
    await demo(page, "agent").click();
    await expect(page.getByRole("heading", { level: 1, name: "New event" })).toBeVisible();
    await expect(over(page)).toHaveCount(0);
    await expect(field(page, "Subject")).toHaveValue("");
    await expect(notice(page)).toHaveCount(0);
    expect(await drafts(page)).toEqual([]);
    expect(asked, "the one who signs in is asked nothing about what another has typed").toEqual([]);
  });

  test("another user with the same role gets a fresh page", async ({ page, server }) => {
    for (const name of ["Ada", "Ben"]) addUser(server, name, PASSWORD);
    const answer = await page.request.post("/api/session", { data: { name: "Ada", password: PASSWORD }, headers: { "X-Trunkline": "1" } });
    expect(answer.status()).toBe(200);
    await page.goto("/events/new");
    await typeEvent(page, "Typed by Ada");
    await expect(over(page)).toBeVisible({ timeout: 20_000 });
    page.on("dialog", (dialog) => void dialog.accept());
    await over(page).getByLabel("Name", { exact: true }).fill("Ben");
    await over(page).getByLabel("Password", { exact: true }).fill(PASSWORD);
    await over(page).getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(over(page)).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1, name: "New event" })).toBeVisible();
    await expect(field(page, "Subject")).toHaveValue("");
    expect(await drafts(page)).toEqual([]);
  });
});

test("signing out in one tab leaves nothing readable in another", async ({ signInAs, context, guard }) => {
  guard.allow(/status of 401/);
  const first = await signInAs("admin", "/settings");
  const second = await context.newPage();
  await second.goto("/channel-accounts/new");
  await field(second, "Name").fill("Typed before");
  await signOut(first);
  await expect(over(second)).toBeVisible();
  await second.keyboard.press("Escape");
  await second.keyboard.press("Escape");
  await expect(over(second)).toBeVisible();
  await expect(second.locator("main")).toBeHidden();
});

test("after expiry the draft stays encrypted for its user", async ({ signInAs, context }) => {
  const page = await signInAs("admin", "/events/new");
  await typeEvent(page, "Waits for its user");
  await context.clearCookies();
  await page.reload();
  await expect(demo(page, "admin")).toBeVisible();
  expect(await drafts(page)).toHaveLength(1);
  expect(await stored(page)).not.toContain("Waits");
  await demo(page, "admin").click();
  await expect(notice(page)).toBeVisible();
  await expect(field(page, "Subject")).toHaveValue("Waits for its user");
});

test("another user's sign-in removes the draft", async ({ signInAs, context }) => {
  const page = await signInAs("admin", "/events/new");
  await typeEvent(page, "Wiped by another");
  await context.clearCookies();
  await page.reload();
  await demo(page, "agent").click();
  await expect(field(page, "Subject")).toHaveValue("");
  await expect(notice(page)).toHaveCount(0);
  expect(await drafts(page)).toEqual([]);
});
