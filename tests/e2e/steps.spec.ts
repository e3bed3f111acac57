// The admin's morning by keyboard alone; each journey by mouse stands with its page. Bots: bulk-safety.spec.ts. A mailbox:
// account-form.spec.ts.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { filterButton, filterValue } from "./support/filter";
import { Keyboard } from "./support/keyboard";
import { expect, test } from "./support/test";
import { start } from "./upstreams/http.mjs";
import { SAMPLE } from "./upstreams/jtel.mjs";
import { CUSTOMER } from "./upstreams/sobot.mjs";

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const preset = (page: Page, name: string) => page.getByRole("group", { name: "Quick filters" }).getByRole("button", { name, exact: true });

test.use({ vendors: "upstream", settings: { toml: "demo_users = true\n[external_apis]\nallow_private = true\n" } });

test("yesterday's unassigned callbacks of one group are exported", async ({ page, signInAs, upstreams }) => {
  await signInAs("admin", "/settings");
  const yesterday = await page.evaluate(() => {
    const date = new Date();
    date.setDate(date.getDate() - 1);
    return new Intl.DateTimeFormat("sv-SE").format(date);
  });
  const add = (ID: number, change: object) =>
    upstreams.jtel.events.push({ ...SAMPLE, ID, Subject: `Event ${ID}`, AcdEventTypesID: 3, dtCreated: `${yesterday}T09:00:00.000`, ...change });
  add(3001, {});
  add(3002, { UsersID: 4 } as object);
  add(3003, { AcdGroupsID: 236 });
  await page.goto("/events");
  await expect(page.getByRole("table", { name: "ACD events" })).toHaveAttribute("aria-rowcount", "5");
  const keys = new Keyboard(page);
  await keys.press(preset(page, "Yesterday")); // 1
  await keys.press(preset(page, "Unassigned")); // 2
  for (const [filter, value] of [["Type", "Callback"], ["Group", "Support"]] as const) {
    await keys.press(filterButton(page, filter)); // 3, 5
    await keys.toggle(filterValue(page, filter, value)); // 4, 6
    await page.keyboard.press("Escape");
  }
  await expect(page.getByRole("table", { name: "ACD events" })).toHaveAttribute("aria-rowcount", "2");
  const download = page.waitForEvent("download");
  await keys.press(button(page, "Export CSV")); // 7
  const text = await readFile(await (await download).path(), "utf8");
  expect(text.split("\r\n").filter(Boolean)).toHaveLength(2);
  expect(text).toContain("Event 3001");
});

test("a customer found by telephone number is called back", async ({ page, signInAs, upstreams }) => {
  await signInAs("agent", "/customers");
  // The group of the last event is remembered.
  await page.evaluate(() => localStorage.setItem("trunkline.group.demo agent", "235"));
  await page.reload();
  const keys = new Keyboard(page);
  await keys.type(field(page, "Phone, e-mail or ID"), CUSTOMER.tel); // 1
  await page.keyboard.press("Enter"); // 2
  await keys.press(page.getByRole("main").getByRole("link", { name: "New callback" })); // 3
  await expect(field(page, "Sender")).toHaveValue(CUSTOMER.tel);
  await page.keyboard.press("Control+Enter"); // 4
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  expect(upstreams.jtel.last("POST", "/acd/events/create")?.json).toMatchObject({ AcdEventTypesID: 3, Sender: CUSTOMER.tel });
});

test("a curl command becomes a tested external API", async ({ page, signInAs, context }) => {
  const target = await start(() => ({ json: { data: [{ nick: "Noa" }] } }));
  try {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await signInAs("admin", "/external-apis");
    await page.evaluate((text) => navigator.clipboard.writeText(text), `curl '${target.url}/customers' -H 'accept: application/json'`);
    const keys = new Keyboard(page);
    await keys.press(page.getByRole("main").getByRole("link", { name: "New external API" }).first()); // 1
    await keys.to(page.getByLabel("curl command or definition"));
    await page.keyboard.press("ControlOrMeta+V"); // 2
    await expect(field(page, "URL")).toHaveValue(`${target.url}/customers`);
    await keys.press(button(page, "Test")); // 3
    await expect(page.getByRole("region", { name: "Result" })).toContainText("Passed");
    await page.keyboard.press("Control+Enter"); // 4
    await expect(page).toHaveURL(/\/external-apis\/[0-9a-f-]{36}$/);
    expect(target.requests).toHaveLength(1);
  } finally {
    await target.close();
  }
});
