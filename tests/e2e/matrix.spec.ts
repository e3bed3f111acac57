// Five vendors × what each can do wrong, on every page that reads, from the sandbox's knobs and from upstreams alike:
// the app lives, the message is right and shown once, Retry recovers. (The gateway's own: matrix-gateway.spec.ts.)
import type { Page } from "@playwright/test";
import { CASES, type Reading, said, throughReads } from "./support/matrix";
import { expect, test } from "./support/test";
import { SAMPLE } from "./upstreams/comm100.mjs";

const rows = (name: string) => (page: Page) => page.getByRole("table", { name }).getByRole("link").first();
const region = (page: Page, name: string) => page.getByRole("main").getByRole("region", { name, exact: true });
/** A section of the overview that has its charts. */
const charts = (name: string) => (page: Page) => region(page, name).getByRole("heading", { level: 3 }).first();
const health = (page: Page) => region(page, "Vendors").getByRole("table");
const comm100 = { vendor: "comm100", who: "Comm100" } as const;
const jtel = { vendor: "jtel", who: "jtel" } as const;
const oneview = { vendor: "oneview", who: "one-view" } as const;

const PAGES: (Reading & { role: "admin" | "agent" })[] = [
  { ...comm100, role: "admin", path: "/channel-accounts", well: rows("Channel accounts") },
  {
    ...comm100,
    role: "admin",
    path: `/channel-accounts/${SAMPLE.id}`,
    record: true,
    well: (page) => page.getByRole("main").getByRole("switch", { name: "Bot enabled" }),
  },
  { ...comm100, role: "admin", path: "/", well: charts("Channel accounts"), stands: [charts("ACD events"), health] },
  { ...jtel, role: "agent", path: "/events", well: rows("ACD events") },
  {
    ...jtel,
    role: "agent",
    path: "/events/2039",
    record: true,
    well: (page) => page.getByRole("main").getByRole("link", { name: "Duplicate" }),
  },
  { ...jtel, role: "agent", path: "/", well: charts("ACD events"), stands: [charts("My tickets"), health] },
  { ...oneview, role: "agent", path: "/inbox", well: rows("Inbox") },
  { ...oneview, role: "agent", path: "/", well: charts("My tickets"), stands: [charts("ACD events"), health] },
  {
    vendor: "digital99",
    who: "99digital",
    role: "admin",
    path: "/account",
    well: (page) => page.getByRole("main").getByLabel("Account", { exact: true }).getByRole("option", { name: /\(8, online\)/ }),
  },
];

for (const vendors of ["sandbox", "upstream"] as const) {
  test.describe(`on the ${vendors}`, () => {
    test.use({ vendors, settings: { toml: "vendor_timeout_seconds = 1" } });

    for (const { role, ...reading } of PAGES) {
      test(`${reading.who}: ${CASES.length} faults on ${reading.path}`, async ({ signInAs, faults, guard }) => {
        test.slow();
        guard.allow(/Failed to load resource/);
        await throughReads(await signInAs(role, reading.path), faults, reading);
      });
    }

    test(`Sobot: ${CASES.length} faults on /customers`, async ({ signInAs, faults, guard }) => {
      test.slow();
      guard.allow(/Failed to load resource/);
      const page = await signInAs("agent", "/customers");
      const phone = page.getByLabel("Phone, e-mail or ID", { exact: true });
      await phone.fill("+4915550001");
      for (const { name, fault, options, title } of CASES) {
        // "null" is how Sobot says that nobody has these keys.
        const expected = fault === "null" ? /^No customer found/ : title("Sobot");
        await test.step(name, async () => {
          await faults.set("sobot", fault, options);
          await page.getByRole("button", { name: "Look up" }).click();
          await expect(said(page, expected), `${name}: one message`).toHaveCount(1);
          await expect(phone).toHaveValue("+4915550001");
          await faults.mend("sobot");
          await page.getByRole("button", { name: "Look up" }).click();
          await expect(said(page, /^No customer found/), `${name}: recovered`).toHaveCount(1);
        });
      }
    });
  });
}
