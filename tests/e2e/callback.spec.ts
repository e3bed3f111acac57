// A callback about a ticket: the number from Sobot, the subject and the order are filled in; then back to the ticket.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";
import { AGENT, ticket } from "./upstreams/oneview.mjs";
import { CUSTOMER } from "./upstreams/sobot.mjs";

const pane = (page: Page) => page.getByRole("region", { name: "Ticket", exact: true });
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });
const heading = (page: Page) => pane(page).getByRole("heading", { level: 2, name: "Hugo Dan", exact: true });

test.use({ vendors: "upstream" });
test.beforeEach(({ upstreams }) => {
  upstreams.oneview.tickets[0] = ticket({
    content: { subject: "Wrong address", lastMessage: "Please call me." },
    customer: { id: CUSTOMER.id, firstName: "Hugo", lastName: "Dan" },
  });
});

test("number, subject and order are filled in; the second callback takes two keys; both lead back to the ticket", async ({ signInAs, upstreams, guard }) => {
  const page = await signInAs("agent", `/inbox/${AGENT}`);
  await expect(pane(page).getByRole("button", { name: "New callback" })).toBeVisible();
  const created = () => upstreams.jtel.requests.filter(({ method }) => method === "POST");
  await page.keyboard.press("c");
  await expect(page).toHaveURL(`/events/new?type=3&ticket=${AGENT}`);
  await expect(field(page, "Type")).toHaveValue("3");
  await expect(field(page, "Sender")).toHaveValue(CUSTOMER.tel);
  await expect(page.getByText("From Sobot: Hugo Dan. You can change it.")).toBeVisible();
  await expect(field(page, "Subject")).toHaveValue("Wrong address");
  await expect(field(page, "User data")).toHaveValue("sdw-srr");
  await expectAccessible(page);
  // Nobody has chosen a group yet: it has the focus.
  await expect(field(page, "Group")).toBeFocused();
  await field(page, "Group").selectOption("235");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(`/inbox/${AGENT}`);
  await expect(heading(page)).toBeVisible();
  expect(created().at(-1)?.json).toMatchObject({ AcdEventTypesID: 3, AcdGroupsID: 235, Sender: CUSTOMER.tel, Subject: "Wrong address", UserData: "sdw-srr" });

  // The group is remembered.
  await page.keyboard.press("c");
  await expect(field(page, "Sender")).toHaveValue(CUSTOMER.tel);
  await expect(field(page, "Group")).toHaveValue("235");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(`/inbox/${AGENT}`);
  await expect(heading(page)).toBeVisible();
  expect(created()).toHaveLength(2);
  // The number is in no URL.
  expect(guard.received.filter(({ url }) => url.includes(CUSTOMER.tel))).toEqual([]);
});

test("Cancel and the link above lead back to the ticket without a question", async ({ signInAs }) => {
  const page = await signInAs("agent", `/inbox/${AGENT}`);
  await pane(page).getByRole("button", { name: "New callback" }).click();
  await expect(field(page, "Sender")).toHaveValue(CUSTOMER.tel);
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page).toHaveURL(`/inbox/${AGENT}`);
  await pane(page).getByRole("button", { name: "New callback" }).click();
  await expect(field(page, "Sender")).toHaveValue(CUSTOMER.tel);
  await page.getByRole("link", { name: "Ticket of Hugo Dan" }).click();
  await expect(page).toHaveURL(`/inbox/${AGENT}`);
});

test("a customer whom Sobot doesn't know leaves the number to the agent; a typed one is never replaced", async ({ signInAs, upstreams, page }) => {
  upstreams.oneview.tickets[0] = ticket({ customer: { id: "nobody", firstName: "Hugo", lastName: "Dan" } });
  await signInAs("agent", `/inbox/${AGENT}`);
  await expect(pane(page).getByRole("button", { name: "New callback" })).toBeVisible();
  await page.keyboard.press("c");
  await expect(field(page, "Subject")).toHaveValue("delivery - wrong address");
  await expect(field(page, "Sender")).toHaveValue("");
  await field(page, "Sender").fill("+49 199 5550001");
  await field(page, "Group").selectOption("235");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(`/inbox/${AGENT}`);
  expect(upstreams.jtel.requests.filter(({ method }) => method === "POST").map(({ json }) => json.Sender)).toEqual(["491995550001"]);
});

test("from the customer's record the callback knows the ticket, and leads back to it", async ({ signInAs, upstreams }) => {
  const page = await signInAs("agent", `/inbox/${AGENT}`);
  await pane(page).getByRole("link", { name: "Look up customer" }).click();
  await expect(page).toHaveURL(`/customers?id=${CUSTOMER.id}&ticket=${AGENT}`);
  await expect(page.getByRole("link", { name: "Ticket of Hugo Dan" })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "New callback" }).click();
  await expect(field(page, "Sender")).toHaveValue(CUSTOMER.tel);
  await expect(field(page, "Subject")).toHaveValue("Wrong address");
  await expect(field(page, "User data")).toHaveValue("sdw-srr");
  await field(page, "Group").selectOption("235");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(`/inbox/${AGENT}`);
  expect(upstreams.jtel.requests.some(({ json }) => json?.Sender === CUSTOMER.tel && json?.UserData === "sdw-srr")).toBe(true);
});
