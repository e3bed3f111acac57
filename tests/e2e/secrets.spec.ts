// No credential leaves the gateway: it is not in the built files, and in nothing that a browser is sent.
import { content, filesOf, modules } from "./support/built";
import { DIST } from "./support/server";
import { expect, test } from "./support/test";
import { TOKEN as COMM100 } from "./upstreams/comm100.mjs";
import { ACCESS_TOKEN } from "./upstreams/digital99.mjs";
import { SECRETS } from "./upstreams/index.mjs";
import { TOKEN as JTEL } from "./upstreams/jtel.mjs";
import { AGENT, TOKEN as ONEVIEW } from "./upstreams/oneview.mjs";
import { CUSTOMER, TOKEN as SOBOT } from "./upstreams/sobot.mjs";

test("the built files contain no credential", () => {
  const names = filesOf(DIST);
  // The start and all parts are looked into too, packed or not.
  const known = modules();
  expect(known.length).toBeGreaterThan(1);
  for (const ending of ["", ".br", ".gz"]) {
    expect(names.filter((name) => name.endsWith(`.wasm${ending}`)).sort()).toEqual(known.map((name) => name + ending).sort());
  }
  const found = names.flatMap((name) => {
    const text = content(name);
    return SECRETS.filter((secret) => text.includes(secret)).map((secret) => `${name} holds ${secret}`);
  });
  expect(found).toEqual([]);
});

test.describe("with upstreams", () => {
  test.use({ vendors: "upstream" });

  // The guard searches everything received for credentials at the end of each journey (support/guard.ts); here every
  // page is opened, and each vendor is seen to have been asked with the credential that the browser must not see.
  test("no page of an admin contains a credential", async ({ signInAs, upstreams }) => {
    const page = await signInAs("admin", "/");
    await expect(page.getByRole("table", { name: "By channel" })).toBeVisible();
    await page.goto("/channel-accounts");
    const table = page.getByRole("table", { name: "Channel accounts" });
    await table.getByRole("link", { name: "Comm100", exact: true }).click();
    await page.getByRole("link", { name: "Edit" }).click();
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Comm100");
    await page.goto("/events/2039");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("A new ticket 123456");
    await page.goto(`/customers?id=${CUSTOMER.id}`);
    await expect(page.getByText(CUSTOMER.nick).first()).toBeVisible();
    await page.goto("/account");
    await expect(page.getByLabel("Account name", { exact: true })).toHaveValue("account name");
    await page.goto("/settings");
    await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();

    const credentials = [upstreams.comm100, upstreams.jtel, upstreams.digital99].map(
      (vendor) => vendor.requests.at(-1)?.headers.authorization,
    );
    expect(credentials).toEqual([COMM100, JTEL, ACCESS_TOKEN].map((token) => `Bearer ${token}`));
    expect(upstreams.sobot.requests.at(-1)?.headers.token).toBe(SOBOT);
  });

  test("an agent's tickets contain no credential", async ({ signInAs, upstreams, guard }) => {
    const page = await signInAs("agent", `/inbox/${AGENT}`);
    await expect(page.getByRole("button", { name: "New callback" })).toBeVisible();
    await page.getByRole("switch", { name: "Online" }).click();
    await expect.poll(() => upstreams.oneview.agent.online).toBe(true);
    expect(upstreams.oneview.requests.at(-1)?.headers.authorization).toMatch(new RegExp(`^bearer ${ONEVIEW}$`, "i"));
    await expect.poll(() => guard.received.some(({ url, body }) => url.endsWith("/tickets") && body.includes(AGENT))).toBe(true);
  });
});
