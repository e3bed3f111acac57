// The customer beside the open ticket: looked up by what the ticket holds, once, and never while an agent leafs through.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";
import { AGENT, ticket } from "./upstreams/oneview.mjs";
import { CUSTOMER } from "./upstreams/sobot.mjs";

const card = (page: Page) => page.getByRole("region", { name: "Customer", exact: true });
const pane = (page: Page) => page.getByRole("region", { name: "Ticket", exact: true });
const hugo = { id: CUSTOMER.id, firstName: "Hugo", lastName: "Dan" };

test.use({ vendors: "upstream" });

test.describe("on a wide screen", () => {
  test.use({ viewport: { width: 1600, height: 900 } });

  test("it stands beside list and ticket: name, number, VIP, tags, other tickets", async ({ signInAs, upstreams, guard }) => {
    const { tickets } = upstreams.oneview;
    tickets[0] = ticket({ customer: hugo });
    tickets.push(ticket({ id: "other", customer: hugo, metadata: { ccr: "refund" } }), ticket({ id: "third", customer: { id: "x" } }));
    const page = await signInAs("agent", `/inbox/${AGENT}`);
    await expect(card(page).getByRole("heading", { name: "Hugo Dan", exact: true })).toBeVisible();
    for (const text of [CUSTOMER.tel, CUSTOMER.email, CUSTOMER.remark, "VIP: Gold customer", "Bikes", "South", "Ada Kern", "1 other ticket"]) {
      await expect(card(page).getByText(text, { exact: true }), text).toBeVisible();
    }
    await expectAccessible(page);
    const [list, middle, side] = [page.getByRole("table", { name: "Inbox" }), pane(page), card(page)];
    const [a, b, c] = [await list.boundingBox(), await middle.boundingBox(), await side.boundingBox()];
    expect(a!.x + a!.width).toBeLessThanOrEqual(b!.x);
    expect(b!.x + b!.width).toBeLessThanOrEqual(c!.x);
    expect(upstreams.sobot.requests).toHaveLength(1);
    await card(page).getByRole("link", { name: "refund" }).click();
    await expect(page).toHaveURL("/inbox/other");
    await expect(card(page).getByRole("heading", { name: "Hugo Dan", exact: true })).toBeVisible();
    // The same customer is not asked for again, and nothing personal is in a URL.
    expect(upstreams.sobot.requests).toHaveLength(1);
    expect(guard.received.filter(({ url }) => url.includes(CUSTOMER.tel) || url.includes("example.com"))).toEqual([]);
  });

  test("nobody found is an answer; an error has a Retry", async ({ signInAs, upstreams, guard }) => {
    guard.allow(/Failed to load resource/);
    upstreams.oneview.tickets[0] = ticket({ customer: { id: "nobody" } });
    upstreams.oneview.tickets.push(ticket({ id: "other", customer: hugo }));
    const page = await signInAs("agent", `/inbox/${AGENT}`);
    await expect(card(page).getByText("No customer found")).toBeVisible();
    await expect(card(page).getByRole("alert")).toHaveCount(0);
    const restore = upstreams.sobot.override(() => ({ json: { ret_code: "900002", ret_msg: "token expired" } }));
    await page.goto("/inbox/other");
    await expect(card(page).getByRole("alert")).toContainText("token expired");
    restore();
    await card(page).getByRole("button", { name: "Retry" }).click();
    await expect(card(page).getByRole("heading", { name: "Hugo Dan", exact: true })).toBeVisible();
  });

  test("without a customer's ID the number in the content finds them; a ticket without any says so", async ({ signInAs, upstreams }) => {
    upstreams.oneview.tickets[0] = ticket({ customer: { firstName: "Hugo" }, content: { visitor: { phone: CUSTOMER.tel } } });
    upstreams.oneview.tickets.push(ticket({ id: "bare", customer: undefined }));
    const page = await signInAs("agent", `/inbox/${AGENT}`);
    await expect(card(page).getByText(CUSTOMER.email, { exact: true })).toBeVisible();
    await page.goto("/inbox/bare");
    await expect(card(page).getByText("This ticket names no customer.")).toBeVisible();
  });

  test("leafing through tickets looks nobody up", async ({ signInAs, upstreams }) => {
    const { tickets } = upstreams.oneview;
    tickets.splice(0, 1, ...Array.from({ length: 12 }, (_, at) => ticket({ id: `t${at}`, priority: 1, customer: { id: at === 11 ? CUSTOMER.id : `c${at}`, firstName: `N${at}` } })));
    const page = await signInAs("agent", "/inbox/t0");
    await expect(card(page).getByText("No customer found")).toBeVisible();
    // As j does, but faster than any person: each is open for less than the pause.
    await page.evaluate(async () => {
      for (let at = 1; at < 12; at += 1) {
        document.querySelector<HTMLAnchorElement>(`main a[href="/inbox/t${at}"]`)!.click();
        await new Promise((done) => requestAnimationFrame(done));
      }
    });
    await expect(card(page).getByRole("heading", { name: "Hugo Dan", exact: true })).toBeVisible();
    const ids = upstreams.sobot.requests.map(({ query }) => query.id);
    expect(ids.length).toBeLessThanOrEqual(4);
    expect(ids.at(-1)).toBe(CUSTOMER.id);
  });
});

test("on a smaller screen it is folded below the ticket, with the name", async ({ signInAs, upstreams }) => {
  upstreams.oneview.tickets[0] = ticket({ customer: hugo });
  const page = await signInAs("agent", `/inbox/${AGENT}`);
  const fold = card(page).getByRole("button", { name: /^Customer\s*Hugo Dan$/ });
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  await expect(card(page).getByText(CUSTOMER.tel, { exact: true })).toBeHidden();
  await fold.click();
  await expect(card(page).getByText(CUSTOMER.tel, { exact: true })).toBeVisible();
  await expectAccessible(page);
});
