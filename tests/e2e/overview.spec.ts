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
  await expect(vendors.getByRole("row", { name: /^Sobot Not asked yet/ })).toBeVisible();
  await expectAccessible(page);
  // The overview spends one call a list, whatever asks for it, and none that the role may not send.
  expect(asked(guard.received, "oneview")).toEqual([]);
  expect(asked(guard.received, "comm100")).toEqual(["/api/comm100/ticketing/channelAccounts"]);
  expect(asked(guard.received, "jtel").filter((path) => path.endsWith("/acd/events"))).toHaveLength(1);

  const count = await channels.getByRole("row", { name: /^WeChat/ }).getByRole("cell").last().textContent();
  await channels.getByRole("link", { name: "WeChat" }).click();
  await expect(page).toHaveURL(/\/channel-accounts\?channel=WeChat$/);
  await expect(page.getByRole("table", { name: "Channel accounts" })).toHaveAttribute("aria-rowcount", String(Number(count) + 1));
});

test("the bot's share leads to the accounts with a bot", async ({ signInAs }) => {
  const page = await signInAs("admin");
  const row = page.getByRole("table", { name: "Bot on" }).getByRole("row", { name: /^WeChat/ });
  const [part, whole] = ((await row.getByRole("cell").last().textContent()) ?? "").split(" of ").map(Number);
  expect(part).toBeLessThan(whole ?? 0);
  await expect(row).toContainText(`${Math.round(((part ?? 0) / (whole ?? 1)) * 100)} %`);
  await row.getByRole("link", { name: "WeChat" }).click();
  await expect(page).toHaveURL(/\/channel-accounts\?channel=WeChat&bot=yes$/);
  await expect(page.getByRole("table", { name: "Channel accounts" })).toHaveAttribute("aria-rowcount", String((part ?? 0) + 1));
});

test("an agent sees the own tickets and the events, and asks for nothing else", async ({ signInAs, guard }) => {
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

test.describe("with vendors that answer or don't", () => {
  test.use({ vendors: "upstream" });

  test("one failing vendor blanks no other, and Retry brings it back", async ({ signInAs, upstreams, guard }) => {
    guard.allow(/status of 503/);
    const end = upstreams.comm100.override(() => ({ status: 503, text: "" }));
    const page = await signInAs("admin");
    const accounts = page.getByRole("region", { name: "Channel accounts" });
    await expect(accounts.getByRole("alert")).toContainText("Comm100 failed");
    const events = page.getByRole("region", { name: "ACD events" });
    await expect(events.getByRole("table", { name: "By type" })).toBeVisible();
    await expect(page.getByRole("main").getByRole("alert")).toHaveCount(1);
    const comm100 = page.getByRole("table", { name: "Vendors" }).getByRole("row", { name: /^Comm100/ });
    await expect(comm100).toContainText("Failing");
    await expect(comm100).toContainText("503");

    end();
    await accounts.getByRole("button", { name: "Retry" }).click();
    await expect(accounts.getByRole("table", { name: "By channel" })).toBeVisible();
    await expect(accounts.getByRole("alert")).toHaveCount(0);
  });

  test("no event says so", async ({ signInAs, upstreams }) => {
    upstreams.jtel.override((asked) =>
      asked.path.endsWith("/acd/events") ? { json: { records: [], count: 0, status: 200 } } : undefined,
    );
    const page = await signInAs("agent");
    await expect(page.getByRole("region", { name: "ACD events" })).toContainText("There are no ACD events");
  });
});
