// The overview: what the role may read, in figures that lead to the lists behind them.
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";

/** The vendors' paths that the browser asked. */
const asked = (received: { url: string }[], vendor: string) =>
  received.map((answer) => new URL(answer.url).pathname).filter((path) => path.startsWith(`/api/${vendor}/`));

test("an admin sees events, accounts and vendors, and follows a bar to its list", async ({ signInAs, guard }) => {
  const page = await signInAs("admin");
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  const channels = page.getByRole("table", { name: "By channel" });
  await expect(channels.getByRole("row", { name: /^WeChat/ })).toBeVisible();
  await expect(page.getByRole("table", { name: "By type" }).getByRole("row", { name: /^Callback/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "My tickets" })).toHaveCount(0);
  const vendors = page.getByRole("table", { name: "Vendors" });
  await expect(vendors.getByRole("row", { name: /^Comm100 Working Sandbox/ })).toBeVisible();
  await expect(vendors.getByRole("row", { name: /^Sobot Not called yet/ })).toBeVisible();
  await expectAccessible(page);
  // The overview spends one call a list, whatever asks for it, and none that the role may not send.
  expect(asked(guard.received, "oneview")).toEqual([]);
  expect(asked(guard.received, "comm100")).toEqual(["/api/comm100/ticketing/channelAccounts"]);
  expect(asked(guard.received, "jtel").filter((path) => path.endsWith("/acd/events"))).toHaveLength(1);

  const count = await channels.getByRole("row", { name: /^WeChat/ }).getByRole("cell").first().textContent();
  await channels.getByRole("link", { name: "WeChat" }).click();
  await expect(page).toHaveURL(/\/channel-accounts\?channel=WeChat$/);
  await expect(page.getByRole("table", { name: "Channel accounts" })).toHaveAttribute("aria-rowcount", String(Number(count) + 1));
});

test("a channel's figures lead to the accounts with the bot on, and to those with it off", async ({ signInAs }) => {
  const page = await signInAs("admin");
  const row = page.getByRole("table", { name: "By channel" }).getByRole("row", { name: /^WeChat/ });
  const whole = Number(await row.getByRole("cell").first().textContent());
  const part = Number.parseInt((await row.getByRole("link", { name: / on$/ }).textContent()) ?? "");
  expect(part).toBeLessThan(whole);
  await expect(row).toContainText(`${Math.round((part / whole) * 100)}%`);
  await row.getByRole("link", { name: `${whole - part} off` }).click();
  await expect(page).toHaveURL(/\/channel-accounts\?channel=WeChat&bot=no$/);
  await expect(page.getByRole("table", { name: "Channel accounts" })).toHaveAttribute("aria-rowcount", String(whole - part + 1));
  await page.goBack();
  await row.getByRole("link", { name: `${part} on` }).click();
  await expect(page).toHaveURL(/\/channel-accounts\?channel=WeChat&bot=yes$/);
  await expect(page.getByRole("table", { name: "Channel accounts" })).toHaveAttribute("aria-rowcount", String(part + 1));
});

test("the figures at the top say what asks for attention, and lead to it", async ({ signInAs }) => {
  const page = await signInAs("admin");
  const figure = (name: string) => page.locator(".stat").filter({ has: page.getByRole("link", { name, exact: true }) });
  const value = figure("Enabled without a bot").locator(".stat-value");
  await expect(value).toHaveText(/^[1-9]\d*$/);
  const count = Number(await value.textContent());
  await expect(figure("Last call failed")).toContainText("0");
  await figure("Enabled without a bot").getByRole("link").click();
  await expect(page).toHaveURL(/enabled=yes&bot=no$/);
  await expect(page.getByRole("table", { name: "Channel accounts" })).toHaveAttribute("aria-rowcount", String(count + 1));
});

test("bots that do nothing are counted, and lead to their accounts", async ({ signInAs }) => {
  const page = await signInAs("admin");
  const figure = page.locator(".stat").filter({ has: page.getByRole("link", { name: "Bots that do nothing", exact: true }) });
  await expect(figure.locator(".stat-value")).toHaveText(/^\d+$/);
  const count = Number(await figure.locator(".stat-value").textContent());
  await figure.getByRole("link").click();
  await expect(page).toHaveURL(/enabled=yes&bot=idle$/);
  await expect(page.getByRole("table", { name: "Channel accounts" })).toHaveAttribute("aria-rowcount", String(count + 1));
});

test("an agent sees own tickets and events, and reads nothing else", async ({ signInAs, guard }) => {
  const page = await signInAs("agent");
  const queues = page.getByRole("region", { name: "My tickets" }).getByRole("table", { name: "By queue" });
  await expect(queues.getByRole("row", { name: /^english/ })).toBeVisible();
  await expect(page.getByRole("table", { name: "By type" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Channel accounts" })).toHaveCount(0);
  expect(asked(guard.received, "comm100")).toEqual([]);
  expect(guard.received.filter((answer) => answer.status === 403)).toEqual([]);

  const count = await queues.getByRole("row", { name: /^english/ }).getByRole("cell").last().textContent();
  await queues.getByRole("link", { name: "english" }).click();
  await expect(page).toHaveURL(/\/inbox\?queue=english$/);
  await expect(page.getByRole("table", { name: "Inbox" })).toHaveAttribute("aria-rowcount", String(Number(count) + 1));
});

test.describe("with failing and healthy vendors", () => {
  test.use({ vendors: "upstream" });

  test("one failing vendor blanks no other, and Retry brings it back", async ({ signInAs, upstreams, guard }) => {
    guard.allow(/status of 503/);
    const end = upstreams.comm100.override(() => ({ status: 503, text: "" }));
    const page = await signInAs("admin");
    const accounts = page.getByRole("region", { name: "Channel accounts" });
    await expect(accounts.getByRole("alert")).toContainText("Comm100 reported an error");
    const events = page.getByRole("region", { name: "ACD events" });
    await expect(events.getByRole("table", { name: "Events per day" })).toBeVisible();
    await expect(page.getByRole("main").getByRole("alert")).toHaveCount(1);
    const comm100 = page.getByRole("table", { name: "Vendors" }).getByRole("row", { name: /^Comm100/ });
    await expect(comm100).toContainText("Last call failed");
    await expect(comm100).toContainText("503");

    end();
    await accounts.getByRole("button", { name: "Retry" }).click();
    await expect(accounts.getByRole("table", { name: "By channel" })).toBeVisible();
    await expect(accounts.getByRole("alert")).toHaveCount(0);
  });

  test("a chart without events says so", async ({ signInAs, upstreams }) => {
    upstreams.jtel.override((asked) =>
      asked.path.endsWith("/acd/events") ? { json: { records: [], count: 0, status: 200 } } : undefined,
    );
    const page = await signInAs("agent");
    await expect(page.getByRole("region", { name: "ACD events" })).toContainText("There are no ACD events");
  });
});
