// External APIs: a curl command becomes a tested definition; kinds of authentication; outputs picked from the response;
// differences between tests; export and import.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { expect, test as base } from "./support/test";
import { start } from "./upstreams/http.mjs";

const SECRET = "curl-secret-9c41";
type Target = Awaited<ReturnType<typeof start>>;

/** A customer's own system. It echoes the credentials: a browser must not get to see them. */
const test = base.extend<{ target: Target }>({
  target: async ({}, use) => {
    let calls = 0;
    const server = await start((asked) => {
      if (asked.path === "/token") return { json: { access_token: "t0ken-of-the-run" } };
      calls += 1;
      return { json: { data: [{ nick: "Noa", vipLevel: calls }], echo: asked.headers.authorization ?? asked.headers["x-key"] } };
    });
    await use(server);
    await server.close();
  },
});
test.use({ settings: { toml: "[external_apis]\nallow_private = true\n" } });

const main = (page: Page) => page.getByRole("main");
const result = (page: Page) => page.getByRole("region", { name: "Result" });
const test_ = (page: Page) => page.getByRole("button", { name: "Test", exact: true });

/** Secrets and tokens have reached the browser in no response. */
test.afterEach(({ guard }) => {
  for (const { url, body } of guard.received) {
    expect(body.includes(SECRET), url).toBe(false);
    expect(body.includes("t0ken-of-the-run"), url).toBe(false);
  }
});

const curl = (url: string) =>
  `curl '${url}/customers?tel={{tel}}' \\\n  -H 'accept: application/json' \\\n  -H 'Authorization: Bearer ${SECRET}' --compressed`;

test("a pasted curl command is tested and saved in four steps", async ({ signInAs, context, target }) => {
  test.slow();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await signInAs("admin", "/external-apis");
  await page.evaluate((text) => navigator.clipboard.writeText(text), curl(target.url));

  // 1. New. 2. Paste. 3. Test. 4. Save.
  await page.getByRole("link", { name: "New external API" }).click();
  await page.getByLabel("curl command or definition").focus();
  await page.keyboard.press("ControlOrMeta+V");
  await expect(page.getByLabel("URL", { exact: true })).toHaveValue(`${target.url}/customers`);
  await expect(page.getByLabel("Parameter name")).toHaveValue("tel");
  await expect(page.getByLabel("Kind of authentication")).toHaveValue("bearer");
  await page.getByLabel("Sample for tel").fill("49199123456789");
  await test_(page).click();
  await expect(result(page)).toContainText("Passed");
  expect(target.last("GET", "/customers")).toMatchObject({
    query: { tel: "49199123456789" },
    headers: { authorization: `Bearer ${SECRET}` },
  });
  await expectAccessible(page);

  // A value of the response becomes an output by a click, or by keyboard.
  await page.getByTitle("Use /data/0/nick as an output").click();
  await page.getByRole("button", { name: '"vipLevel"' }).press("Enter");
  await expect(page.getByLabel("Output name").nth(1)).toHaveValue("vipLevel");
  await expect(page.getByLabel("Path").nth(1)).toHaveValue("/data/0/vipLevel");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(/\/external-apis\/[0-9a-f-]{36}$/);

  // The saved one has its secret, and tells what is different between two tests.
  await test_(page).click();
  await expect(page.getByRole("table", { name: "Outputs" })).toContainText("Noa");
  await test_(page).click();
  await page.getByText(/lines? differs? from the test of/).click();
  await expect(page.getByRole("group", { name: "Differences" }).locator("ins").first()).toContainText("vipLevel");

  // Exported without its secret, as a command that can be pasted again.
  await page.getByRole("button", { name: "Export" }).click();
  const exported = await page.getByRole("region", { name: "Export" }).locator("pre").first().textContent();
  expect(exported).toContain("Authorization: Bearer <secret>");
  await expect(page.getByRole("region", { name: "Changes" }).getByRole("listitem").last()).toContainText("Create");
});

test("what a definition can not say is told in words", async ({ signInAs, target }) => {
  const page = await signInAs("admin", "/external-apis/new");
  const read = async (text: string) => {
    await page.getByLabel("curl command or definition").fill(text);
    await page.getByRole("button", { name: "Fill in the form" }).click();
  };
  await read(`curl ^"${target.url}^" ^\n -H ^"a: b^"`);
  await expect(main(page).getByText("written for the Windows command line")).toBeVisible();
  await read(`curl ${target.url} -F file=@a.txt`);
  await expect(main(page).getByText("can’t express --form")).toBeVisible();
  await expect(page.getByLabel("URL", { exact: true })).toHaveValue("");
  await page.getByRole("button", { name: "Use an example" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Customer by phone number");
});

for (const [kind, fill, header, value] of [
  ["bearer", { Token: SECRET }, "authorization", `Bearer ${SECRET}`],
  ["basic", { "User name": "ada", Password: SECRET }, "authorization", `Basic ${Buffer.from(`ada:${SECRET}`).toString("base64")}`],
  ["header", { "Key header": "X-Key", Key: SECRET }, "x-key", SECRET],
  ["oauth", { "Client ID": "client", "Client secret": SECRET }, "authorization", "Bearer t0ken-of-the-run"],
] as const) {
  test(`authentication by ${kind}`, async ({ signInAs, target }) => {
    const page = await signInAs("admin", "/external-apis/new");
    await page.getByLabel("Name", { exact: true }).fill("CRM");
    await page.getByLabel("URL", { exact: true }).fill(`${target.url}/q`);
    await page.getByLabel("Kind of authentication").selectOption(kind);
    for (const [label, text] of Object.entries(fill)) await page.getByLabel(label, { exact: true }).fill(text);
    if (kind === "oauth") await page.getByLabel("Token URL").fill(`${target.url}/token`);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page).toHaveURL(/\/external-apis\/[0-9a-f-]{36}$/);
    await test_(page).click();
    await expect(result(page)).toContainText("Passed");
    expect(target.last("GET", "/q")?.headers[header]).toBe(value);
  });
}
