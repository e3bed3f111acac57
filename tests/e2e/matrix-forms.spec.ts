// Four vendors × what each can do wrong, on every form that writes: one message, every value kept, one request a click,
// and once the vendor is well, the same click saves. (Sobot is only read: matrix.spec.ts.)
import type { Page } from "@playwright/test";
import type { Vendor } from "./support/faults";
import { CASES, said } from "./support/matrix";
import { expect, test } from "./support/test";
import { SAMPLE } from "./upstreams/comm100.mjs";

/** A form, what is typed into it by label, and what it sends. */
interface Writing {
  vendor: Vendor;
  who: string;
  path: string;
  choices?: Record<string, string>;
  values: Record<string, string>;
  sends: [method: string, url: RegExp];
}

const FORMS: Writing[] = [
  {
    vendor: "comm100",
    who: "Comm100",
    path: "/channel-accounts/new",
    values: { Channel: SAMPLE.appId, "Original account ID": "gh_matrix", Name: "Matrix", "Display name": "Matrix shown" },
    sends: ["POST", /channelAccounts$/],
  },
  {
    vendor: "comm100",
    who: "Comm100",
    path: `/channel-accounts/${SAMPLE.id}/edit`,
    values: { Name: "Renamed", "To bot when agents are online (%)": "40" },
    sends: ["PUT", /channelAccounts\/[0-9a-f-]+$/],
  },
  {
    vendor: "jtel",
    who: "jtel",
    path: "/events/new",
    choices: { Type: "3", Group: "235" },
    values: { Sender: "+49 199 123456789", Receiver: "+49 1990 0112233", Subject: "Matrix", Body: "A body" },
    sends: ["POST", /acd\/events/],
  },
  {
    vendor: "digital99",
    who: "99digital",
    path: "/account?account=8%40online",
    values: { "Account name": "Matrix Support" },
    sends: ["POST", /updateAccount$/],
  },
];

const field = (page: Page, label: string) => page.getByRole("main").getByLabel(label, { exact: true });
/** A write that got no answer may have arrived: that is then what is said. */
const UNKNOWN = ["hang", "connection reset", "cut body"];

function meant(name: string, title: RegExp, path: string): RegExp {
  if (UNKNOWN.includes(name)) return new RegExp(`${title.source}|^We don't know whether it arrived$`);
  // A change is of a record: it is the one that may be missing.
  return name === "404" && path.endsWith("/edit") ? /^Not found$/ : title;
}

for (const vendors of ["sandbox", "upstream"] as const) {
  test.describe(`from the ${vendors}`, () => {
    test.use({ vendors, settings: { toml: "vendor_timeout_seconds = 1" } });

    for (const { vendor, who, path, choices = {}, values, sends } of FORMS) {
      test(`${who}: ${CASES.length} faults on ${path}`, async ({ signInAs, faults, guard }) => {
        test.slow();
        guard.allow(/Failed to load resource/);
        const page = await signInAs("admin", path);
        let sent = 0;
        page.on("request", (request) => {
          if (request.method() === sends[0] && sends[1].test(new URL(request.url()).pathname)) sent += 1;
        });
        for (const [label, value] of Object.entries(choices)) await field(page, label).selectOption(value);
        for (const [label, value] of Object.entries(values)) await field(page, label).fill(value);
        const save = page.getByRole("button", { name: "Save", exact: true });
        for (const { name, fault, options, title } of CASES) {
          await test.step(name, async () => {
            await faults.set(vendor, fault, { only: "writes", ...options });
            const before = sent;
            await save.click();
            const expected = meant(name, title(who), path);
            await expect(said(page, expected), `${name}: one message`).toHaveCount(1);
            for (const [label, value] of Object.entries({ ...choices, ...values })) {
              await expect(field(page, label), `${name}: ${label}`).toHaveValue(value);
            }
            expect(sent - before, `${name}: one request`).toBe(1);
            await faults.mend(vendor);
          });
        }
        await save.click();
        await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
        expect(sent).toBe(CASES.length + 1);
      });
    }

    test(`one-view: ${CASES.length} faults on going online`, async ({ signInAs, faults, guard }) => {
      test.slow();
      guard.allow(/Failed to load resource/);
      const page = await signInAs("agent", "/inbox");
      const online = page.getByRole("switch", { name: "Online" });
      await expect(online).toHaveAttribute("aria-checked", "false");
      for (const { name, fault, options, title } of CASES) {
        await test.step(name, async () => {
          await faults.set("oneview", fault, { only: "writes", ...options });
          await online.click();
          const expected = meant(name, title("one-view"), "");
          await expect(said(page, expected), `${name}: one message`).toHaveCount(1);
          await faults.mend("oneview");
        });
      }
    });
  });
}
