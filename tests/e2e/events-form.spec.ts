// After Save and before it: another event of the kind, a duplicate with its body, and what to do when the answer is lost.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const saved = (page: Page) => page.getByRole("status").filter({ hasText: "Saved as event" });

async function fill(page: Page, subject: string) {
  await field(page, "Type").selectOption("3");
  await field(page, "Group").selectOption("236");
  await field(page, "Sender").fill("+49 199 123456789");
  await field(page, "Subject").fill(subject);
}

test("after Save there are Open and Another one; the group is remembered", async ({ signInAs }) => {
  const page = await signInAs("agent", "/events/new");
  await fill(page, "The first of two");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: "The first of two" })).toBeVisible();
  const first = new URL(page.url()).pathname;
  await expect(saved(page).getByRole("link", { name: "Open" })).toHaveAttribute("href", first);
  await saved(page).getByRole("link", { name: "Another one" }).click();
  await expect(page).toHaveURL("/events/new?type=3&group=236");
  await expect(field(page, "Type")).toHaveValue("3");
  await expect(field(page, "Group")).toHaveValue("236");
  await expect(field(page, "Sender")).toHaveValue("");
  await page.goto("/events/new");
  await expect(field(page, "Group")).toHaveValue("236");
  await expect(field(page, "Type")).toHaveValue("");
});

test("a duplicated callback has its body", async ({ signInAs }) => {
  const page = await signInAs("agent", "/events/new");
  await fill(page, "With a body");
  await field(page, "Body").fill("First line\nFish & <chips>");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: "With a body" })).toBeVisible();
  await page.getByRole("link", { name: "Duplicate" }).click();
  await expect(field(page, "Subject")).toHaveValue("With a body");
  await expect(field(page, "Body")).toHaveValue("First line\nFish & <chips>");
  await expect(field(page, "Sender")).toHaveValue("49199123456789");
});

test("when the answer is lost, Look for it opens today's events of the type and group beside the form", async ({ signInAs, context, guard }) => {
  guard.allow(/ERR_FAILED|Failed to load resource/);
  const page = await signInAs("agent", "/events/new");
  await fill(page, "Lost on the way");
  // Neither the answer nor the list that is read after it arrives.
  await page.route("**/api/jtel/acd/events/create", (route) => route.abort());
  await page.route("**/api/jtel/acd/events", (route) => route.abort());
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const link = page.getByRole("link", { name: "Look for it" });
  await expect(link).toBeVisible();
  const opened = context.waitForEvent("page");
  await link.click();
  const list = await opened;
  await expect(list).toHaveURL(/\/events\?type=3&group=236&from=\d{4}-\d\d-\d\d$/);
  await expect(list.getByRole("heading", { level: 1, name: "ACD events" })).toBeVisible();
  await expect(field(page, "Subject")).toHaveValue("Lost on the way");
});

test("a template fills in what comes back again and again, for everybody if an admin shares it", async ({ signInAs, browser, server, guard }) => {
  const page = await signInAs("admin", "/events/new");
  const bar = (page: Page) => page.getByRole("region", { name: "Templates" });
  const saveAs = bar(page).getByRole("button", { name: "Save as template" });
  await expect(saveAs).toBeDisabled({ timeout: 30_000 });
  await fill(page, "Call back about the weekly report");
  await field(page, "Body").fill("Figures of the week\nand of the one before");
  await saveAs.click();
  const dialog = page.getByRole("dialog", { name: "Save as template" });
  await dialog.getByLabel("Name", { exact: true }).fill("Weekly report");
  await dialog.getByLabel("Share with everybody").check();
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(bar(page).getByRole("button", { name: "Weekly report", exact: true })).toBeVisible();

  const context = await browser.newContext({ baseURL: server.url });
  await guard.watch(context);
  await context.request.post("/api/session", { data: { demo: "agent" }, headers: { "X-Trunkline": "1" } });
  const agent = await context.newPage();
  await agent.goto("/events/new");
  await bar(agent).getByRole("button", { name: "Weekly report", exact: true }).click({ timeout: 30_000 });
  await expect(field(agent, "Type")).toHaveValue("3");
  await expect(field(agent, "Group")).toHaveValue("236");
  await expect(field(agent, "Subject")).toHaveValue("Call back about the weekly report");
  await expect(field(agent, "Body")).toHaveValue("Figures of the week\nand of the one before");
  // Whom the event is about is nobody's template.
  await expect(field(agent, "Sender")).toHaveValue("");
  await expect(agent).toHaveURL("/events/new");
  await expect(agent.getByRole("button", { name: "Remove view Weekly report" })).toHaveCount(0);
  await context.close();

  await page.getByRole("button", { name: "Remove view Weekly report" }).click();
  await expect(bar(page).getByRole("button", { name: "Weekly report", exact: true })).toHaveCount(0);
});
