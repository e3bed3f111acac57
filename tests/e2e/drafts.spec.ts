// Drafts survive a reload and a crash, but not a save, a cancel or a sign-out, and never contain a secret.
import type { Page } from "@playwright/test";
import { signOut } from "./support/person";
import { expect, test } from "./support/test";

const notice = (page: Page) => page.getByText("Draft restored");
const kept = (page: Page) =>
  page.evaluate(() => Object.entries(localStorage).filter(([name]) => name.startsWith("trunkline.draft.")).map(([, text]) => text));
/** Until what is typed is in the browser's storage, where it can't be read: until nothing more comes into it. */
async function keeps(page: Page) {
  let before = "";
  const settled = async () => {
    const now = (await kept(page)).join();
    const same = now !== "" && now === before;
    before = now;
    return same;
  };
  await expect.poll(settled, { intervals: [600] }).toBe(true);
}

async function typeAccount(page: Page) {
  await page.getByLabel("Channel", { exact: true }).fill("WhatsApp");
  await page.getByLabel("Name", { exact: true }).fill("Drafted");
  await page.getByLabel("Enabled", { exact: true }).uncheck();
  await page.getByLabel("To bot when agents are online (%)", { exact: true }).fill("33");
  await keeps(page);
}

async function hasAccount(page: Page) {
  await expect(notice(page)).toBeVisible();
  await expect(page.getByLabel("Channel", { exact: true })).toHaveValue("WhatsApp");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Drafted");
  await expect(page.getByLabel("Enabled", { exact: true })).not.toBeChecked();
  await expect(page.getByLabel("To bot when agents are online (%)", { exact: true })).toHaveValue("33");
}

test("a channel account's draft survives reload and crash; Discard removes it", async ({ signInAs, page, context }) => {
  await signInAs("admin", "/channel-accounts/new");
  await typeAccount(page);
  await page.reload();
  await hasAccount(page);
  await page.close({ runBeforeUnload: false });
  const again = await context.newPage();
  await again.goto("/channel-accounts/new");
  await hasAccount(again);
  await again.getByRole("button", { name: "Discard" }).click();
  await expect(notice(again)).toHaveCount(0);
  await expect(again.getByLabel("Name", { exact: true })).toHaveValue("");
  await expect(again.getByLabel("Enabled", { exact: true })).toBeChecked();
  await again.reload();
  await expect(again.getByLabel("Name", { exact: true })).toHaveValue("");
  await expect(notice(again)).toHaveCount(0);
});

test("a changed record's draft keeps the changes over the current record", async ({ signInAs, page }) => {
  await signInAs("admin", "/channel-accounts");
  await page.getByRole("link", { name: "Comm100", exact: true }).click();
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Display name", { exact: true }).fill("My change");
  await keeps(page);
  const id = new URL(page.url()).pathname.split("/")[2];
  const path = `/api/comm100/ticketing/channelAccounts/${id}`;
  const now = await (await page.request.get(path)).json();
  const put = await page.request.put(path, { data: { ...now, name: "Renamed by another" }, headers: { "X-Trunkline": "1" } });
  expect(put.ok()).toBe(true);
  await page.reload();
  await expect(notice(page)).toBeVisible();
  await expect(page.getByLabel("Display name", { exact: true })).toHaveValue("My change");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Renamed by another");
});

test("saving and cancelling remove the draft", async ({ signInAs, page }) => {
  await signInAs("admin", "/channel-accounts/new");
  await typeAccount(page);
  await page.getByLabel("Original account ID", { exact: true }).fill("wa_1");
  await page.getByLabel("Display name", { exact: true }).fill("Drafted");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Drafted" })).toBeVisible();
  expect(await kept(page)).toEqual([]);

  await page.goto("/channel-accounts/new");
  await typeAccount(page);
  page.once("dialog", (dialog) => dialog.accept());
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Channel accounts" })).toBeVisible();
  expect(await kept(page)).toEqual([]);
});

test("an event's draft comes back", async ({ signInAs, page }) => {
  await signInAs("admin", "/events/new");
  await page.getByLabel("Subject", { exact: true }).fill("Call me back");
  await page.getByLabel("Sender", { exact: true }).fill("+49 199 123");
  await keeps(page);
  await page.reload();
  await expect(notice(page)).toBeVisible();
  await expect(page.getByLabel("Subject", { exact: true })).toHaveValue("Call me back");
  await expect(page.getByLabel("Sender", { exact: true })).toHaveValue("+49 199 123");
});

test("an external API's draft comes back without its secrets", async ({ signInAs, page }) => {
  await signInAs("admin", "/external-apis/new");
  const headers = page.getByRole("group", { name: "Headers" });
  await page.getByLabel("Name", { exact: true }).first().fill("Drafted API");
  await page.getByLabel("URL", { exact: true }).fill("https://crm.example/look-up");
  await headers.getByRole("button", { name: "Add header" }).click();
  await headers.getByLabel("Header name").fill("X-Plain");
  await headers.getByLabel("Header value").fill("seen");
  await headers.getByRole("button", { name: "Add header" }).click();
  await headers.getByLabel("Header name").nth(1).fill("X-Hidden");
  await headers.getByLabel("Secret").nth(1).check();
  await headers.getByLabel("Header value").nth(1).fill("not-for-storage");
  await headers.getByRole("button", { name: "Add header" }).click();
  await headers.getByLabel("Header name").nth(2).fill("Authorization");
  await headers.getByLabel("Header value").nth(2).fill("not-for-storage either");
  await keeps(page);
  expect((await kept(page)).join()).not.toContain("not-for-storage");
  await page.reload();
  await expect(notice(page)).toBeVisible();
  await expect(page.getByLabel("URL", { exact: true })).toHaveValue("https://crm.example/look-up");
  await expect(headers.getByLabel("Header value").nth(0)).toHaveValue("seen");
  await expect(headers.getByLabel("Header value").nth(1)).toHaveValue("");
  await expect(headers.getByLabel("Header value").nth(2)).toHaveValue("");
});

test("the account's draft comes back and can be discarded", async ({ signInAs, page }) => {
  await signInAs("admin", "/account");
  await page.getByLabel("Account", { exact: true }).selectOption("8@online");
  await page.getByLabel("Account name", { exact: true }).fill("Renamed in a draft");
  await keeps(page);
  await page.reload();
  await expect(notice(page)).toBeVisible();
  await expect(page.getByLabel("Account name", { exact: true })).toHaveValue("Renamed in a draft");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByLabel("Account name", { exact: true })).not.toHaveValue("Renamed in a draft");
  await expect(page.getByLabel("Account name", { exact: true })).not.toHaveValue("");
});

test("signing out removes all drafts", async ({ signInAs, page }) => {
  await signInAs("admin", "/events/new");
  await page.getByLabel("Subject", { exact: true }).fill("Call me back");
  await keeps(page);
  await page.goto("/external-apis/new");
  await page.getByLabel("URL", { exact: true }).fill("https://crm.example/look-up");
  await expect.poll(() => kept(page)).toHaveLength(2);
  await signOut(page);
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  expect(await kept(page)).toEqual([]);
});
