// An admin looks after channel accounts: the values are those of Comm100's own sample.
import { SAMPLE } from "./upstreams/comm100.mjs";
import { expect, test } from "./support/test";
import type { Page } from "@playwright/test";

const HEADING = { level: 1, name: "Channel accounts" } as const;

async function fillSample(page: Page, name: string) {
  await page.getByLabel("Channel", { exact: true }).fill(SAMPLE.appId);
  await page.getByLabel("Original account ID", { exact: true }).fill(SAMPLE.originalAccountId);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Display name", { exact: true }).fill(SAMPLE.screenName);
  await page.getByLabel("Avatar URL", { exact: true }).fill(SAMPLE.avatarUrl);
  await page.getByLabel("Chatbot", { exact: true }).selectOption(SAMPLE.chatbotId);
}

const table = (page: Page) => page.getByRole("table", { name: "Channel accounts" });

/** Creates an account with the form, from the list. */
async function create(page: Page) {
  await expect(page.getByRole("heading", HEADING)).toBeVisible();
  await page.getByRole("link", { name: "New channel account" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "New channel account" })).toBeVisible();
  await expect(page.getByLabel("Enabled", { exact: true })).toBeChecked();
  await fillSample(page, "Journey WeChat");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Journey WeChat" })).toBeVisible();
}

test("a new account is found by its name and opened", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  await create(page);
  const record = page.url();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Channel accounts" }).click();
  await page.getByRole("main").getByRole("searchbox").fill("journey");
  await expect(table(page)).toHaveAttribute("aria-rowcount", "2");
  await expect(page).toHaveURL(/[?&]q=journey/);
  await table(page).getByRole("link", { name: "Journey WeChat", exact: true }).click();
  await expect(page).toHaveURL(record);
});

test("the bot's shares are edited", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  await create(page);
  const record = page.url();
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("To bot when agents are online (%)", { exact: true }).fill("25");
  await page.getByLabel("To bot when all agents are offline (%)", { exact: true }).fill("100");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(record);
  await expect(page.getByText("25 of 100 conversations")).toBeVisible();
  await expect(page.getByText("100 of 100 conversations")).toBeVisible();
});

test("a new account and its bot's switch survive a restart", async ({ signInAs, server }) => {
  const page = await signInAs("admin", "/channel-accounts");
  await create(page);
  const bot = page.getByRole("switch", { name: "Bot enabled" });
  await bot.click();
  await expect(bot).toHaveAttribute("aria-checked", "true");
  await server.restart();
  await page.reload();
  await expect(bot).toHaveAttribute("aria-checked", "true");
  await bot.click();
  await expect(bot).toHaveAttribute("aria-checked", "false");
});

test("a removed account is gone from the list", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  await create(page);
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("heading", HEADING)).toBeVisible();
  await page.getByRole("main").getByRole("searchbox").fill("journey");
  await expect(page.getByText("No matching channel accounts")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(table(page)).toHaveAttribute("aria-rowcount", "61");
});

test("invalid values are reported at their fields and nothing is sent", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts/new");
  const sent: string[] = [];
  page.on("request", (request) => request.method() !== "GET" && sent.push(request.url()));
  await page.getByLabel("To bot when agents are online (%)", { exact: true }).fill("101");
  await page.getByLabel("To bot when all agents are offline (%)", { exact: true }).fill("half");
  await page.getByLabel("Avatar URL", { exact: true }).fill("not a url");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  for (const label of ["Channel", "Original account ID", "Name", "Avatar URL"]) {
    await expect(page.getByLabel(label, { exact: true })).toHaveAttribute("aria-invalid", "true");
  }
  // Empty, it is the name, which is missing already.
  await expect(page.getByLabel("Display name", { exact: true })).not.toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("To bot when agents are online (%)", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("To bot when all agents are offline (%)", { exact: true })).toHaveValue("half");
  await expect(page.getByLabel("Channel", { exact: true })).toBeFocused();
  expect(sent).toEqual([]);
});

