// Five vendors × what each can do wrong, on every page that reads, from the sandbox's knobs and from upstreams alike:
// the app lives, the message is right and shown once, Retry recovers.
import type { Page } from "@playwright/test";
import type { Vendor } from "./support/faults";
import { CASES, said } from "./support/matrix";
import { expect, test } from "./support/test";

/** A page that reads from a vendor, and what stands on it when all is well. */
interface Reading {
  vendor: Vendor;
  who: string;
  role: "admin" | "agent";
  path: string;
  heading: string;
  well: (page: Page) => ReturnType<Page["locator"]>;
}

const rows = (name: string) => (page: Page) => page.getByRole("table", { name }).getByRole("link").first();
const PAGES: Reading[] = [
  { vendor: "comm100", who: "Comm100", role: "admin", path: "/channel-accounts", heading: "Channel accounts", well: rows("Channel accounts") },
  { vendor: "jtel", who: "jtel", role: "agent", path: "/events", heading: "ACD events", well: rows("ACD events") },
  { vendor: "oneview", who: "one-view", role: "agent", path: "/inbox", heading: "Inbox", well: rows("Inbox") },
  {
    vendor: "digital99",
    who: "99digital",
    role: "admin",
    path: "/account",
    heading: "Account",
    well: (page) => page.getByRole("main").getByLabel("Account", { exact: true }).getByRole("option", { name: /\(8, online\)/ }),
  },
];

const BY_ITSELF = ["500", "HTML 502", "hang", "connection reset", "cut body"];

for (const vendors of ["sandbox", "upstream"] as const) {
  test.describe(`from the ${vendors}`, () => {
    test.use({ vendors, settings: { toml: "vendor_timeout_seconds = 1" } });

    for (const { vendor, who, role, path, heading, well } of PAGES) {
      test(`${who}: ${CASES.length} faults on ${path}`, async ({ signInAs, faults, guard }) => {
        test.slow();
        guard.allow(/Failed to load resource/);
        const page = await signInAs(role, path);
        await expect(well(page)).toBeAttached();
        const nav = page.getByRole("navigation", { name: "Main" });
        for (const { name, fault, options, title } of CASES) {
          await test.step(name, async () => {
            await faults.set(vendor, fault, { only: "reads", ...options });
            await page.goto(path);
            await expect(said(page, title(who)), `${name}: one message`).toHaveCount(1);
            // The app lives: another page opens, and this one again.
            await nav.getByRole("link", { name: "Settings", exact: true }).click();
            await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
            await nav.getByRole("link", { name: heading, exact: true }).click();
            await expect(said(page, title(who)), `${name}: one message, again`).toHaveCount(1);
            // What is under way meets the fault too: then the click is what mends it.
            const retry = page.getByRole("main").getByRole("button", { name: "Retry" }).first();
            await expect(retry, `${name}: settled`).not.toHaveAttribute("aria-busy");
            await faults.mend(vendor);
            // Where trying again may help by itself, the app may be quicker than the click.
            if (BY_ITSELF.includes(name)) await retry.click({ timeout: 1000 }).catch(() => undefined);
            else await retry.click();
            await expect(well(page), `${name}: recovered`).toBeAttached();
            await expect(said(page, title(who)), `${name}: no message is left`).toHaveCount(0);
          });
        }
      });
    }

    test(`Sobot: ${CASES.length} faults on /customers`, async ({ signInAs, faults, guard }) => {
      test.slow();
      guard.allow(/Failed to load resource/);
      const page = await signInAs("agent", "/customers");
      const phone = page.getByLabel("Phone", { exact: true });
      await phone.fill("+4915550001");
      for (const { name, fault, options, title } of CASES) {
        // "null" is how Sobot says that nobody has these keys.
        const expected = fault === "null" ? /^No customer/ : title("Sobot");
        await test.step(name, async () => {
          await faults.set("sobot", fault, options);
          await page.getByRole("button", { name: "Look up" }).click();
          await expect(said(page, expected), `${name}: one message`).toHaveCount(1);
          await expect(phone).toHaveValue("+4915550001");
          await faults.mend("sobot");
          await page.getByRole("button", { name: "Look up" }).click();
          await expect(said(page, /^No customer/), `${name}: recovered`).toHaveCount(1);
        });
      }
    });
  });
}
