// ACD events: the requests and values of jtel's own page, made and found again in the console.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { choose } from "./support/filter";
import { expect, test } from "./support/test";

/** "Create a callback event" and "Create a ticket event" of the page, as a person types them. */
const CALLBACK = {
  sender: "+49 199 123456789",
  receiver: "+49 1990-011 2233",
  subject: "Callback request from 49199123456789 on 2020.08.09 at 09:00",
  body: "This is an automatically generated callback request via the REST API.\nCongratulations!\n",
  url: "https://www.jtel.de",
  userData: "987654",
};
const TICKET = {
  sender: "info@example.com",
  receiver: "support@jtel.de",
  subject: "A new ticket 123456 has been created via the REST API. Congratulations!",
  url: "https://www.jtel.de",
  userData: "123456",
};

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const table = (page: Page) => page.getByRole("table", { name: "ACD events" });
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();

async function fill(page: Page, type: string, values: typeof TICKET) {
  await field(page, "Type").selectOption(type);
  await field(page, "Group").selectOption("235");
  await field(page, "Sender").fill(values.sender);
  await field(page, "Receiver").fill(values.receiver);
  await field(page, "Subject").fill(values.subject);
  await field(page, "CRM URL").fill(values.url);
  await field(page, "User data").fill(values.userData);
}

async function expectSaved(page: Page, subject: string) {
  await expect(page).toHaveURL(/\/events\/\d+$/);
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: subject, exact: true })).toBeVisible();
}

/** The value beside a term in the record's lists. */
const value = (page: Page, name: string) =>
  page.locator("dl > div").filter({ has: page.locator("dt").getByText(name, { exact: true }) }).locator("dd");

test("a callback and a ticket event are created, opened and survive a restart", async ({ signInAs, server }) => {
  const page = await signInAs("admin", "/events");
  await page.getByRole("link", { name: "New event" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "New event" })).toBeVisible();
  await fill(page, "3", CALLBACK);
  await field(page, "Body").fill(CALLBACK.body);
  await expectAccessible(page);
  await save(page);
  await expectSaved(page, CALLBACK.subject);
  const callback = page.url();
  await expect(value(page, "Type")).toHaveText("Callback (3)");
  await expect(value(page, "Sender")).toHaveText("+49 199 123 456 789");
  await expect(value(page, "Receiver")).toHaveText("+49 199 001 122 33");
  await expect(value(page, "User data")).toHaveText("987654");
  await expect(value(page, "Status")).toHaveText("1");
  const crm = page.getByRole("link", { name: "https://www.jtel.de" });
  await expect(crm).toHaveAttribute("rel", /noopener/);
  await expect(page.frameLocator('iframe[title="Event body"]').getByText("Congratulations!")).toBeVisible();
  await expectAccessible(page);

  await page.goto("/events/new");
  await fill(page, "6", TICKET);
  await field(page, "User").selectOption("3");
  await expect(field(page, "Body")).toHaveCount(0);
  await expect(field(page, "User data")).toHaveAccessibleDescription(/ticket number/);
  await save(page);
  await expectSaved(page, TICKET.subject);
  await expect(value(page, "Foreign system number")).toHaveText("123456");
  await expect(value(page, "User")).toHaveText(/\(3\)$/);

  await server.restart();
  await page.goto(callback);
  await expect(page.getByRole("heading", { level: 1, name: CALLBACK.subject, exact: true })).toBeVisible();
  await page.getByRole("link", { name: "ACD events" }).first().click();
  await page.getByRole("main").getByRole("searchbox").fill("987654");
  await expect(table(page)).toHaveAttribute("aria-rowcount", "2");
  await table(page).getByRole("link", { name: CALLBACK.subject, exact: true }).click();
  await expect(page).toHaveURL(callback);
});

test("missing and invalid values are reported at their fields, and nothing is sent", async ({ signInAs, guard }) => {
  const page = await signInAs("agent", "/events/new");
  await save(page);
  for (const label of ["Type", "Group", "Sender", "Subject"]) {
    await expect(field(page, label)).toHaveAttribute("aria-invalid", "true");
  }
  await expect(field(page, "Type")).toBeFocused();
  await expect(field(page, "Receiver")).not.toHaveAttribute("aria-invalid", "true");
  await fill(page, "3", { ...CALLBACK, sender: "someone", receiver: "0199", url: "javascript:alert(1)" });
  await save(page);
  await expect(field(page, "Sender")).toHaveAccessibleDescription(/country code/);
  for (const label of ["Sender", "Receiver", "CRM URL"]) {
    await expect(field(page, label)).toHaveAttribute("aria-invalid", "true");
  }
  expect(guard.received.filter(({ method, url }) => method === "POST" && url.endsWith("/create"))).toEqual([]);
  await expect(page).toHaveURL(/\/events\/new$/);
});

test("input survives a change of type, and leaving asks first", async ({ signInAs }) => {
  const page = await signInAs("agent", "/events/new?type=3&group=236");
  await expect(field(page, "Type")).toHaveValue("3");
  await expect(field(page, "Group")).toHaveValue("236");
  await field(page, "Body").fill("Call after five");
  await field(page, "Type").selectOption("6");
  await expect(field(page, "Body")).toHaveCount(0);
  await field(page, "Type").selectOption("3");
  await expect(field(page, "Body")).toHaveValue("Call after five");

  page.once("dialog", (dialog) => void dialog.dismiss());
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(field(page, "Body")).toHaveValue("Call after five");
  page.once("dialog", (dialog) => void dialog.accept());
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "ACD events" })).toBeVisible();
});

