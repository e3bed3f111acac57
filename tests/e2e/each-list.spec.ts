// The checks that every list page passes: axe, no matches, no records, the URL restores the list, back and forward, refresh
// while scrolled, print.
import type { APIRequestContext, Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";

const headers = { "X-Trunkline": "1" };
const main = (page: Page) => page.getByRole("main");
const rows = (page: Page) => main(page).locator("tbody tr[aria-rowindex]");

/** External APIs, as many as fill more than a screen. */
async function defineApis(request: APIRequestContext) {
  for (let at = 0; at < 40; at += 1) {
    const body = { name: `API ${String(at).padStart(2, "0")}`, description: "", method: "GET", url: "https://api.example/customers" };
    const answer = await request.post("/api/sobot/external-apis", { data: body, headers });
    expect(answer.status(), await answer.text()).toBe(201);
  }
}

const EVENTS = { filter: "", limitStart: 0, limitPageSize: -1, records: [], count: 0, orderBy: "dtCreated", ascending: true, status: 200 };
const LISTS = [
  { path: "/channel-accounts", name: "Channel accounts", who: "admin", list: /\/channelAccounts(\?|$)/, none: [] },
  { path: "/events", name: "ACD events", who: "admin", list: /\/acd\/events$/, none: EVENTS },
  { path: "/external-apis", name: "External APIs", who: "admin", list: /\/sobot\/external-apis$/, none: [], fill: defineApis },
  { path: "/activity", name: "Activity", who: "admin", list: /\/api\/activity$/, none: [], fill: defineApis },
  { path: "/agents", name: "Agents", who: "admin", list: /\/api\/agents$/, none: [], isLinked: false },
  { path: "/account/8%40online/agents", name: "Account agents", who: "admin", list: /\/getAgents$/, none: { status: "OK", reason: 1, list: [] }, isLinked: false, method: "POST" },
  { path: "/inbox", name: "Inbox", who: "agent", list: /\/tickets$/, none: [] },
] as const;

test.use({ settings: { sandbox: { ticket_seconds: 0 } } });

for (const { path, name, who, list, none, ...more } of LISTS) {
  test(`${name}: a list like every other`, async ({ signInAs }) => {
    test.slow();
    const page = await signInAs(who, "/settings");
    if ("fill" in more) await more.fill(page.request);
    await page.goto(path);
    const table = page.getByRole("table", { name, exact: true });
    const count = async () => Number(await table.getAttribute("aria-rowcount")) - 1;
    await expect(rows(page).first()).toBeVisible();
    const all = await count();
    await expectAccessible(page);

    // Nothing found; one press brings all back.
    const search = main(page).getByRole("searchbox");
    await search.fill("zz-nothing-zz");
    await expect(rows(page)).toHaveCount(0);
    await expectAccessible(page);
    await main(page).getByRole("button", { name: "Clear filters" }).click();
    await expect.poll(count).toBe(all);
    await expect(search).toHaveValue("");

    // The address holds the order; back and forward lead to a record and to the list as it was.
    const header = table.getByRole("columnheader").filter({ has: page.getByRole("button") }).last();
    await header.getByRole("button").click();
    await expect(header).not.toHaveAttribute("aria-sort", "none");
    const order = await header.getAttribute("aria-sort");
    await expect(page).toHaveURL(/sort=/);
    await page.reload();
    await expect(rows(page).first()).toBeVisible();
    await expect(header).toHaveAttribute("aria-sort", order!);
    if (!("isLinked" in more)) {
      const url = page.url();
      await rows(page).getByRole("link").first().click();
      await expect(page).not.toHaveURL(url);
      const record = page.url();
      await page.goBack();
      await expect(page).toHaveURL(url);
      await expect(header).toHaveAttribute("aria-sort", order!);
      await page.goForward();
      await expect(page).toHaveURL(record);
      await page.goBack();
      await expect(rows(page).first()).toBeVisible();
    }

    // A refresh moves nothing.
    const scroller = main(page).locator(".table-scroll");
    await scroller.evaluate((element) => element.scrollTo(0, 200));
    const top = await scroller.evaluate((element) => element.scrollTop);
    const method = "method" in more ? more.method : "GET";
    const refreshed = page.waitForResponse((response) => list.test(response.url()) && response.request().method() === method);
    await main(page).getByRole("button", { name: "Refresh" }).click();
    await refreshed;
    await expect(rows(page).first()).toBeVisible();
    expect(await scroller.evaluate((element) => element.scrollTop)).toBe(top);

    // On paper all rows.
    await page.locator(".corner").waitFor({ state: "attached", timeout: 30_000 });
    const printed = await count();
    await page.evaluate(() => void dispatchEvent(new Event("beforeprint")));
    await expect(rows(page)).toHaveCount(printed);
    await expect(page.locator(".print-line")).toContainText("Printed on");
    await page.evaluate(() => void dispatchEvent(new Event("afterprint")));

    // Nothing there: the page says so, and what to do.
    await page.route(list, (route) => (route.request().method() === method ? route.fulfill({ json: none }) : route.fallback()));
    await page.goto(path);
    await expect(main(page).locator(".table-empty")).toBeVisible();
    await expect(main(page).getByRole("heading", { level: 1, name })).toBeVisible();
    await expectAccessible(page);
  });
}
