// The pane of an open ticket: what the customer wants comes first, ids come last, and any content is shown as text.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";
import { AGENT, ticket } from "./upstreams/oneview.mjs";

const pane = (page: Page) => page.getByRole("region", { name: "Ticket", exact: true });
const DAY = 24 * 3600;
const secondsAgo = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;

test.describe("against one-view", () => {
  test.use({ vendors: "upstream" });

  test("customer, urgency, subject and message come first; ids are folded", async ({ signInAs, upstreams }) => {
    upstreams.oneview.tickets[0] = ticket({
      assignedTime: secondsAgo(4 * DAY + 60), priority: 1, queue: "VIP", channel: "chat",
      content: { subject: "Wrong address", lastMessage: "It went to my old flat.", language: "en", unread: 2, mood: "calm" },
    });
    const page = await signInAs("agent", `/inbox/${AGENT}`);
    await expect(pane(page).getByRole("heading", { level: 2, name: "hugo dan", exact: true })).toBeVisible();
    await expect(pane(page).getByRole("heading", { level: 3, name: "Wrong address", exact: true })).toBeVisible();
    for (const text of ["chat", "VIP", "Urgent", "waiting 4 days", "2 unread", "It went to my old flat.", "sdw-srr", "delivery - wrong address"]) {
      await expect(pane(page).getByText(text, { exact: true }).first(), text).toBeVisible();
    }
    const text = await pane(page).innerText();
    const order = ["hugo dan", "Urgent", "Wrong address", "It went to my old flat.", "sdw-srr", "Technical details"].map((part) => text.indexOf(part));
    expect(order, text).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);

    // Ids and what the console doesn't know by name are one click away.
    await expect(pane(page).getByText(AGENT, { exact: true })).toBeHidden();
    await pane(page).getByText("Technical details", { exact: true }).click();
    await expect(pane(page).getByText(AGENT, { exact: true })).toBeVisible();
    await expect(pane(page).getByText("Internal State Change by Workflow Server", { exact: true })).toBeVisible();
    await expect(pane(page).getByText("calm", { exact: true })).toBeHidden();
    await pane(page).getByText("More", { exact: true }).click();
    await expect(pane(page).getByText("calm", { exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Close pane" }).click();
    await expect(page).toHaveURL("/inbox");
  });

  test("a conversation is shown with its authors, the newest last, earlier ones on demand", async ({ signInAs, upstreams }) => {
    const messages = Array.from({ length: 30 }, (_, at) => ({ author: at % 2 ? "Ada" : "Hugo", role: at % 2 ? "agent" : "customer", at: secondsAgo(3600 - at), text: `line ${at + 1}.` }));
    upstreams.oneview.tickets[0] = ticket({ content: { messages } });
    const page = await signInAs("agent", `/inbox/${AGENT}`);
    const items = pane(page).getByRole("listitem");
    await expect(items).toHaveCount(20);
    await expect(items.last()).toContainText("line 30.");
    await expect(items.last()).toContainText("Ada");
    await pane(page).getByRole("button", { name: "Show 10 earlier messages" }).click();
    await expect(items).toHaveCount(30);
    await expect(items.first()).toContainText("line 1.");
  });

  for (const [name, content, shown] of [
    ["a plain string", "<b>bold</b> & <script>document.title='run'</script>", ["<b>bold</b> & <script>document.title='run'</script>"]],
    ["a list of texts", ["first thing", "second thing"], ["first thing", "second thing"]],
    ["unknown members", { note: "<img src=x onerror=document.title='run'>", list: [1, null] }, ["<img src=x onerror=document.title='run'>", "note"]],
    ["JSON inside a text", { lastMessage: '{"a": {"b": "</div>"}}' }, ['{"a": {"b": "</div>"}}']],
    ["right to left", { subject: "החזר כספי", lastMessage: "אני רוצה החזר: 12.50 ₪ (הזמנה #7)" }, ["החזר כספי", "אני רוצה החזר: 12.50 ₪ (הזמנה #7)"]],
  ] as [string, unknown, string[]][]) {
    test(`content that is ${name} is shown as text`, async ({ signInAs, upstreams }) => {
      upstreams.oneview.tickets[0] = ticket({ content });
      const page = await signInAs("agent", `/inbox/${AGENT}`);
      for (const text of shown) await expect(pane(page).getByText(text, { exact: true }).first()).toBeVisible();
      await expect(page).toHaveTitle("Inbox · Trunkline");
      await expect(pane(page).locator("b, script, img")).toHaveCount(0);
    });
  }

  test("a deep tree and 20,000 characters stay in the pane, and all of them are there", async ({ signInAs, upstreams }) => {
    const deep = Array.from({ length: 100 }).reduce((inner) => ({ level: inner }), "bottom");
    const long = "Ärger ".repeat(3334).slice(0, 20_000);
    const word = "W".repeat(2000);
    upstreams.oneview.tickets[0] = ticket({ content: { subject: word, lastMessage: long, deep } });
    const page = await signInAs("agent", `/inbox/${AGENT}`);
    const message = pane(page).getByRole("listitem").first();
    await expect(message).toContainText("Ärger");
    const folded = (await message.boundingBox())!.height;
    expect(folded).toBeLessThan(420);
    await message.getByRole("button", { name: "Show the whole message" }).click();
    expect((await message.boundingBox())!.height).toBeGreaterThan(2000);
    expect((await message.innerText()).match(/Ärger/g)).toHaveLength(long.match(/Ärger/g)!.length);
    await pane(page).getByText("More", { exact: true }).click();
    await expect(pane(page).getByText(/"bottom"/)).toBeVisible();
    expect(await pane(page).evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

  test("what is open in the pane stays open when the ticket changes", async ({ signInAs, upstreams }) => {
    upstreams.oneview.tickets[0] = ticket({ content: { lastMessage: "first words" } });
    const page = await signInAs("agent", `/inbox/${AGENT}`);
    await pane(page).getByText("Technical details", { exact: true }).click();
    await expect(pane(page).getByText(AGENT, { exact: true })).toBeVisible();
    upstreams.oneview.tickets[0] = ticket({ priority: 2, content: { lastMessage: "second words" } });
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(pane(page).getByText("second words", { exact: true })).toBeVisible();
    await expect(pane(page).getByText("High", { exact: true })).toBeVisible();
    await expect(pane(page).getByText(AGENT, { exact: true })).toBeVisible();
  });
});