test("a duplicated event starts with its values, which stay out of the URL", async ({ signInAs }) => {
  const page = await signInAs("agent", "/events/2039");
  await page.getByRole("link", { name: "Duplicate" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "New event" })).toBeVisible();
  await expect(field(page, "Type")).toHaveValue("6");
  await expect(field(page, "Group")).toHaveValue("235");
  await expect(field(page, "Sender")).toHaveValue(TICKET.sender);
  await expect(field(page, "Receiver")).toHaveValue(TICKET.receiver);
  await expect(field(page, "Subject")).toHaveValue(TICKET.subject);
  await expect(field(page, "User data")).toHaveValue(TICKET.userData);
  expect(page.url()).not.toContain("example");
});

test("an event opens by its ID; an unknown one shows Not found", async ({ signInAs, guard }) => {
  guard.allow(/status of 404/);
  const page = await signInAs("agent", "/events");
  const lookUp = async (id: string) => {
    await field(page, "Event ID").fill(id);
    await page.getByRole("button", { name: "Open" }).click();
  };
  await lookUp("20-39");
  await expect(field(page, "Event ID")).toHaveAttribute("aria-invalid", "true");
  await lookUp("2039");
  await expect(page.getByRole("heading", { level: 1, name: TICKET.subject })).toBeVisible();
  // As jtel gave it, whatever the zone of the browser; the raw text on hover.
  await expect(value(page, "Created")).toContainText("2:59");
  await expect(value(page, "Created").getByTitle("2020-09-15T02:59:32.794")).toBeVisible();
  await page.goBack();
  await lookUp("99999999");
  await expect(page.getByRole("heading", { level: 1, name: "Not found" })).toBeVisible();
  await page.goto("/events/no-number");
  await expect(page.getByRole("heading", { level: 1, name: "Not found" })).toBeVisible();
});

test("filters are in the URL and narrow the list together", async ({ signInAs }) => {
  const page = await signInAs("agent", "/events");
  await expect(table(page)).toHaveAttribute("aria-rowcount", "401");
  await expectAccessible(page);
  await choose(page, "Type", "Callback");
  await choose(page, "Group", "Service Desk");
  await choose(page, "Status", "1");
  await expect(page).toHaveURL(/type=3/);
  const rows = table(page).getByRole("row");
  await expect(rows.nth(1)).toContainText("Callback");
  await expect(rows.nth(1)).toContainText("Service Desk");
  const found = Number(await table(page).getAttribute("aria-rowcount")) - 1;
  expect(found).toBeLessThan(60);
  await page.reload();
  await expect(table(page)).toHaveAttribute("aria-rowcount", String(found + 1));

  // A second type adds its events; without it the first ones are left.
  await choose(page, "Type", "Ticket");
  await expect(page).toHaveURL(/type=3(,|%2C)6/);
  await expect.poll(async () => Number(await table(page).getAttribute("aria-rowcount"))).toBeGreaterThan(found + 1);
  await choose(page, "Type", "Ticket");
  await expect(table(page)).toHaveAttribute("aria-rowcount", String(found + 1));

  await choose(page, "User", "Unassigned (group queue)");
  await expect(page).toHaveURL(/user=none/);
  await page.getByRole("main").getByRole("searchbox").fill("no event has these words");
  await expect(page.getByRole("heading", { name: "No matching events" })).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(table(page)).toHaveAttribute("aria-rowcount", "401");
  await expect(page).toHaveURL(/\/events$/);

  await field(page, "From").fill("2020-09-15");
  await field(page, "To").fill("2020-09-15");
  await expect(table(page)).toHaveAttribute("aria-rowcount", "2");
  await expect(rows.nth(1)).toContainText(TICKET.subject);
});

test.describe("10,000 events", () => {
  test.use({ settings: { sandbox: { events: 10_000 } } });

  test("at most 80 rows are in the document; search, sort and the last row work", async ({ signInAs }) => {
    const page = await signInAs("agent", "/events");
    await expect(table(page)).toHaveAttribute("aria-rowcount", "10001");
    const rows = table(page).locator("tbody tr:not(.spacer)");
    expect(await rows.count()).toBeLessThanOrEqual(80);
    // The newest are first, the document's event of 2020 is last; the URL has no order of its own.
    const column = (name: string) => table(page).getByRole("columnheader", { name });
    await expect(column("Created")).toHaveAttribute("aria-sort", "descending");
    await expect(rows.first()).not.toContainText(TICKET.subject);
    await expect(page).toHaveURL(/\/events$/);
    await table(page).locator("..").evaluate((box) => box.scrollTo(0, box.scrollHeight));
    const last = table(page).locator('tr[aria-rowindex="10001"]');
    await expect(last).toContainText(TICKET.subject);
    expect(await rows.count()).toBeLessThanOrEqual(80);

    await page.getByRole("main").getByRole("searchbox").fill("ticket 123456");
    await expect(table(page)).toHaveAttribute("aria-rowcount", "2");
  });
});
