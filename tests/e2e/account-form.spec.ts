// The form of a channel account by its channel: a mailbox with its server in few steps, bots without effect, duplicates.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/test";
import { SAMPLE } from "./upstreams/comm100.mjs";

test.use({ vendors: "upstream" });

const main = (page: Page) => page.getByRole("main");
const field = (page: Page, label: string) => main(page).getByLabel(label, { exact: true });
const created = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

/** What is typed for a mailbox; everything else has the right value already. */
const MAILBOX: [string, string][] = [
  ["Channel", "Email"],
  ["Original account ID", "help@acme.example"],
  ["Name", "Help"],
  ["Incoming server", "imap.acme.example"],
  ["Server password", "typed-secret"],
  ["Outgoing server (SMTP)", "smtp.acme.example"],
];
const SERVER = {
  ServerAddress: "imap.acme.example",
  Port: 993,
  IfSSL: true,
  UserName: "help@acme.example",
  Password: "typed-secret",
  SmtpServerAddress: "smtp.acme.example",
  SmtpPort: 587,
  IfSmtpRequiredAuthentication: true,
  SmtpUserName: "help@acme.example",
  SmtpPassword: "typed-secret",
};

test("a mailbox with its server takes eight steps by mouse: New, six fields, Save", async ({ signInAs, upstreams }) => {
  const page = await signInAs("admin", "/channel-accounts");
  let steps = 0;
  const step = async (does: Promise<unknown>) => {
    await does;
    steps += 1;
  };
  await step(page.getByRole("link", { name: "New channel account" }).click());
  for (const [label, value] of MAILBOX) await step(field(page, label).fill(value));
  await step(main(page).getByRole("button", { name: "Save", exact: true }).click());
  await expect(created(page, "Help")).toBeVisible();
  expect(steps).toBeLessThan(14);
  const sent = upstreams.comm100.last("POST", "channelAccounts")?.json;
  expect(sent).toMatchObject({ appId: "Email", name: "Help", screenName: "Help", originalAccountId: "help@acme.example", isEnabled: true });
  expect(JSON.parse(sent.emailAccountInfo)).toMatchObject(SERVER);
  for (const member of ["channelIdentity", "filter", "accountExtInfo"]) expect(sent).not.toHaveProperty(member);
});

test("a mailbox with its server takes fewer than 120 keys", async ({ signInAs, upstreams }) => {
  const page = await signInAs("admin", "/channel-accounts/new");
  let keys = 0;
  const press = async (key: string) => {
    await page.keyboard.press(key);
    keys += 1;
  };
  const to = async (target: Locator) => {
    for (let most = 0; most < 40 && !(await target.evaluate((element) => element === document.activeElement)); most += 1) await press("Tab");
  };
  await field(page, "Channel").focus();
  for (const [label, value] of MAILBOX) {
    await to(field(page, label));
    for (const letter of value) await press(letter === "@" ? "@" : letter);
  }
  await press("Control+Enter");
  await expect(created(page, "Help")).toBeVisible();
  expect(keys).toBeLessThan(120);
  expect(JSON.parse(upstreams.comm100.last("POST", "channelAccounts")?.json.emailAccountInfo)).toMatchObject(SERVER);
});

test("the form has the credentials of the channel, with the vendor's names as tooltips", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts/new");
  const identity = main(page).getByRole("group", { name: "Channel identity" });
  for (const [channel, label, name] of [
    ["WeChat", "WeChat app ID", "WeChatAppId"],
    ["WhatsApp", "Account SID", "AccountSid"],
    ["SMS", "Phone number SID", "PhoneNumberSid"],
    ["Facebook", "Page access token", "PageAccessToken"],
    ["Twitter", "Account secret", "AccountSecret"],
  ] as const) {
    await field(page, "Channel").fill(channel);
    await expect(identity.getByLabel(label, { exact: true })).toBeVisible();
    await expect(identity.getByTitle(name, { exact: true })).toBeVisible();
    await expect(field(page, "Default e-mail account")).toHaveCount(0);
  }
  await field(page, "Channel").fill("Email");
  await expect(identity).toBeHidden();
  await expect(main(page).getByRole("group", { name: "E-mail server" }).getByLabel("Incoming port", { exact: true })).toHaveValue("993");
  await expect(field(page, "Default e-mail account")).toBeVisible();
  await field(page, "Channel").fill("Telegram");
  await page.getByText("Credentials, filter and e-mail server").click();
  await field(page, "What to do with the channel identity").selectOption("Set");
  await expect(identity.locator("input")).toHaveCount(15);
});

