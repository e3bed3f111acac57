// Every field of the five documents is on the screen: each sample record, every value different, against upstreams.
import type { Page } from "@playwright/test";
import { openPerson } from "./support/person";
import { expect, test } from "./support/test";
import { SAMPLE as ACCOUNT } from "./upstreams/comm100.mjs";
import { SAMPLE as EVENT } from "./upstreams/jtel.mjs";
import { AGENT, ticket } from "./upstreams/oneview.mjs";
import { CUSTOMER } from "./upstreams/sobot.mjs";

test.use({ vendors: "upstream" });

const main = (page: Page) => page.getByRole("main");
/** The value beside a term. */
const value = (page: Page, term: string) =>
  main(page).getByRole("term").filter({ hasText: new RegExp(`^${term.replace(/[()]/g, "\\$&")}$`) }).locator("xpath=following-sibling::dd[1]").first();
/** Each term, the value expected beside it. */
async function expectFields(page: Page, fields: [string, string | RegExp][]) {
  for (const [term, text] of fields) await expect(value(page, term), term).toContainText(text);
}
/** Unfolds everything. */
const unfold = (page: Page) => main(page).evaluate((element) => element.querySelectorAll("details").forEach((details) => (details.open = true)));

test("Comm100: all fields of a channel account, and of its chatbot", async ({ signInAs, upstreams }) => {
  const { comm100 } = upstreams;
  const account = { ...ACCOUNT, screenName: "Shop support", isBotEnabled: true, percentageToBotWhenOnline: 37, percentageToBotWhenOffline: 91, isDefault: true };
  comm100.accounts.set(ACCOUNT.id, account);
  comm100.chatbots[0]!.trainingStatus = "processing";
  const page = await signInAs("admin", `/channel-accounts/${ACCOUNT.id}`);
  await expect(page.getByRole("heading", { level: 1, name: ACCOUNT.name })).toBeVisible();
  await expectFields(page, [
    ["Channel", ACCOUNT.appId],
    ["Original account ID", ACCOUNT.originalAccountId],
    ["Display name", "Shop support"],
    ["State", "Enabled"],
    ["Bot", "Concierge"],
    ["Chatbot", "Concierge"],
    ["Chatbot training", "In progress"],
    ["Chatbot language", "en"],
    ["Chatbot ID", ACCOUNT.chatbotId],
    ["To bot when agents are online (%)", "37"],
    ["To bot when all agents are offline (%)", "91"],
    ["Default e-mail account", "Yes"],
    ["Avatar URL", ACCOUNT.avatarUrl],
    ["Created", "2021"],
    ["ID", ACCOUNT.id],
  ]);
});

test("jtel: all fields of an event, those without a documented meaning too", async ({ signInAs, upstreams }) => {
  const numbers = { ChatConnectorsID: 7101, AcdWorkFlowConnectorsID: 7102, AcdInboxesID: 7103, WorkFlowMonitorPointsID: 7104, AcdReplyingTypesID: 7105 };
  const skills = { SkillsID1: 7201, SkillsID2: 7202, SkillsID3: 7203, SkillsValue1: 7301, SkillsValue2: 7302, SkillsValue3: 7303 };
  upstreams.jtel.events[0] = {
    ...EVENT, ...numbers, ...skills,
    UsersID: 3, UserData: "data-one", UserData2: "data-two", UserData3: "data-three", ForeignSystemNumber: "foreign-9", LastAgentTime: 7401,
    bCloseByForeignSystem: true, dtReceived: "2020-09-16T03:00:00.000", dtRemind: "2020-09-17T04:00:00.000",
  } as never;
  const page = await signInAs("agent", "/events/2039");
  await expect(page.getByRole("heading", { level: 1, name: EVENT.Subject })).toBeVisible();
  await unfold(page);
  await expectFields(page, [
    ["ID", "2039"],
    ["Type", "Workflow"],
    ["Status", "1"],
    ["Group", "Support"],
    ["User", "hugo.dan"],
    ["Sender", EVENT.Sender],
    ["Receiver", EVENT.Receiver],
    ["User data", "data-one"],
    ["CRM URL", EVENT.CrmURL],
    ["Created", "2020"],
    ["Received", "2020"],
    ["Reminder", "2020"],
    ["Modified", "2020"],
    ["Last modified", "2020"],
  ]);
  for (const text of ["foreign-9", "7401", "data-two", "data-three", ...Object.values({ ...numbers, ...skills }).map(String)]) {
    await expect(main(page).getByRole("definition").filter({ hasText: new RegExp(`^${text}$`) }), text).toHaveCount(1);
  }
});

