// External APIs: defined with a secret header, tested against a server on loopback, edited, removed.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { expect, test as base } from "./support/test";
import { start } from "./upstreams/http.mjs";

const SECRET = "Bearer crm-secret-71b0";
type Target = Awaited<ReturnType<typeof start>>;

/** A customer's own system. It echoes what it was sent, the secret too: a browser must not get to see that. */
const test = base.extend<{ target: Target }>({
  target: async ({}, use) => {
    const server = await start((asked) => {
      if (asked.path === "/broken") return { status: 503, text: "<h1>out of order</h1>", type: "text/html" };
      if (asked.path !== "/vip") return undefined;
      const sent = asked.method === "GET" ? asked.query : Object.fromEntries(new URLSearchParams(asked.text));
      return { json: { data: { items: [{ vipLevel: "gold", tel: sent.tel }] }, echo: asked.headers["x-api-key"] } };
    });
    await use(server);
    await server.close();
  },
});

const main = (page: Page) => page.getByRole("main");
const group = (page: Page, name: string) => page.getByRole("group", { name });
const saved = (page: Page) => page.getByRole("status").filter({ hasText: "Saved" });
const outputs = (page: Page) => page.getByRole("table", { name: "Outputs" });
const row = (table: Locator, name: string) => table.getByRole("row").filter({ has: table.page().getByRole("rowheader", { name, exact: true }) });

/** Fills the form of the customer's system in and saves. */
async function define(page: Page, url: string): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill("VIP level");
  await page.getByLabel("URL", { exact: true }).fill(url);
  await page.getByRole("button", { name: "Add header" }).click();
  await page.getByLabel("Header name").fill("X-Api-Key");
  await page.getByLabel("Secret").check();
  await page.getByLabel("Header value").fill(SECRET);
  await page.getByRole("button", { name: "Add request parameter" }).click();
  await page.getByLabel("Parameter name").fill("tel");
  await page.getByLabel("Default value").fill("49199123456789");
  await page.getByLabel("Required").check();
  await page.getByRole("button", { name: "Add output parameter" }).click();
  await page.getByLabel("Output name").fill("level");
  await page.getByLabel("Path").fill("data.items.0.vipLevel");
  await page.getByRole("button", { name: "Add output parameter" }).click();
  await page.getByLabel("Output name").nth(1).fill("nothing");
  await page.getByLabel("Path").nth(1).fill("data.items.7.vipLevel");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(saved(page)).toBeVisible();
  await expect(page).toHaveURL(/\/external-apis\/[0-9a-f-]{36}$/);
}

test.describe("where the operator allows private addresses", () => {
  test.use({ settings: { toml: "[external_apis]\nallow_private = true\n" } });

  const result = (page: Page) => page.getByRole("region", { name: "Result" });
  const history = (page: Page) => page.getByRole("table", { name: "Test history" });
  const runTest = (page: Page) => page.getByRole("button", { name: "Test", exact: true });

  /** The secret has reached the browser in no response. */
  test.afterEach(({ guard }) => {
    for (const { url, body } of guard.received) expect(body.includes("crm-secret-71b0"), url).toBe(false);
  });

  test("a new definition is tested, and its outputs are read", async ({ signInAs, target }) => {
    test.slow();
    const page = await signInAs("admin", "/external-apis");
    await expect(main(page).getByRole("heading", { level: 1, name: "External APIs" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "New external API" }).click();
    await expect(main(page).getByRole("heading", { level: 1, name: "New external API" })).toBeVisible();
    await define(page, `${target.url}/vip`);
    await expect(main(page).getByRole("heading", { level: 1, name: "VIP level" })).toBeVisible();

    await expect(page.getByLabel("tel", { exact: true })).toHaveValue("49199123456789");
    await runTest(page).click();
    await expect(row(outputs(page), "level")).toContainText("gold");
    await expect(row(outputs(page), "nothing")).toContainText("not found");
    expect(target.last("GET", "/vip")).toMatchObject({ query: { tel: "49199123456789" }, headers: { "x-api-key": SECRET } });
    await expect(result(page)).toContainText("Status200");
    await expect(result(page)).toContainText(/\d ms/);
    await expect(result(page).locator("pre").first()).toContainText('"vipLevel": "gold"');
    await expect(history(page).getByRole("row")).toHaveCount(2);
    await expectAccessible(page);
  });

  test("input for the next test survives a result, and the history opens older ones", async ({ signInAs, target }) => {
    const page = await signInAs("admin", "/external-apis/new");
    await define(page, `${target.url}/vip`);
    await runTest(page).click();
    await expect(history(page).getByRole("row")).toHaveCount(2);
    await page.getByLabel("tel", { exact: true }).fill("4930111");
    await runTest(page).click();
    await expect.poll(() => target.last("GET", "/vip")?.query).toEqual({ tel: "4930111" });
    await expect(history(page).getByRole("row")).toHaveCount(3);
    await expect(page.getByLabel("tel", { exact: true })).toHaveValue("4930111");
    await history(page).getByRole("link").last().click();
    await expect(result(page).locator("pre").first()).toContainText("49199123456789");
  });

  test("an edit keeps the secret header", async ({ signInAs, target }) => {
    const page = await signInAs("admin", "/external-apis/new");
    await define(page, `${target.url}/vip`);
    await page.getByRole("link", { name: "Edit", exact: true }).click();
    await expect(main(page).getByRole("heading", { level: 1, name: "Edit external API" })).toBeVisible();
    await expect(page.getByLabel("Header value")).toHaveValue("••••••••");
    await expectAccessible(page);
    await page.getByLabel("Name", { exact: true }).fill("VIP level by form");
    await page.getByLabel("Method").selectOption("POST");
    await expect(page.getByLabel("Body format")).toHaveValue("form");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(main(page).getByRole("heading", { level: 1, name: "VIP level by form" })).toBeVisible();
    await runTest(page).click();
    await expect.poll(() => target.last("POST", "/vip")?.text).toBe("tel=49199123456789");
    expect(target.last("POST", "/vip")?.headers["x-api-key"]).toBe(SECRET);
    await expect(row(outputs(page), "level")).toContainText("gold");
  });

  test("the list shows the last test, and a removed definition is gone", async ({ signInAs, target }) => {
    const page = await signInAs("admin", "/external-apis/new");
    await define(page, `${target.url}/vip`);
    await runTest(page).click();
    await expect(history(page).getByRole("row")).toHaveCount(2);
    await page.goto("/external-apis");
    const list = page.getByRole("table", { name: "External APIs" });
    await expect(list.getByRole("row")).toHaveCount(2);
    await expect(list).toContainText(/200.*ms/);
    await page.getByRole("searchbox").fill("no such thing");
    await expect(main(page).getByText("No matching external APIs")).toBeVisible();
    await page.getByRole("searchbox").fill("level");
    await list.getByRole("link", { name: "VIP level", exact: true }).click();
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await expect(page).toHaveURL("/external-apis");
    await expect(main(page).getByText("No external APIs yet")).toBeVisible();
  });

  test("an unsuccessful response is shown, and markup as text", async ({ signInAs, target }) => {
    const page = await signInAs("admin", "/external-apis/new");
    await page.getByLabel("Name", { exact: true }).fill("Broken");
    await page.getByLabel("URL", { exact: true }).fill(`${target.url}/broken`);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: "Test", exact: true }).click();
    const result = page.getByRole("region", { name: "Result" });
    await expect(result).toContainText("503");
    await expect(result.locator("pre").first()).toHaveText("<h1>out of order</h1>");
  });
});