test("a bot that is on and gets nothing is told in the form, the list and the record", async ({ signInAs }) => {
  const page = await signInAs("admin", `/channel-accounts/${SAMPLE.id}/edit`);
  const zero = main(page).getByText("Bot on, but 0%", { exact: true });
  const none = main(page).getByText("Bot on, no chatbot", { exact: true });
  await expect(field(page, "Name")).toHaveValue("Comm100");
  await expect(zero).toHaveCount(0);
  await field(page, "Bot enabled").check();
  await expect(zero).toBeVisible();
  await field(page, "Chatbot").selectOption("None");
  await expect(none).toBeVisible();
  await field(page, "Chatbot").selectOption("Concierge");
  await main(page).getByRole("slider", { name: "Bot share online" }).fill("40");
  await expect(field(page, "To bot when agents are online (%)")).toHaveValue("40");
  await expect(page.getByText("40 of 100 conversations go to the bot")).toBeVisible();
  await expect(zero).toHaveCount(0);
  await main(page).getByRole("slider", { name: "Bot share online" }).fill("0");
  await main(page).getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/channel-accounts/${SAMPLE.id}$`));
  await expect(zero).toBeVisible();
  await page.goto("/channel-accounts?bot=idle");
  await expect(page.getByRole("table", { name: "Channel accounts" }).getByText("Bot on, but 0%")).toBeVisible();
});

test("a second account with the same channel and ID is told, and createdTime is sent", async ({ signInAs, upstreams }) => {
  const page = await signInAs("admin", "/channel-accounts/new");
  await field(page, "Channel").fill(SAMPLE.appId);
  await field(page, "Original account ID").fill(SAMPLE.originalAccountId.toUpperCase());
  const told = main(page).getByRole("status").filter({ hasText: "Another account has the same channel and ID:" });
  await expect(told.getByRole("link", { name: "Comm100" })).toHaveAttribute("href", `/channel-accounts/${SAMPLE.id}`);
  await field(page, "Original account ID").fill("gh_other");
  await expect(told).toHaveCount(0);
  await field(page, "Name").fill("Older");
  await page.getByText("Credentials, filter and e-mail server").click();
  await field(page, "Created").fill("yesterday");
  await main(page).getByRole("button", { name: "Save", exact: true }).click();
  await expect(field(page, "Created")).toHaveAttribute("aria-invalid", "true");
  await field(page, "Created").fill("2021-01-27T03:13:04.866Z");
  await main(page).getByRole("button", { name: "Save", exact: true }).click();
  await expect(created(page, "Older")).toBeVisible();
  expect(upstreams.comm100.last("POST", "channelAccounts")?.json).toMatchObject({ createdTime: "2021-01-27T03:13:04.866Z", screenName: "Older" });
});

test("many chatbots are searched", async ({ signInAs, upstreams }) => {
  for (let at = 0; at < 20; at += 1) upstreams.comm100.chatbots.push({ id: `00000000-0000-4000-8000-0000000000${10 + at}`, name: `Bot ${at}`, languageId: "en", trainingStatus: "succeeded" });
  const page = await signInAs("admin", "/channel-accounts/new");
  await field(page, "Search chatbots").fill("bot 17");
  await expect(field(page, "Chatbot").getByRole("option")).toHaveText(["None", "Bot 17"]);
  await field(page, "Chatbot").selectOption("Bot 17");
  await field(page, "Search chatbots").fill("conc");
  await expect(field(page, "Chatbot").getByRole("option")).toHaveText(["None", "Concierge", "Bot 17"]);
});
