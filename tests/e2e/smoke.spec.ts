// The two ends meet: the server serves the app, the app starts, and nothing is said in the console.
import { styleHash } from "./support/static";
import { expect, test } from "./support/test";

test("the app starts from the server's files and reads the session", async ({ page, guard }) => {
  const answer = await page.goto("/");
  expect(answer?.status()).toBe(200);
  expect(answer?.headers()["cache-control"]).toContain("no-cache");
  const csp = answer?.headers()["content-security-policy"];
  expect(csp).toContain("script-src 'self' 'wasm-unsafe-eval';");
  // Of styles in the page these very ones, and no other.
  expect(csp).toContain(`style-src 'self' '${styleHash((await answer?.text()) ?? "")}';`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // The static shell is gone, and each file came once.
  await expect(page.locator("#boot")).toHaveCount(0);
  await page.waitForLoadState("networkidle");
  const names = guard.received.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("built files are compressed and immutable, the module has the WebAssembly type", async ({ page, request }) => {
  const html = await (await request.get("/")).text();
  // Trunk writes a hash without leading zeros.
  const files = [...html.matchAll(/(?:\/locales|\/fonts)?\/[\w-]+-[0-9a-f]{12,16}\.(?:json|js|css|wasm)/g)].map(([name]) => name);
  const parts = JSON.parse(/data-chunks='([^']*)'/.exec(html)?.[1] ?? "{}");
  expect(Object.keys(parts)).toEqual(expect.arrayContaining(["overview", "inbox", "acd_events", "acd_events_record", "acd_events_form", "sign_in"]));
  // Glue, start script, the app's styles, the module's start, and what only some pages need.
  expect(new Set(files.filter((file) => !/^\/(locales|fonts)\//.test(file))).size).toBe(4 + Object.keys(parts).length);
  expect(files.filter((file) => file.startsWith("/locales/en-"))).toHaveLength(1);
  for (const file of new Set(files)) {
    const { status, encoding, cache, media } = await page.request
      .get(file, { headers: { "Accept-Encoding": "br" } })
      .then((answer) => ({
        status: answer.status(),
        encoding: answer.headers()["content-encoding"],
        cache: answer.headers()["cache-control"],
        media: answer.headers()["content-type"],
      }));
    expect([file, status, encoding]).toEqual([file, 200, "br"]);
    expect(cache).toContain("immutable");
    if (file.endsWith(".wasm")) expect(media).toBe("application/wasm");
  }
});

test("a missing file or API path is 404, any other path is the app", async ({ request }) => {
  expect((await request.get("/missing.js")).status()).toBe(404);
  await request.post("/api/session", { data: { demo: "agent" }, headers: { "X-Trunkline": "1" } });
  const api = await request.get("/api/nothing");
  expect([api.status(), api.headers()["content-type"]]).toEqual([404, "application/json"]);
  const page = await request.get("/channel-accounts/some-id");
  expect([page.status(), page.headers()["content-type"]]).toEqual([200, expect.stringMatching(/^text\/html/)]);
});

test("a failed start says so and offers a retry", async ({ page, guard }) => {
  guard.allow(/Failed to load resource|TypeError|WebAssembly|Failed to fetch/);
  await page.route(/-main-\w+\.wasm$/, (route) => route.abort());
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText("Trunkline could not start");
  await page.unroute(/-main-\w+\.wasm$/);
  await page.getByRole("button", { name: "Load again" }).click();
  await expect(page.locator("#boot")).toHaveCount(0);
  await expect(page.getByText("Trunkline could not start")).toHaveCount(0);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("the page says what it needs", async ({ page }) => {
    await page.goto("/");
    // Playwright's text locators pass over <noscript>, shown or not.
    await expect(page.locator("noscript .boot-note")).toBeVisible();
    await expect(page.locator("noscript .boot-note")).toContainText("needs JavaScript and WebAssembly");
  });
});
