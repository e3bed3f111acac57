// Customers: looked up by each of Sobot's four keys, nobody, trouble, and the way on to an event.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";
import { SAMPLE } from "./upstreams/jtel.mjs";
import { CUSTOMER, TOKEN } from "./upstreams/sobot.mjs";

/** The id of the one-view readme's sample customer; the sandbox's first customer has it. */
const ID = "989899854090030232934sdfdsdf32dd4sdfdsddffdummycustomerid2";

const main = (page: Page) => page.getByRole("main");
const any = (page: Page) => page.getByLabel("Phone, e-mail or ID", { exact: true });
/** By one of the four labelled keys. */
const lookUp = async (page: Page, label: string, value: string) => {
  if (!(await page.getByLabel(label, { exact: true }).isVisible())) await page.getByText("More keys", { exact: true }).click();
  await any(page).fill("");
  for (const other of ["Customer ID", "Phone", "E-mail", "Third-party account ID"]) {
    await page.getByLabel(other, { exact: true }).fill(other === label ? value : "");
  }
  await page.getByRole("button", { name: "Look up" }).click();
};
/** The value beside a term. */
const value = (page: Page, term: string) =>
  main(page).getByRole("term").filter({ hasText: new RegExp(`^${term}$`) }).locator("xpath=following-sibling::dd[1]").locator("bdi");

