// The vendor account: chosen, renamed, disabled; only what changed is sent.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";
import { ACCESS_TOKEN, CLIENT_ID, CLIENT_SECRET } from "./upstreams/digital99.mjs";

const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();
const saved = (page: Page) => expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();

test("one of several accounts is selected and renamed, and keeps its name after a restart", async ({ signInAs, server }) => {
  const page = await signInAs("admin", "/account");
  await expect(page.getByRole("heading", { level: 1, name: "Account" })).toBeVisible();
  await expect(page.getByText("Sandbox", { exact: true })).toBeVisible();
  await expect(field(page, "Account")).toHaveValue("");

  // A list with the state of each.
  await expect(field(page, "Account").getByRole("option", { name: /^(?!Choose)/ })).toHaveText([/· Active$/, /· Disabled$/]);

  await save(page);
  await expect(field(page, "Account")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, "Account")).toBeFocused();

  await field(page, "Account").selectOption("8@online");
  await expect(page).toHaveURL(/\/account\?account=8%40online$/);
  await expectAccessible(page);
  await field(page, "Account name").fill("Blue Harbour Support");
  await save(page);
  await saved(page);
  await expect(field(page, "Account").getByRole("option", { name: "Blue Harbour Support (8, online)" })).toBeAttached();

  await server.restart();
  await page.reload();
  await expect(field(page, "Account")).toHaveValue("8@online");
  await expect(field(page, "Account name")).toHaveValue("Blue Harbour Support");
});

test("invalid values are reported at their fields; leaving with unsaved ones asks first", async ({ signInAs, guard }) => {
  const page = await signInAs("admin", "/account?account=8%40online");
  await expect(field(page, "Account name")).not.toHaveValue("");
  await field(page, "Account name").fill(" ");
  await field(page, "Builder URL").fill("builder.example");
  await save(page);
  await expect(field(page, "Account name")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, "Account name")).toBeFocused();
  await expect(field(page, "Builder URL")).toHaveAttribute("aria-invalid", "true");
  expect(guard.received.filter((answer) => answer.method === "POST" && answer.url.includes("digital99"))).toEqual([]);

  page.once("dialog", (dialog) => dialog.dismiss());
  await page.getByRole("link", { name: "Customers" }).click();
  await expect(field(page, "Builder URL")).toHaveValue("builder.example");
});

