// Four vendors × what each can do wrong, on everything that writes: one message, every value kept, one request a click,
// and once the vendor is well, the same click does it. (Sobot is only read: matrix.spec.ts.)
import type { Page } from "@playwright/test";
import type { Vendor } from "./support/faults";
import { CASES, type Writing, throughWrites } from "./support/matrix";
import { expect, test } from "./support/test";
import { SAMPLE } from "./upstreams/comm100.mjs";

const main = (page: Page) => page.getByRole("main");
const field = (page: Page, label: string) => main(page).getByLabel(label, { exact: true });
/** A removal's success has no body. */
const bodiless = CASES.filter(({ name }) => name !== "empty 200");
const save = (page: Page) => main(page).getByRole("button", { name: "Save", exact: true });
const done = (page: Page, words: string | RegExp) => page.getByRole("status").filter({ hasText: words });

/** A form: how one comes to it, what is chosen and typed by label, what it sends. */
interface Form {
  vendor: Vendor;
  who: string;
  name: string;
  role?: "agent";
  path: string;
  record?: boolean;
  /** From the page to the form. */
  open?: (page: Page) => Promise<void>;
  choices?: Record<string, string>;
  values: Record<string, string>;
  sends: Writing["sends"];
}

const FORMS: Form[] = [
  {
    vendor: "comm100",
    who: "Comm100",
    name: "a new channel account",
    path: "/channel-accounts/new",
    values: { Channel: SAMPLE.appId, "Original account ID": "gh_matrix", Name: "Matrix", "Display name": "Matrix shown" },
    sends: ["POST", /channelAccounts$/],
  },
  {
    vendor: "comm100",
    who: "Comm100",
    name: "a channel account's change",
    path: `/channel-accounts/${SAMPLE.id}/edit`,
    record: true,
    values: { Name: "Renamed", "To bot when agents are online (%)": "40" },
    sends: ["PUT", /channelAccounts\/[0-9a-f-]+$/],
  },
  {
    vendor: "jtel",
    who: "jtel",
    name: "a new event",
    path: "/events/new",
    choices: { Type: "3", Group: "235" },
    values: { Sender: "+49 199 123456789", Receiver: "+49 1990 0112233", Subject: "Matrix", Body: "A body" },
    sends: ["POST", /acd\/events/],
  },
  {
    vendor: "jtel",
    who: "jtel",
    name: "a callback about a ticket",
    role: "agent",
    path: "/inbox",
    async open(page) {
      await page.getByRole("table", { name: "Inbox" }).getByRole("link").first().click();
      await main(page).getByRole("button", { name: "New callback" }).click();
      await expect(field(page, "Type")).toHaveValue("3");
    },
    choices: { Group: "235" },
    values: { Sender: "+49 199 123456789", Receiver: "+49 1990 0112233", Subject: "About the ticket" },
    sends: ["POST", /acd\/events/],
  },
  {
    vendor: "digital99",
    who: "99digital",
    name: "the account's change",
    path: "/account?account=8%40online",
    values: { "Account name": "Matrix Support" },
    sends: ["POST", /updateAccount$/],
  },
];

for (const vendors of ["sandbox", "upstream"] as const) {
  test.describe(`on the ${vendors}`, () => {
    test.use({ vendors, settings: { toml: "vendor_timeout_seconds = 1" } });
    test.beforeEach(({ guard }) => {
      test.slow();
      guard.allow(/Failed to load resource/);
      // A new event's page shows its body in a frame.
    });

    for (const { name, role, path, open, choices = {}, values, ...what } of FORMS) {
      test(`${what.who}: ${CASES.length} faults on ${name}`, async ({ signInAs, faults }) => {
        const page = await signInAs(role ?? "admin", path);
        await open?.(page);
        for (const [label, value] of Object.entries(choices)) await field(page, label).selectOption(value);
        for (const [label, value] of Object.entries(values)) await field(page, label).fill(value);
        const send = () => save(page).click();
        const sent = await throughWrites(page, faults, { ...what, send, kept: { ...choices, ...values } });
        await send();
        await expect(done(page, "Saved")).toBeVisible();
        expect(sent()).toBe(CASES.length + 1);
      });
    }

    test(`Comm100: ${bodiless.length} faults on a removal`, async ({ signInAs, faults }) => {
      const page = await signInAs("admin", `/channel-accounts/${SAMPLE.id}`);
      await main(page).getByRole("button", { name: "Remove", exact: true }).click();
      const send = () => page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
      const sends: Writing["sends"] = ["DELETE", /channelAccounts\/[0-9a-f-]+$/];
      const sent = await throughWrites(page, faults, { vendor: "comm100", who: "Comm100", record: true, cases: bodiless, send, sends });
      await send();
      await expect(page).toHaveURL("/channel-accounts");
      await expect(done(page, "Removed")).toBeVisible();
      expect(sent()).toBe(bodiless.length + 1);
    });

    test(`Comm100: ${CASES.length} faults on a bot switch`, async ({ signInAs, faults, page }) => {
      await signInAs("admin", `/channel-accounts/${SAMPLE.id}`);
      const bot = main(page).getByRole("switch", { name: "Bot enabled" });
      const before = await bot.getAttribute("aria-checked");
      const sends: Writing["sends"] = ["POST", /:(enable|disable)Bot$/];
      const send = () => bot.click();
      const sent = await throughWrites(page, faults, { vendor: "comm100", who: "Comm100", record: true, send, sends });
      await expect(bot).toHaveAttribute("aria-checked", String(before));
      await send();
      await expect(bot).not.toHaveAttribute("aria-checked", String(before));
      expect(sent()).toBe(CASES.length + 1);
    });

    test(`Comm100: ${CASES.length} faults on a bulk bot switch`, async ({ signInAs, faults, page }) => {
      await signInAs("admin", "/channel-accounts");
      const row = main(page).getByRole("row").filter({ has: page.getByRole("checkbox", { name: /^Select Comm100$/ }) });
      await row.getByRole("checkbox").check();
      await expect(row).toContainText("Bot off");
      const sends: Writing["sends"] = ["POST", /:(enable|disable)Bot$/];
      const send = () => main(page).getByRole("button", { name: "Turn bot on" }).click();
      const where = (title: RegExp) =>
        main(page).getByRole("listitem").filter({ hasText: new RegExp(`^Comm100: ?.*${title.source.replace(/[\^$]/g, "")}$`) });
      const what = { vendor: "comm100", who: "Comm100", record: true, send, sends, where } as const;
      const sent = await throughWrites(page, faults, { ...what, sends });
      await expect(row).toContainText("Bot off");
      await main(page).getByRole("button", { name: "Retry the failed ones" }).click();
      await expect(done(page, "1 account changed")).toBeVisible();
      await expect(row).not.toContainText("Bot off");
      expect(sent()).toBe(CASES.length + 1);
    });

    test(`one-view: ${CASES.length} faults on going online`, async ({ signInAs, faults }) => {
      const page = await signInAs("agent", "/inbox");
      const online = page.getByRole("switch", { name: "Online" });
      await expect(online).toHaveAttribute("aria-checked", "false");
      const sends: Writing["sends"] = ["PUT", /\/online$/];
      const send = () => online.click();
      const what = { vendor: "oneview", who: "one-view", witness: false, send, sends } as const;
      const sent = await throughWrites(page, faults, { ...what, sends });
      await expect(online).toHaveAttribute("aria-checked", "false");
      await send();
      await expect(online).toHaveAttribute("aria-checked", "true");
      expect(sent()).toBe(CASES.length + 1);
    });
  });
}