test("one-view: all fields of a ticket, and what it tells of the agent", async ({ signInAs, upstreams }) => {
  const { oneview } = upstreams;
  const content = { subject: "Wrong door", lastMessage: "It went to my neighbour.", language: "en", unread: 2, further: { deep: "kept" } };
  const metadata = { ...ticket().metadata, roomId: "room-1", roomName: "name-1", agentAccesses: ["chat.read"] };
  oneview.tickets[0] = ticket({ id: "ticket-77", content, metadata }) as never;
  const page = await signInAs("agent", "/inbox/ticket-77");
  const pane = page.getByRole("region", { name: "Ticket", exact: true });
  await expect(pane).toContainText("It went to my neighbour.");
  await unfold(page);
  const shown = ["hugo dan", "Wrong door", "english", "chat", "delivery - wrong address", "sdw-srr", "kept", "ASSIGNED", "ticket-77", "room-1", "name-1", "chat.read",
    "Internal State Change by Workflow Server", "2019", ticket().customer.id];
  for (const text of shown) await expect(pane, text).toContainText(text);

  await page.getByRole("banner").getByRole("button", { name: /^(Online|Offline), / }).click();
  await page.getByRole("menuitem", { name: "Go online", exact: true }).click();
  await expect.poll(() => oneview.agent.online).toBe(true);
  const person = await openPerson(page);
  for (const text of ["somename", "2019", AGENT]) await expect(person, text).toContainText(text);
});

test("Sobot: all fields of a customer", async ({ signInAs }) => {
  const page = await signInAs("agent", `/customers?id=${CUSTOMER.id}`);
  await expect(main(page).getByRole("heading", { level: 2, name: "Hugo Dan" })).toBeVisible();
  await unfold(page);
  const { isVip, isblack, tel, userLableName: _, ...texts } = CUSTOMER;
  for (const text of Object.values(texts).map(String)) await expect(main(page), text).toContainText(text);
  await expect(main(page), "tel").toContainText(tel);
  expect([isVip, isblack]).toEqual([1, 0]);
  for (const text of ["VIP", "Blocked", "Bikes", "Region"]) await expect(main(page), text).toContainText(text);
});

test("99digital: all fields of an account, and its changes", async ({ signInAs }) => {
  const page = await signInAs("admin", "/account");
  await expect(page.getByLabel("Account name", { exact: true })).toHaveValue("account name");
  await expect(page.getByLabel("Account", { exact: true })).toHaveValue("8@online");
  await expect(page.getByLabel("Account status", { exact: true })).toHaveValue("active");
  await expectFields(page, [["Account status", "Active"], ["Created", "2019"]]);
  const history = page.getByRole("region", { name: "Changes" });
  await expect(history).toContainText("No changes yet");
  await page.getByLabel("Account name", { exact: true }).fill("My Account");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByLabel("Builder URL", { exact: true })).toHaveValue("https://builder..");
  await page.reload();
  await expect(history.getByRole("listitem")).toContainText("account_name");
});

test("an event tells admins who created it", async ({ signInAs }) => {
  const page = await signInAs("admin", "/events/new?type=3&group=235");
  await page.getByLabel("Sender", { exact: true }).fill("+49 199 123456789");
  await page.getByLabel("Subject", { exact: true }).fill("Call back");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("link", { name: "Open", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Call back" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Changes" }).getByRole("listitem")).toContainText("demo admin");
});