test("elsewhere a private address is refused in words", async ({ signInAs, target }) => {
  const page = await signInAs("admin", "/external-apis/new");
  await define(page, `${target.url}/vip`);
  await page.getByRole("button", { name: "Test", exact: true }).click();
  const result = page.getByRole("region", { name: "Result" });
  await expect(result).toContainText("Trunkline may not call private addresses.");
  await expect(result).toContainText("No response");
  await expect(row(outputs(page), "level")).toContainText("not found");
  expect(target.requests).toEqual([]);
});

test("errors are reported at each row's field, and nothing is sent", async ({ signInAs, guard }) => {
  const page = await signInAs("admin", "/external-apis/new");
  await page.getByLabel("URL", { exact: true }).fill("ftp://example.com");
  await page.getByRole("button", { name: "Add header" }).click();
  await page.getByRole("button", { name: "Add header" }).click();
  await page.getByLabel("Header name").first().fill("X-One");
  await page.getByLabel("Header name").nth(1).fill("x-one");
  await page.getByRole("button", { name: "Add request parameter" }).click();
  await page.getByLabel("Parameter name").fill("count");
  await page.getByLabel("Type").selectOption("integer");
  await page.getByLabel("Default value").fill("many");
  await page.getByRole("button", { name: "Add output parameter" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  const invalid = [
    page.getByLabel("Name", { exact: true }),
    page.getByLabel("URL", { exact: true }),
    page.getByLabel("Header name").nth(1),
    page.getByLabel("Default value"),
    page.getByLabel("Output name"),
    page.getByLabel("Path"),
  ];
  for (const field of invalid) await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator('[aria-invalid="true"]')).toHaveCount(invalid.length);
  // The doubled row goes, and its problem with it.
  await group(page, "Headers").getByRole("button", { name: "Remove row 2" }).click();
  await expect(page.getByLabel("Header name")).not.toHaveAttribute("aria-invalid", "true");
  expect(guard.received.filter(({ method }) => method !== "GET").map(({ url }) => new URL(url).pathname)).toEqual([]);
});

test("an unknown definition shows Not found; agents are refused", async ({ signInAs, guard }) => {
  guard.allow(/404|403/);
  const page = await signInAs("admin", "/external-apis/00000000-0000-0000-0000-000000000000");
  await expect(main(page).getByRole("heading", { level: 1, name: /not found/i })).toBeVisible();
  await signInAs("agent", "/external-apis");
  await expect(main(page).getByRole("heading", { level: 1, name: "External APIs" })).toBeVisible();
  await expect(main(page).getByText("Your role doesn't include this page.")).toBeVisible();
});

test("without a gateway the page says that it needs one", async ({ page }) => {
  const base = Object.fromEntries(["comm100", "jtel", "oneview", "sobot", "digital99"].map((key) => [key, `/api/${key}`]));
  await page.route("**/config.json", (route) => route.fulfill({ json: { base, session: null } }));
  for (const path of ["/external-apis", "/external-apis/new"]) {
    await page.goto(path);
    await expect(main(page).getByText("This page needs the Trunkline gateway")).toBeVisible();
  }
});
