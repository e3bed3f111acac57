// An unreadable record hides no other in any vendor's list, and is reported with details.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";
import { SAMPLE as ACCOUNT } from "./upstreams/comm100.mjs";
import { SAMPLE as EVENT } from "./upstreams/jtel.mjs";
import { ticket } from "./upstreams/oneview.mjs";

test.use({ vendors: "upstream" });

const main = (page: Page) => page.getByRole("main");
const row = (page: Page, name: string) => main(page).getByRole("link", { name, exact: true });
/** The opened note of one unreadable record. */
async function note(page: Page) {
  await expect(main(page).getByText(/1 record can't be read/)).toBeVisible();
  await main(page).locator(".banner", { hasText: "can't be read" }).locator("summary").click();
  return main(page).locator("details[open] pre");
}

test("a ticket with a textual time: valid ones are shown, the unreadable one is noted with details", async ({ signInAs, upstreams }) => {
  upstreams.oneview.tickets.splice(0, 1, ticket({ id: "good", customer: { firstName: "Noa" } }), ticket({ id: "odd", assignedTime: "1790000000" }));
  const page = await signInAs("agent", "/inbox");
  await expect(row(page, "Noa")).toBeVisible();
  const details = await note(page);
  await expect(details).toContainText("one-view");
  await expect(details).toContainText("GET /v1/{agentID}/tickets");
  await expect(details).toContainText("$[1].assignedTime");
  await expect(details).toContainText('"1790000000"');
  await expect(main(page).getByRole("alert")).toHaveCount(0);
});

test("the note disappears when the response is valid again", async ({ signInAs, upstreams }) => {
  upstreams.oneview.tickets.splice(0, 1, ticket({ customer: { firstName: "Noa" } }), ticket({ id: "odd", priority: "high" }));
  const page = await signInAs("agent", "/inbox");
  await expect(main(page).getByText(/1 record can't be read/)).toBeVisible();
  upstreams.oneview.tickets.pop();
  await main(page).getByRole("button", { name: "Refresh" }).click();
  await expect(main(page).getByText(/can't be read/)).toHaveCount(0);
  await expect(row(page, "Noa")).toBeVisible();
});

test("a null record in a list of hundreds is noted", async ({ signInAs, upstreams }) => {
  const many = Array.from({ length: 400 }, (_, at) => ticket({ id: `t${at}`, customer: { firstName: `Customer ${at}` } }));
  upstreams.oneview.tickets.splice(0, 1, ...many, null as never);
  const page = await signInAs("agent", "/inbox");
  await expect(row(page, "Customer 0")).toBeVisible();
  await expect(main(page).getByRole("table")).toHaveAttribute("aria-rowcount", "401");
  await expect(await note(page)).toContainText("$[400]");
});

test("Comm100's accounts", async ({ signInAs, upstreams }) => {
  upstreams.comm100.accounts.set("odd", { ...ACCOUNT, id: "odd", isEnabled: "yes" } as never);
  const page = await signInAs("admin", "/channel-accounts");
  await expect(row(page, ACCOUNT.name)).toBeVisible();
  await expect(await note(page)).toContainText("$[1].isEnabled");
});

test("Comm100's chatbots in the form", async ({ signInAs, upstreams }) => {
  upstreams.comm100.chatbots.unshift({ id: "odd", name: ["no", "name"] } as never);
  const page = await signInAs("admin", "/channel-accounts/new");
  await expect(page.getByLabel("Chatbot", { exact: true }).getByRole("option", { name: "Concierge" })).toBeAttached();
  await expect(await note(page)).toContainText("$[0].name");
});

test("jtel's events", async ({ signInAs, upstreams }) => {
  upstreams.jtel.events.push({ ...EVENT, ID: 2040, Subject: { text: "odd" } } as never);
  const page = await signInAs("agent", "/events");
  await expect(main(page).getByRole("link", { name: /^A new ticket 123456/ })).toBeVisible();
  await expect(await note(page)).toContainText("$.records[1].Subject");
});

test("jtel's groups, and numbers of the envelope that come as text", async ({ signInAs, upstreams }) => {
  upstreams.jtel.override(({ path }) =>
    path.endsWith("/acd/groups")
      ? { json: { records: [{ ID: 235, Name: { en: "Support" } }, { ID: "236", Name: "Sales" }], count: "2", status: "200" } }
      : undefined,
  );
  const page = await signInAs("agent", "/events/new");
  await expect(page.getByLabel("Group", { exact: true }).getByRole("option", { name: "Sales" })).toBeAttached();
  await expect(await note(page)).toContainText("$.records[0].Name");
});

test("jtel's users", async ({ signInAs, upstreams }) => {
  upstreams.jtel.override(({ path }) =>
    path.endsWith("/users") ? { json: { records: [{ ID: 3, UID: "hugo.dan" }, { ID: [4] }], count: 2, status: 200 } } : undefined,
  );
  const page = await signInAs("agent", "/events/new");
  await expect(page.getByLabel("User", { exact: true }).getByRole("option", { name: "hugo.dan" })).toBeAttached();
  await expect(await note(page)).toContainText("$.records[1].ID");
});

test("99digital's accounts", async ({ signInAs, upstreams }) => {
  upstreams.digital99.override(({ path }) => {
    const account = { account_id: "8", account_name: "Acme", server: "online", account_status: "active" };
    const list = [{ ...account, account_name: { he: "x" } }, account];
    return path.endsWith("/getAccounts") ? { json: { status: "OK", reason: 1, totalOnline: 2, list } } : undefined;
  });
  const page = await signInAs("admin", "/account");
  await expect(page.getByLabel("Account", { exact: true })).toHaveValue("8@online");
  await expect(await note(page)).toContainText("$.list[0].account_name");
});

test("a list without any readable record is an error", async ({ signInAs, upstreams }) => {
  upstreams.oneview.tickets.splice(0, 1, ticket({ assignedTime: "soon" }));
  const page = await signInAs("agent", "/inbox");
  await expect(main(page).getByRole("alert")).toContainText("$[0].assignedTime");
  await expect(main(page).getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
});