test.describe("against 99digital", () => {
  test.use({ vendors: "upstream" });

  test("the only account is selected at once; only changed fields are sent", async ({ signInAs, upstreams }) => {
    const { digital99 } = upstreams;
    const updates = () => digital99.requests.filter((asked) => asked.path.endsWith("/online/updateAccount"));
    const page = await signInAs("admin", "/account");
    await expect(field(page, "Account")).toHaveValue("8@online");
    await expect(field(page, "Account name")).toHaveValue("account name");
    await expect(field(page, "Builder URL")).toHaveValue("");

    await save(page);
    await expect(page.getByRole("status").filter({ hasText: "No changes to save" })).toBeVisible();
    expect(updates()).toEqual([]);

    await field(page, "Account name").fill("My Account");
    await save(page);
    await saved(page);
    expect(updates().at(-1)).toMatchObject({
      method: "POST",
      path: "/api/online/updateAccount",
      headers: { authorization: `Bearer ${ACCESS_TOKEN}` },
      json: { account_id: 8, server: "online", account_name: "My Account" },
    });
    expect(digital99.last("POST", "/settings/accessToken")?.json).toEqual({ client_id: CLIENT_ID, client_secret: CLIENT_SECRET });
    // Only the answer to a change has the builder URL; from then on it can be emptied.
    await expect(field(page, "Builder URL")).toHaveValue("https://builder..");
    await field(page, "Builder URL").fill("");
    await save(page);
    await expect.poll(() => updates().at(-1)?.json).toEqual({ account_id: 8, server: "online", builder_url: "" });
    expect(updates()).toHaveLength(2);
  });

  test("the request is shown before it goes, and the answer beside what was asked", async ({ signInAs, upstreams }) => {
    const { digital99 } = upstreams;
    const page = await signInAs("admin", "/account");
    await expect(field(page, "Account name")).toHaveValue("account name");
    await page.getByText("The request that Save sends").click();
    await expect(page.getByText("No changes to save.")).toBeVisible();
    await field(page, "Account name").fill("My Account");
    await expect(page.locator("details pre")).toContainText('"account_name": "My Account"');
    // The vendor says OK and keeps the old name.
    const end = digital99.override((asked) =>
      asked.path.endsWith("/updateAccount")
        ? { json: { status: "OK", reason: 1, account_id: 8, server: "online", account_name: "account name", account_status: 1 } }
        : undefined,
    );
    await save(page);
    const answer = page.getByRole("table", { name: "What 99digital answered" });
    await expect(answer.getByRole("row").nth(1)).toContainText("My Account");
    await expect(answer.getByRole("row").nth(1)).toContainText("account name Different");
    end();
    await expectAccessible(page);
  });

  test("disabling requires typing the account's name", async ({ signInAs, upstreams }) => {
    const { digital99 } = upstreams;
    const page = await signInAs("admin", "/account");
    await expect(field(page, "Account status")).toHaveValue("active");
    await field(page, "Account status").selectOption({ label: "Disabled" });
    await save(page);
    const dialog = page.getByRole("dialog", { name: "Disable “account name”?" });
    await dialog.getByRole("textbox").fill("Account name");
    await dialog.getByRole("button", { name: "Disable account" }).click();
    await expect(dialog.getByRole("textbox")).toHaveAttribute("aria-invalid", "true");
    expect(digital99.last("POST", "/online/updateAccount")).toBeUndefined();

    await dialog.getByRole("textbox").fill("account name");
    await dialog.getByRole("button", { name: "Disable account" }).click();
    await saved(page);
    await expect(dialog).toBeHidden();
    expect(digital99.last("POST", "/online/updateAccount")?.json).toEqual({ account_id: 8, server: "online", account_status: 0 });
    expect(digital99.account.status).toBe(0);
    await expect(field(page, "Account status")).toHaveValue("disabled");
  });

  test("a refusal shows its reason in words and keeps the input", async ({ signInAs, upstreams }) => {
    const { digital99 } = upstreams;
    const page = await signInAs("admin", "/account");
    await expect(field(page, "Account")).toHaveValue("8@online");
    await field(page, "Account name").fill("Renamed");
    const end = digital99.override((asked) =>
      asked.path.endsWith("/updateAccount") ? { json: { status: "FAIL", reason: 34 } } : undefined,
    );
    await save(page);
    const alert = page.getByRole("main").getByRole("alert");
    await expect(alert).toContainText("The server is not valid (reason 34).");
    await expect(field(page, "Account name")).toHaveValue("Renamed");
    end();
    await save(page);
    await saved(page);
    await expect(alert).toBeHidden();
    expect(digital99.account.account_name).toBe("Renamed");
  });

  test("without the list the account's name is typed", async ({ signInAs, upstreams, guard }) => {
    const { digital99 } = upstreams;
    const end = digital99.override((asked) =>
      asked.path.endsWith("/getAccounts") ? { json: { status: "FAIL", reason: 2 } } : undefined,
    );
    const page = await signInAs("admin", "/account");
    await expect(page.getByRole("main").getByRole("alert")).toContainText("reason 2");
    await save(page);
    await expect(field(page, "Account ID")).toBeFocused();
    await expect(field(page, "Server")).toHaveAttribute("aria-invalid", "true");

    await field(page, "Account ID").fill("8");
    await field(page, "Server").fill("online");
    await field(page, "Account name").fill("Typed");
    await save(page);
    await saved(page);
    expect(digital99.last("POST", "/online/updateAccount")?.json).toEqual({ account_id: 8, server: "online", account_name: "Typed" });
    await expect(field(page, "Account status")).toHaveValue("active");

    await field(page, "Account name").fill("Typed again");
    end();
    await page.getByRole("button", { name: "Retry" }).click();
    await expect(field(page, "Account")).toHaveValue("8@online");
    await expect(field(page, "Account name")).toHaveValue("Typed again");
    expect(guard.received.some((answer) => answer.url.includes("accessToken"))).toBe(false);
  });
});

test("an agent sees that the page is not available to the role", async ({ signInAs, guard }) => {
  const page = await signInAs("agent", "/account");
  await expect(page.getByRole("heading", { level: 1, name: "Account" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Your role doesn't include this page");
  expect(guard.received.filter((answer) => answer.url.includes("digital99"))).toEqual([]);
});
