// Customers: looked up by each of Sobot's four keys, nobody, trouble, and the way on to an event.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";
import { CUSTOMER, TOKEN } from "./upstreams/sobot.mjs";

/** The id of the one-view readme's sample customer; the sandbox's first customer has it. */
const ID = "989899854090030232934sdfdsdf32dd4sdfdsddffdummycustomerid2";

const main = (page: Page) => page.getByRole("main");
const lookUp = async (page: Page, label: string, value: string) => {
  for (const other of ["Customer ID", "Phone", "E-mail", "Third-party account ID"]) {
    await page.getByLabel(other, { exact: true }).fill(other === label ? value : "");
  }
  await page.getByRole("button", { name: "Look up" }).click();
};
/** The value beside a term. */
const value = (page: Page, term: string) =>
  main(page).getByRole("term").filter({ hasText: new RegExp(`^${term}$`) }).locator("xpath=following-sibling::dd[1]").locator("bdi");

test.describe("with the sandbox", () => {
  test("each of the four keys finds the same customer; only an ID stands in the URL", async ({ signInAs }) => {
    const page = await signInAs("agent", "/customers");
    await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
    await expectAccessible(page);

    await lookUp(page, "Customer ID", ID);
    await expect(value(page, "Customer ID")).toHaveText(ID);
    await expect(page).toHaveURL(`/customers?id=${ID}`);
    const name = await main(page).getByRole("heading", { level: 2 }).innerText();
    const phone = await value(page, "Phone").innerText();
    const email = await value(page, "E-mail").innerText();
    // The sample customer's first third-party account is the partner ID.
    const third = await value(page, "Partner ID").innerText();
    await expectAccessible(page);

    for (const [label, key] of [["Phone", `+${phone.slice(0, 2)} ${phone.slice(2)}`], ["E-mail", email.toUpperCase()], ["Third-party account ID", third]] as const) {
      await lookUp(page, "Customer ID", "nobody-at-all");
      await expect(page.getByRole("status").filter({ hasText: "No customer" })).toBeVisible();
      await lookUp(page, label, key);
      await expect(main(page).getByRole("heading", { level: 2, name })).toBeVisible();
      await expect(value(page, "Customer ID")).toHaveText(ID);
      await expect(page).toHaveURL("/customers");
    }
  });

  test("an ID in the URL is looked up at once", async ({ signInAs }) => {
    const page = await signInAs("admin", `/customers?id=${ID}`);
    await expect(value(page, "Customer ID")).toHaveText(ID);
    await expect(page.getByLabel("Customer ID", { exact: true })).toHaveValue(ID);
  });

  test("nobody is an answer, no key is said at the field, and nothing is sent", async ({ signInAs, guard }) => {
    const page = await signInAs("agent", "/customers");
    await page.getByRole("button", { name: "Look up" }).click();
    await expect(page.getByLabel("Customer ID", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel("Customer ID", { exact: true })).toBeFocused();
    await expect(main(page).getByText("Enter at least one of the fields.")).toBeVisible();
    expect(guard.received.filter(({ url }) => url.includes("/api/sobot/"))).toEqual([]);

    await lookUp(page, "E-mail", "nobody@example.com");
    await expect(page.getByRole("status").filter({ hasText: "No customer" })).toBeVisible();
    await expect(main(page).getByRole("alert")).toHaveCount(0);
    await expect(page.getByLabel("E-mail", { exact: true })).toHaveValue("nobody@example.com");
    await expect(page).toHaveURL("/customers");
  });

  test("a network failure keeps what was typed, and Retry goes on", async ({ signInAs, guard }) => {
    guard.allow(/ERR_FAILED|Failed to load resource/);
    const page = await signInAs("agent", "/customers");
    await page.route("**/api/sobot/customer/query", (route) => route.abort());
    await lookUp(page, "Customer ID", ID);
    // A look-up changes nothing: nobody has to wonder whether it arrived.
    await expect(main(page).getByRole("alert")).toContainText("No connection");
    await expect(page.getByLabel("Customer ID", { exact: true })).toHaveValue(ID);
    await page.unroute("**/api/sobot/customer/query");
    await main(page).getByRole("button", { name: "Retry" }).click();
    await expect(value(page, "Customer ID")).toHaveText(ID);
    await expect(main(page).getByRole("alert")).toHaveCount(0);
  });

  test("a new callback starts with the number, which stands in no URL", async ({ signInAs, guard }) => {
    const page = await signInAs("agent", `/customers?id=${ID}`);
    const phone = await value(page, "Phone").innerText();
    await main(page).getByRole("link", { name: "New callback" }).click();
    await expect(page).toHaveURL("/events/new?type=3");
    await expect(page.getByLabel("Type", { exact: true })).toHaveValue("3");
    await expect(page.getByLabel("Sender", { exact: true })).toHaveValue(phone);
    expect(guard.received.filter(({ url }) => url.includes(phone))).toEqual([]);
  });
});

test.describe("with an upstream", () => {
  test.use({ vendors: "upstream" });

  test("every documented field is shown, and the vendor is asked as its page says", async ({ signInAs, upstreams }) => {
    const page = await signInAs("agent", "/customers");
    await lookUp(page, "Phone", CUSTOMER.tel);
    await expect(main(page).getByRole("heading", { level: 2, name: "Hugo Dan" })).toBeVisible();
    expect(upstreams.sobot.requests).toHaveLength(1);
    expect(upstreams.sobot.requests[0]).toMatchObject({
      method: "GET",
      path: "/customer",
      query: { tel: CUSTOMER.tel },
      headers: { token: TOKEN },
      text: "",
    });
    const shown = {
      "Customer ID": CUSTOMER.id,
      Name: "Hugo Dan",
      Nickname: "Hugo",
      Sex: "Male",
      Phone: CUSTOMER.tel,
      "E-mail": CUSTOMER.email,
      Remark: CUSTOMER.remark,
      "Customer status": "normal",
      "On the blacklist": "No",
      "VIP customer": "Yes",
      "VIP level": "gold",
      "VIP level name": "Gold customer",
      "Responsible agent": "Ada Kern",
      Company: "Dan & Co",
      Source: "Web chat",
      Country: "Germany",
      Province: "Bavaria",
      City: "Munich",
      "Partner ID": "partner-7",
      "WeChat union ID": "union-7",
      "WeChat open ID": "open-7",
      "WeCom external user ID": "external-7",
      WhatsApp: "whatsapp-7",
      Facebook: "facebook-7",
      Instagram: "instagram-7",
      LINE: "line-7",
      Telegram: "telegram-7",
      Discord: "discord-7",
      "Visitor IDs": "v1,v2",
      "Tag IDs": "11,12",
      "1607394835": "Loyalty number 42",
      "1607394836": "7",
    };
    for (const [term, words] of Object.entries(shown)) await expect(value(page, term), term).toHaveText(words);
    for (const tag of ["Bikes", "South", "VIP: Gold customer"]) await expect(main(page).getByText(tag, { exact: true })).toBeVisible();

    await lookUp(page, "Third-party account ID", CUSTOMER.lineid);
    await expect.poll(() => upstreams.sobot.requests.at(-1)?.query).toEqual({ thirdAccountId: CUSTOMER.lineid });
    await lookUp(page, "Customer ID", "c-404");
    await expect(page.getByRole("status").filter({ hasText: "No customer" })).toBeVisible();
  });

  test("what the vendor refuses is said in its words", async ({ signInAs, upstreams }) => {
    upstreams.sobot.override(() => ({ json: { ret_code: "900002", ret_msg: "token expired" } }));
    const page = await signInAs("agent", "/customers?id=c-1001");
    await expect(main(page).getByRole("alert")).toContainText("token expired");
    await expect(main(page).getByRole("button", { name: "Retry" })).toBeVisible();
  });
});