test.describe("with the sandbox", () => {
  test("each of the four keys finds the same customer; only an ID appears in the URL", async ({ signInAs }) => {
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
    await expect(any(page)).toHaveValue(ID);
  });

  test("one field knows a telephone number, an e-mail address and an ID; the number is in no URL", async ({ signInAs, guard }) => {
    const page = await signInAs("agent", `/customers?id=${ID}`);
    const phone = await value(page, "Phone").innerText();
    const email = await value(page, "E-mail").innerText();
    for (const [key, read] of [[`+${phone.slice(0, 2)} ${phone.slice(2)}`, "phone number"], [email, "e-mail address"], [ID, "customer ID"]] as const) {
      await any(page).fill("nobody-at-all");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("status").filter({ hasText: "No customer" })).toBeVisible();
      await any(page).fill(key);
      await expect(page.getByText(`Looked up as ${read === "phone number" ? "a" : read === "e-mail address" ? "an" : "a"} ${read}.`)).toBeVisible();
      await page.keyboard.press("Enter");
      await expect(value(page, "Customer ID")).toHaveText(ID);
    }
    expect(guard.received.filter(({ url }) => url.includes(phone))).toEqual([]);
  });

  test("the form is as low after a hit as before; empty fields are folded", async ({ signInAs }) => {
    const page = await signInAs("agent", "/customers");
    const form = main(page).locator("form");
    const before = (await form.boundingBox())?.height ?? 0;
    await lookUp(page, "Customer ID", ID);
    await expect(value(page, "Customer ID")).toHaveText(ID);
    await expect(page.getByLabel("Customer ID", { exact: true })).toBeHidden();
    expect((await form.boundingBox())?.height).toBeLessThanOrEqual(before + 1);
  });

  test("a customer found by telephone number is called back in four steps", async ({ signInAs, page }) => {
    await signInAs("agent", `/customers?id=${ID}`);
    const phone = await value(page, "Phone").innerText();
    // The group of the last event is remembered.
    await page.evaluate(() => localStorage.setItem("trunkline.group.demo agent", "235"));
    await page.goto("/customers");
    await any(page).fill(`+${phone}`); // 1
    await page.keyboard.press("Enter"); // 2
    await main(page).getByRole("link", { name: "New callback" }).click(); // 3
    await expect(page.getByLabel("Sender", { exact: true })).toHaveValue(phone);
    await expect(page.getByLabel("Subject", { exact: true })).toHaveValue(/^Call .+ back$/);
    await page.keyboard.press("Control+Enter"); // 4
    await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  });

  test("recent look-ups are kept for the session alone", async ({ signInAs }) => {
    const page = await signInAs("agent", "/customers");
    await any(page).fill(ID);
    await page.keyboard.press("Enter");
    const name = await main(page).getByRole("heading", { level: 2 }).innerText();
    const recent = page.getByRole("group", { name: "Recent look-ups" });
    await expect(recent).toHaveCount(0);
    await any(page).fill("nobody-at-all");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("status").filter({ hasText: "No customer" })).toBeVisible();
    await recent.getByRole("button", { name }).click();
    await expect(value(page, "Customer ID")).toHaveText(ID);
    await page.reload();
    await expect(value(page, "Customer ID")).toHaveText(ID);
    await any(page).fill("nobody-at-all");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("status").filter({ hasText: "No customer" })).toBeVisible();
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(name);
  });

  test("a pasted column is looked up line by line", async ({ signInAs }) => {
    const page = await signInAs("agent", "/customers");
    await page.getByText("Several at once", { exact: true }).click();
    await page.getByLabel("Pasted column", { exact: true }).fill(`${ID}\tfirst\nnobody@example.com\n${ID}\n`);
    await page.getByRole("button", { name: "Look up all" }).click();
    await expect(page.getByText("2 of 2 looked up, 1 found.")).toBeVisible();
    const table = page.getByRole("table", { name: "Several at once" });
    await expect(table.getByRole("row")).toHaveCount(3);
    await expect(table.getByRole("row").nth(2)).toContainText("No customer found");
    await expectAccessible(page);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export CSV" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^customers-\d{4}-\d\d-\d\d\.csv$/);
    // A file of people's data is not in a URL, which would stay in the list of downloads.
    expect(file.url()).toMatch(/^blob:/);
    const [head, found, missing] = (await readFile((await file.path())!, "utf8")).replace("\ufeff", "").split("\r\n");
    expect(head).toBe("Looked up,Name,Phone,E-mail,Customer ID");
    expect(found?.startsWith(`${ID},`) && found.endsWith(`,${ID}`)).toBe(true);
    expect(missing).toBe("nobody@example.com,No customer found,,,");
    await table.getByRole("row").nth(1).getByRole("link").click();
    await expect(page).toHaveURL(`/customers?id=${ID}`);
    await expect(value(page, "Customer ID")).toHaveText(ID);
  });

  test("no match is a result; a missing key is reported at the field and nothing is sent", async ({ signInAs, guard }) => {
    const page = await signInAs("agent", "/customers");
    await page.getByRole("button", { name: "Look up" }).click();
    await expect(any(page)).toHaveAttribute("aria-invalid", "true");
    await expect(any(page)).toBeFocused();
    await expect(main(page).getByText("Fill in at least one field.")).toBeVisible();
    expect(guard.received.filter(({ url }) => url.includes("/api/sobot/"))).toEqual([]);

    await lookUp(page, "E-mail", "nobody@example.com");
    await expect(page.getByRole("status").filter({ hasText: "No customer" })).toBeVisible();
    await expect(main(page).getByRole("alert")).toHaveCount(0);
    await expect(page.getByLabel("E-mail", { exact: true })).toHaveValue("nobody@example.com");
    await expect(page).toHaveURL("/customers");
  });

  test("a network failure keeps the input, and Retry continues", async ({ signInAs, guard }) => {
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

  test("a new callback starts with the number, which appears in no URL", async ({ signInAs, guard }) => {
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

  test("each look-up key is sent as documented", async ({ signInAs, upstreams }) => {
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
    await lookUp(page, "Third-party account ID", CUSTOMER.lineid);
    await expect.poll(() => upstreams.sobot.requests.at(-1)?.query).toEqual({ thirdAccountId: CUSTOMER.lineid });
    // The keys fold once the customer is there.
    await expect(page.getByLabel("Customer ID", { exact: true })).toBeHidden();
    await lookUp(page, "Customer ID", "c-404");
    await expect(page.getByRole("status").filter({ hasText: "No customer" })).toBeVisible();
  });

  test("every documented field is shown", async ({ signInAs }) => {
    const page = await signInAs("agent", "/customers");
    await lookUp(page, "Phone", CUSTOMER.tel);
    await expect(main(page).getByRole("heading", { level: 2, name: "Hugo Dan" })).toBeVisible();
    const shown = {
      "Customer ID": CUSTOMER.id,
      Name: "Hugo Dan",
      Nickname: "Hugo",
      Gender: "Male",
      Phone: CUSTOMER.tel,
      "E-mail": CUSTOMER.email,
      Notes: CUSTOMER.remark,
      "Customer status": "normal",
      Blocked: "No",
      "VIP customer": "Yes",
      "VIP level": "gold",
      "VIP level name": "Gold customer",
      Owner: "Ada Kern",
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
  });

  test.describe("with names for custom fields", () => {
    test.use({ settings: { toml: 'demo_users = true\n[vendors.sobot.custom_fields]\n1607394835 = "Loyalty"\n' } });

    test("custom fields have the operator's names", async ({ signInAs }) => {
      const page = await signInAs("agent", "/customers");
      await any(page).fill(CUSTOMER.tel);
      await page.keyboard.press("Enter");
      await expect(value(page, "Loyalty")).toHaveText("Loyalty number 42");
      // A field without a name is shown by its ID.
      await expect(value(page, "1607394836")).toHaveText("7");
    });
  });

  test("the events of a customer are listed", async ({ signInAs, upstreams }) => {
    upstreams.jtel.events.push({ ...SAMPLE, ID: 3001, AcdEventTypesID: 3, Sender: CUSTOMER.tel, Subject: "Called yesterday" });
    const page = await signInAs("agent", "/customers");
    await any(page).fill(CUSTOMER.tel);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Show events" }).click();
    await main(page).getByRole("link", { name: "Called yesterday" }).click();
    await expect(page).toHaveURL("/events/3001");
  });

  test("a vendor's refusal is shown in its words", async ({ signInAs, upstreams }) => {
    upstreams.sobot.override(() => ({ json: { ret_code: "900002", ret_msg: "token expired" } }));
    const page = await signInAs("agent", "/customers?id=c-1001");
    await expect(main(page).getByRole("alert")).toContainText("token expired");
    await expect(main(page).getByRole("button", { name: "Retry" })).toBeVisible();
  });
});
