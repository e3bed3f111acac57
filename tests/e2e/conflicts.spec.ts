// Two admins edit one record: what the other one changed meanwhile is shown before Save, field by field.
import type { Browser, Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import type { Guard } from "./support/guard";
import { expect, test } from "./support/test";
import { SAMPLE } from "./upstreams/comm100.mjs";

const EDIT = `/channel-accounts/${SAMPLE.id}/edit`;
const field = (page: Page, label: string) => page.getByRole("main").getByLabel(label, { exact: true });
const dialog = (page: Page) => page.getByRole("dialog", { name: "Changed by someone else" });
const group = (page: Page, label: string) => dialog(page).getByRole("group", { name: label, exact: true });
const save = (page: Page) => page.getByRole("main").getByRole("button", { name: "Save", exact: true }).first().click();
const saved = (page: Page) => expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();

/** A second admin, in a browser of their own. */
async function secondAdmin(browser: Browser, guard: Guard, baseURL: string, path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL });
  await guard.watch(context);
  await context.addInitScript(() => {
    try {
      localStorage.setItem("trunkline.tour", "*");
    } catch {}
  });
  const page = await context.newPage();
  const answer = await page.request.post("/api/session", { data: { demo: "admin" }, headers: { "X-Trunkline": "1" } });
  expect(answer.ok()).toBe(true);
  await page.goto(path);
  return page;
}

test.describe("a channel account of Comm100", () => {
  test.use({ vendors: "upstream" });

  test("a field that both changed is decided by the second: theirs or mine", async ({ signInAs, browser, guard, server, upstreams }) => {
    const first = await signInAs("admin", EDIT);
    const second = await secondAdmin(browser, guard, server.url, EDIT);
    await expect(field(second, "Name")).toHaveValue("Comm100");
    await field(first, "Name").fill("Named by the first");
    await field(first, "Display name").fill("Shown by the first");
    await save(first);
    await saved(first);

    await field(second, "Name").fill("Named by the second");
    await field(second, "Display name").fill("Shown by the second");
    await field(second, "To bot when agents are online (%)").fill("40");
    const before = upstreams.comm100.requests.filter((asked) => asked.method === "PUT").length;
    await save(second);
    await expect(group(second, "Name")).toContainText("Named by the first");
    await expect(group(second, "Name")).toContainText("Named by the second");
    await expectAccessible(second);
    // Nothing goes out before all is decided.
    await dialog(second).getByRole("button", { name: "Save", exact: true }).click();
    await expect(group(second, "Name")).toContainText("Choose one of the two.");
    await expect(group(second, "Name").getByRole("button", { name: "Keep mine" })).toBeFocused();
    expect(upstreams.comm100.requests.filter((asked) => asked.method === "PUT").length).toBe(before);

    await group(second, "Name").getByRole("button", { name: "Keep mine" }).click();
    await group(second, "Display name").getByRole("button", { name: "Take theirs" }).click();
    await dialog(second).getByRole("button", { name: "Save", exact: true }).click();
    await saved(second);
    await expect(second).toHaveURL(new RegExp(`/channel-accounts/${SAMPLE.id}$`));
    const { id: _id, ...readable } = SAMPLE;
    expect(upstreams.comm100.last("PUT", SAMPLE.id)?.json).toEqual({
      ...readable,
      name: "Named by the second",
      screenName: "Shown by the first",
      percentageToBotWhenOnline: 40,
    });
    await second.context().close();
  });

  test("a field that only the other changed is listed and kept unless changed back", async ({ signInAs, upstreams }) => {
    const page = await signInAs("admin", EDIT);
    await field(page, "Name").fill("Mine");
    const stored = upstreams.comm100.accounts.get(SAMPLE.id);
    Object.assign(stored, { isEnabled: false, chatbotId: null, percentageToBotWhenOffline: 77 });
    await save(page);
    await expect(group(page, "Enabled")).toContainText("No");
    await expect(group(page, "Chatbot")).toContainText("Concierge");
    await expect(group(page, "Name")).toHaveCount(0);
    for (const label of ["Enabled", "Chatbot"]) {
      await expect(group(page, label).getByRole("button", { name: "Take theirs" })).toHaveAttribute("aria-pressed", "true");
    }
    await group(page, "To bot when all agents are offline (%)").getByRole("button", { name: "Keep mine" }).click();
    await dialog(page).getByRole("button", { name: "Save", exact: true }).click();
    await saved(page);
    const put = upstreams.comm100.last("PUT", SAMPLE.id)?.json;
    expect(put).toMatchObject({ name: "Mine", isEnabled: false, percentageToBotWhenOffline: 0 });
    expect(put.chatbotId ?? null).toBeNull();
  });

  test("a change in a hidden field is kept without a question", async ({ signInAs, upstreams }) => {
    const page = await signInAs("admin", EDIT);
    await field(page, "Name").fill("Mine");
    Object.assign(upstreams.comm100.accounts.get(SAMPLE.id), { siteNote: { by: "another" } });
    await save(page);
    await saved(page);
    expect(upstreams.comm100.last("PUT", SAMPLE.id)?.json).toMatchObject({ name: "Mine", siteNote: { by: "another" } });
  });

  test("the same change by both asks nothing, and Cancel keeps the input", async ({ signInAs, upstreams }) => {
    const page = await signInAs("admin", EDIT);
    await field(page, "Name").fill("Agreed");
    await field(page, "Display name").fill("Mine");
    Object.assign(upstreams.comm100.accounts.get(SAMPLE.id), { name: "Agreed", screenName: "Theirs" });
    await save(page);
    await expect(group(page, "Display name")).toBeVisible();
    await expect(group(page, "Name")).toHaveCount(0);
    await dialog(page).getByRole("button", { name: "Cancel" }).click();
    await expect(dialog(page)).toBeHidden();
    await expect(field(page, "Display name")).toHaveValue("Mine");
    expect(upstreams.comm100.last("PUT", SAMPLE.id)).toBeUndefined();
    // The question comes again, and can be answered by the keyboard alone.
    await field(page, "Display name").press("Enter");
    await group(page, "Display name").getByRole("button", { name: "Take theirs" }).focus();
    await page.keyboard.press("Space");
    await dialog(page).getByRole("button", { name: "Save", exact: true }).focus();
    await page.keyboard.press("Enter");
    await saved(page);
    expect(upstreams.comm100.last("PUT", SAMPLE.id)?.json).toMatchObject({ name: "Agreed", screenName: "Theirs" });
  });

  test("a draft over an older account still asks", async ({ signInAs, upstreams }) => {
    const page = await signInAs("admin", EDIT);
    await field(page, "Display name").fill("Drafted");
    await expect.poll(() => page.evaluate(() => Object.keys(localStorage).some((name) => name.startsWith("trunkline.draft.")))).toBe(true);
    Object.assign(upstreams.comm100.accounts.get(SAMPLE.id), { screenName: "Theirs", name: "Renamed by another" });
    await page.reload();
    await expect(field(page, "Display name")).toHaveValue("Drafted");
    await expect(field(page, "Name")).toHaveValue("Renamed by another");
    await save(page);
    await expect(group(page, "Display name")).toContainText("Theirs");
    await expect(group(page, "Name")).toHaveCount(0);
    await group(page, "Display name").getByRole("button", { name: "Keep mine" }).click();
    await dialog(page).getByRole("button", { name: "Save", exact: true }).click();
    await saved(page);
    expect(upstreams.comm100.last("PUT", SAMPLE.id)?.json).toMatchObject({ screenName: "Drafted", name: "Renamed by another" });
  });

  test("a removed account says so, and the input stays", async ({ signInAs, upstreams, guard }) => {
    guard.allow(/status of 404/);
    const page = await signInAs("admin", EDIT);
    await field(page, "Name").fill("Too late");
    upstreams.comm100.accounts.delete(SAMPLE.id);
    await save(page);
    await expect(page.getByRole("main").getByRole("alert").filter({ hasText: "Not found" })).toBeVisible();
    await expect(field(page, "Name")).toHaveValue("Too late");
  });
});

