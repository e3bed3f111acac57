// The console reports a vendor's refusal with status 200 as a refusal.
import { expect, test } from "./support/test";

test.use({ vendors: "upstream" });

test("an update that 99digital refuses with status 200 counts as failed in Activity and Settings", async ({ signInAs, upstreams }) => {
  const page = await signInAs("admin", "/account");
  await expect(page.getByLabel("Account name", { exact: true })).toHaveValue("account name");
  // The list is read once more before the change goes out. After the refusal nothing is better in the background either.
  let refused = false;
  upstreams.digital99.override(({ path }) => {
    refused ||= path.endsWith("/online/updateAccount");
    return refused && path.includes("/online/") ? { json: { status: "FAIL", reason: 29 } } : undefined;
  });
  await page.getByLabel("Account name", { exact: true }).fill("Another name");
  const answered = page.waitForResponse((response) => response.url().endsWith("/updateAccount"));
  await page.getByRole("button", { name: "Save", exact: true }).click();
  expect((await answered).status()).toBe(200);

  // The input is unsaved, so leaving asks first.
  page.once("dialog", (dialog) => dialog.accept());
  await page.goto("/activity");
  const entry = page.getByRole("table", { name: "Activity" }).getByRole("row").filter({ hasText: "Account" }).first();
  await expect(entry).toContainText("Refused (29)");
  await expect(entry).not.toContainText("Done");

  await page.goto("/settings");
  const vendor = page.getByRole("table", { name: "Vendors" }).getByRole("row", { name: /^99digital/ });
  await expect(vendor).toContainText("refused 29");
  await expect(vendor).not.toContainText("Working");
});

test("a look-up that Sobot refuses with status 200 shows in Settings", async ({ signInAs, upstreams, page }) => {
  upstreams.sobot.override(() => ({ json: { ret_code: "900002", ret_msg: "token expired" } }));
  await signInAs("agent");
  const headers = { "X-Trunkline": "1" };
  expect((await page.request.post("/api/sobot/customer/query", { data: { tel: "1" }, headers })).status()).toBe(200);
  await page.goto("/settings");
  const vendor = page.getByRole("table", { name: "Vendors" }).getByRole("row", { name: /^Sobot/ });
  await expect(vendor).toContainText("refused 900002");
  await expect(vendor).not.toContainText("Working");
});