test("an unknown account shows Not found inside the frame", async ({ signInAs, guard }) => {
  guard.allow(/status of 404/);
  const page = await signInAs("admin", "/channel-accounts/00000000-0000-0000-0000-000000000000");
  await expect(page.getByRole("heading", { level: 1, name: "Not found" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
});

test("the bots of several accounts are switched at once", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts?bot=no");
  const table = page.getByRole("table", { name: "Channel accounts" });
  await table.getByRole("checkbox", { name: "Select Comm100", exact: true }).check();
  await table.getByRole("checkbox").nth(2).check();
  await page.getByRole("button", { name: "Turn bot on" }).click();
  await expect(page.getByRole("status").filter({ hasText: "2 accounts changed" })).toBeVisible();
});

test.describe("ten thousand accounts", () => {
  test.use({ settings: { sandbox: { channel_accounts: 10_000 } } });

  test("stay usable: few rows in the document, search while typing", async ({ signInAs }) => {
    const page = await signInAs("admin", "/channel-accounts");
    const table = page.getByRole("table", { name: "Channel accounts" });
    await expect(table).toHaveAttribute("aria-rowcount", "10001");
    expect(await table.locator("tbody tr[aria-rowindex]").count()).toBeLessThanOrEqual(80);
    await page.getByRole("main").getByRole("searchbox").pressSequentially("comm100");
    await expect(table.getByRole("link", { name: "Comm100", exact: true })).toBeVisible();
    await expect(table).not.toHaveAttribute("aria-rowcount", "10001");
  });
});

test.describe("against Comm100", () => {
  test.use({ vendors: "upstream" });

  test("an edit echoes every readable field and sends nothing else", async ({ signInAs, upstreams }) => {
    const page = await signInAs("admin", `/channel-accounts/${SAMPLE.id}`);
    await expect(page.getByRole("heading", { level: 1, name: "Comm100" })).toBeVisible();
    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByLabel("To bot when agents are online (%)", { exact: true }).fill("40");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    // The form's hint says the same words before anything is saved: the record's own address is what to wait for.
    await expect(page).toHaveURL(new RegExp(`/channel-accounts/${SAMPLE.id}$`));
    await expect(page.getByText("40 of 100 conversations")).toBeVisible();
    const { id: _id, ...readable } = SAMPLE;
    const put = upstreams.comm100.last("PUT", SAMPLE.id);
    expect(put?.json).toEqual({ ...readable, percentageToBotWhenOnline: 40 });
    expect(put?.headers.authorization).toMatch(/^Bearer /);

    const bot = page.getByRole("switch", { name: "Bot enabled" });
    await bot.click();
    await expect(bot).toHaveAttribute("aria-checked", "true");
    const post = upstreams.comm100.last("POST", `${SAMPLE.id}:enableBot`);
    expect(post?.text).toBe("");
  });

  test("a vendor's 400 shows on the form in its words and keeps the input", async ({ signInAs, upstreams, guard }) => {
    guard.allow(/status of 400/);
    const page = await signInAs("admin", "/channel-accounts/new");
    await fillSample(page, "Refused");
    upstreams.comm100.override((asked) =>
      asked.method === "POST" ? { status: 400, json: { code: 400000, message: "The channel is not activated." } } : undefined,
    );
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("alert").filter({ hasText: "The channel is not activated." })).toBeVisible();
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Refused");
  });

  test("an unreadable list names vendor, endpoint and position, and Retry recovers", async ({ signInAs, upstreams }) => {
    const mend = upstreams.comm100.override((asked) =>
      asked.path.endsWith("/channelAccounts") ? { json: [{ id: "a", isEnabled: "perhaps" }] } : undefined,
    );
    const page = await signInAs("admin", "/channel-accounts");
    const alert = page.getByRole("main").getByRole("alert");
    await expect(alert).toContainText("Comm100");
    await expect(alert).toContainText("GET /ticketing/channelAccounts");
    await expect(alert).toContainText("$[0].isEnabled");
    mend();
    await alert.getByRole("button", { name: "Retry" }).click();
    await expect(page.getByRole("link", { name: "Comm100", exact: true })).toBeVisible();
  });
});