test("an external API: the second user sees what the first saved, a list as one value", async ({ signInAs, browser, guard, server }) => {
  const first = await signInAs("admin", "/");
  const body = { name: "CRM", method: "GET", url: "https://crm.example/a", headers: [{ name: "X-Kind", value: "plain", secret: false }] };
  const created = await first.request.post("/api/sobot/external-apis", { data: body, headers: { "X-Trunkline": "1" } });
  const edit = `/external-apis/${(await created.json()).id}/edit`;
  await first.goto(edit);
  const second = await secondAdmin(browser, guard, server.url, edit);
  await expect(field(second, "URL")).toHaveValue("https://crm.example/a");
  await field(first, "URL").fill("https://crm.example/first");
  await field(first, "Header value").fill("first");
  await save(first);
  await saved(first);

  await field(second, "URL").fill("https://crm.example/second");
  await field(second, "Description").fill("By the second");
  await save(second);
  await expect(group(second, "URL")).toContainText("https://crm.example/first");
  await expect(group(second, "Headers")).toContainText("X-Kind: first");
  await expectAccessible(second);
  await group(second, "URL").getByRole("button", { name: "Take theirs" }).click();
  await dialog(second).getByRole("button", { name: "Save", exact: true }).click();
  await saved(second);
  const [stored] = await (await second.request.get("/api/sobot/external-apis")).json();
  expect(stored).toMatchObject({ description: "By the second", url: "https://crm.example/first", headers: [{ value: "first" }] });
  await second.context().close();
});

test.describe("the vendor account of 99digital", () => {
  test.use({ vendors: "upstream" });

  test("a name that both changed is decided by the second, also after the list was read again", async ({ signInAs, upstreams, page }) => {
    await signInAs("admin", "/account");
    await expect(field(page, "Account name")).toHaveValue("account name");
    await field(page, "Account name").fill("Mine");
    upstreams.digital99.account.account_name = "Theirs";
    await save(page);
    await expect(group(page, "Account name")).toContainText("Theirs");
    await dialog(page).getByRole("button", { name: "Cancel" }).click();
    await save(page);
    await group(page, "Account name").getByRole("button", { name: "Keep mine" }).click();
    await dialog(page).getByRole("button", { name: "Save", exact: true }).click();
    await saved(page);
    expect(upstreams.digital99.account.account_name).toBe("Mine");
    await expect(field(page, "Account name")).toHaveValue("Mine");
  });

  test("a draft reverts nothing that it did not touch", async ({ signInAs, upstreams }) => {
    const page = await signInAs("admin", "/account");
    await field(page, "Builder URL").fill("https://builder.example/mine");
    await expect.poll(() => page.evaluate(() => Object.keys(localStorage).some((name) => name.startsWith("trunkline.draft.")))).toBe(true);
    upstreams.digital99.account.account_name = "Theirs";
    await page.reload();
    await expect(field(page, "Builder URL")).toHaveValue("https://builder.example/mine");
    await expect(field(page, "Account name")).toHaveValue("Theirs");
    await save(page);
    await saved(page);
    expect(upstreams.digital99.last("POST", "/updateAccount")?.json).toEqual({ account_id: 8, server: "online", builder_url: "https://builder.example/mine" });
  });
});
