// A save's request to Comm100: write-only fields kept, replaced or cleared, and every other field of the account.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";
import { SAMPLE } from "./upstreams/comm100.mjs";

test.use({ vendors: "upstream" });

const EDIT = `/channel-accounts/${SAMPLE.id}/edit`;
const WARNING = "may clear them when you save";
const { id: _id, ...READABLE } = SAMPLE;
const field = (page: Page, label: string) => page.getByRole("main").getByLabel(label, { exact: true });
const save = async (page: Page) => {
  await page.getByRole("main").getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
};

/** A write-only field: its choice, what is typed to replace it, and the text that is sent then. */
const HIDDEN = [
  {
    member: "channelIdentity",
    choice: "What to do with the channel identity",
    type: async (page: Page) => {
      await field(page, "WeChat app ID").fill("wx-1");
      await field(page, "Access token").fill("typed-token");
    },
    sends: { WeChatAppId: "wx-1", AccessToken: "typed-token", Pwd: null },
  },
  {
    member: "filter",
    choice: "What to do with the filter",
    type: async (page: Page) => {
      await page.getByRole("group", { name: "Filter" }).getByRole("button", { name: "Add" }).click();
      await field(page, "Filter channel").fill("WeChat");
      await field(page, "Filter name").fill("Only WeChat");
    },
    sends: [{ ChannelId: "WeChat", FilterName: "Only WeChat", Enable: true }],
  },
  {
    member: "emailAccountInfo",
    choice: "What to do with the e-mail server",
    type: async (page: Page) => {
      await field(page, "Incoming server").fill("imap.example");
      await field(page, "Incoming port").fill("993");
      await field(page, "Use TLS").check();
    },
    sends: { ServerAddress: "imap.example", Port: 993, IfSSL: true, UserName: null },
  },
  {
    member: "accountExtInfo",
    choice: "What to do with the extended information",
    type: (page: Page) => page.getByRole("main").getByRole("textbox", { name: "Extended information" }).fill("extended"),
    sends: "extended",
  },
];

const open = async (page: Page) => page.getByText("Credentials, filter and e-mail server").click();

for (const { member, choice, type, sends } of HIDDEN) {
  test(`${member}: keep omits it, replace sends it, clear sends an empty text`, async ({ signInAs, upstreams }) => {
    const page = await signInAs("admin", EDIT);
    await field(page, "Name").fill("Kept");
    await save(page);
    expect(upstreams.comm100.last("PUT", SAMPLE.id)?.json).toEqual({ ...READABLE, name: "Kept" });

    await page.goto(EDIT);
    await open(page);
    await field(page, choice).selectOption("Replace");
    await type(page);
    await save(page);
    const { [member]: replaced, ...rest } = upstreams.comm100.last("PUT", SAMPLE.id)?.json;
    expect(rest).toEqual({ ...READABLE, name: "Kept" });
    if (typeof sends === "string") expect(replaced).toBe(sends);
    else expect(JSON.parse(replaced)).toMatchObject(sends);

    await page.goto(EDIT);
    await open(page);
    await field(page, choice).selectOption("Clear");
    await save(page);
    expect(upstreams.comm100.last("PUT", SAMPLE.id)?.json).toEqual({ ...READABLE, name: "Kept", [member]: "" });
  });
}

test("a warning says that saving may clear omitted fields, until none is omitted", async ({ signInAs }) => {
  const page = await signInAs("admin", EDIT);
  await expect(page.getByRole("main").getByText(WARNING)).toBeVisible();
  await open(page);
  for (const { choice } of HIDDEN) {
    await expect(page.getByRole("main").getByText(WARNING)).toBeVisible();
    await field(page, choice).selectOption("Clear");
  }
  await expect(page.getByRole("main").getByText(WARNING)).toHaveCount(0);
  await page.goto("/channel-accounts/new");
  await expect(field(page, "Name")).toBeVisible();
  await expect(page.getByRole("main").getByText(WARNING)).toHaveCount(0);
});

test("unknown fields are sent back unchanged", async ({ signInAs, upstreams }) => {
  const unknown = { siteId: 10000123, tags: [{ name: "vip", score: 0.5 }, null], "odd name": "שלום", nothing: null, deep: { a: { b: [true] } } };
  Object.assign(upstreams.comm100.accounts.get(SAMPLE.id), unknown);
  const page = await signInAs("admin", EDIT);
  await field(page, "Name").fill("Renamed");
  await save(page);
  expect(upstreams.comm100.last("PUT", SAMPLE.id)?.json).toEqual({ ...READABLE, ...unknown, name: "Renamed" });
});

test("no chatbot is sent as null, not omitted", async ({ signInAs, upstreams }) => {
  const page = await signInAs("admin", EDIT);
  await field(page, "Chatbot").selectOption("None");
  await save(page);
  expect(upstreams.comm100.last("PUT", SAMPLE.id)?.json).toEqual({ ...READABLE, chatbotId: null });
  expect(upstreams.comm100.accounts.get(SAMPLE.id)).toMatchObject({ chatbotId: null });
});
