// A page whose data is on its way, or did not come, has its h1, and one only.
import { ticket } from "./upstreams/oneview.mjs";
import { expect, test } from "./support/test";

const ID = "59c749f4-af8e-eb11-aacf-06c7a219a2ac";
/** Page, whose vendor must be silent or fail, and its h1 then. */
const PAGES = [
  ["/channel-accounts", "comm100", "Channel accounts"],
  [`/channel-accounts/${ID}`, "comm100", "Channel accounts"],
  [`/channel-accounts/${ID}/edit`, "comm100", "Edit channel account"],
  ["/events", "jtel", "ACD events"],
  ["/events/1", "jtel", "Event 1"],
  ["/external-apis", "gateway", "External APIs"],
  [`/external-apis/${ID}`, "gateway", "External APIs"],
  [`/external-apis/${ID}/edit`, "gateway", "Edit external API"],
  ["/account", "digital99", "Account"],
  ["/account/8%40online/agents", "digital99", "Account agents"],
  ["/activity", "gateway", "Activity"],
  ["/agents", "gateway", "Agents"],
] as const;
const API = {
  comm100: "**/api/comm100/**",
  jtel: "**/api/jtel/**",
  digital99: "**/api/digital99/**",
  gateway: /\/api\/(sobot\/)?(external-apis|activity|agents)/,
};

for (const [path, vendor, name] of PAGES) {
  test(`${path} has its h1 while loading`, async ({ signInAs, page, guard }) => {
    // No event or external API has these IDs, as the server says of what is asked again once the routes are released.
    if (/^\/(events|external-apis)\//.test(path)) guard.allow(/status of 404/);
    await page.route(API[vendor], () => {});
    await signInAs("admin", path);
    await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });

  test(`${path} has its h1 after a failed load`, async ({ signInAs, page, guard }) => {
    guard.allow(/status of 400|Failed to load/);
    await page.route(API[vendor], (route) => route.fulfill({ status: 400, contentType: "application/json", body: '{"code":1,"message":"Refused here"}' }));
    await signInAs("admin", path);
    await expect(page.getByRole("main").getByRole("alert").first()).toBeVisible();
    await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  });
}

test("a page with a missing chunk has its h1", async ({ signInAs, page, guard }) => {
  guard.allow(/Failed to load|ERR_FAILED/);
  await page.route(/trunkline-channel_accounts_record-[0-9a-f]{16}\.wasm/, (route) => route.abort());
  await signInAs("admin", `/channel-accounts/${ID}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
});

test("a missing record is named as such, once", async ({ signInAs, guard }) => {
  guard.allow(/status of 404/);
  const page = await signInAs("admin", "/channel-accounts/00000000-0000-0000-0000-000000000000");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Not found"]);
});

test.describe("the inbox with a silent one-view", () => {
  test.use({ vendors: "upstream" });

  test("has its h1, and the pane has its heading", async ({ signInAs, page }) => {
    await page.route("**/api/oneview/**", () => {});
    await signInAs("agent", `/inbox/${ticket().id}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Inbox"]);
    await expect(page.locator("#ticket-title")).not.toHaveText("");
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });
});
