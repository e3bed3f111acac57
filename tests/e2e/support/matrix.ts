// Faults of a vendor, the message for each, and helpers that lead a page or form through all of them.
import type { Locator, Page } from "@playwright/test";
import type { Faults, Options, Vendor } from "./faults";
import { expect, test } from "./test";

/** A fault, and what is said of it. */
export interface Case {
  name: string;
  fault: string;
  options?: Options;
  /** The title of the error: of a read, and of a write that was refused. */
  title: (who: string) => RegExp;
  /** That of a GET, if it is another. */
  read?: (who: string) => RegExp;
  /** The response to a write is lost: the message once the read-back found that it was not done. */
  lost?: RegExp;
}

const UNKNOWN = /^We couldn't confirm the change$/;
const NOT_ARRIVED = /^Nothing was changed$/;
const MISSING = /^Not found$/;
const unreadable = (who: string) => new RegExp(`^${who} sent a response that can't be read$`);
const failed = (who: string) => new RegExp(`^${who} reported an error$`);
const status = (code: number, title: Case["title"], options: Options = {}): Case => ({
  name: String(code),
  fault: "status",
  options: { status: code, ...options },
  title,
});
export const CASES: Case[] = [
  status(401, (who) => new RegExp(`^${who} rejected Trunkline's credentials$`)),
  status(403, (who) => new RegExp(`^${who} doesn't allow this$`)),
  status(404, (who) => new RegExp(`^${who}: wrong address$`)),
  status(409, (who) => new RegExp(`^${who} can't do this now$`)),
  // A read has no values to correct.
  { ...status(422, () => /^Some values were not accepted$/), read: (who) => new RegExp(`^${who} rejected the request$`) },
  status(429, (who) => new RegExp(`^Too many calls to ${who}$`), { retry_after: 30 }),
  status(500, failed),
  { name: "HTML 502", fault: "html", title: failed },
  { name: "empty 200", fault: "empty", title: unreadable },
  // A slow vendor may still do it.
  { name: "hang", fault: "hang", title: () => / didn't respond in time$/, lost: UNKNOWN },
  { name: "connection reset", fault: "reset", title: () => /can't be reached$/, lost: NOT_ARRIVED },
  { name: "cut body", fault: "cut", title: () => /can't be reached$/, lost: NOT_ARRIVED },
  { name: "garbage JSON", fault: "garbage", title: unreadable },
  { name: "wrong type", fault: "wrong-type", title: unreadable },
  { name: "null", fault: "null", title: unreadable },
  { name: "10 MB", fault: "huge", title: unreadable },
];

/** The visible text with this title. */
export const said = (page: Page, title: RegExp) => page.getByRole("main").getByText(title).filter({ visible: true });

interface Subject {
  vendor: Vendor;
  who: string;
  /** It is about one record: that is then what a 404 says of it. */
  record?: boolean;
  /** Other faults, or others words for them, than the vendors'. */
  cases?: Case[];
}

/** A page that reads. */
export interface Reading extends Subject {
  path: string;
  /** Content without a fault. */
  well: (page: Page) => Locator;
  /** Content that stays in any case: other vendors' data. */
  stands?: ((page: Page) => Locator)[];
}

/** Under each fault: the app lives, the message is right and shown once, Retry recovers. */
export async function throughReads(page: Page, faults: Faults, subject: Reading) {
  const { vendor, who, record, path, well, stands = [], cases = CASES } = subject;
  const nav = page.getByRole("navigation", { name: "Main" });
  const retry = page.getByRole("main").getByRole("button", { name: "Retry" }).first();
  await expect(well(page)).toBeAttached();
  for (const { name, fault, options, title, read = title } of cases) {
    await test.step(name, async () => {
      const missing = record && name === "404";
      const message = said(page, missing ? MISSING : read(who));
      await faults.set(vendor, fault, { only: "reads", ...options });
      await page.goto(path);
      await expect(message, `${name}: one message`).toHaveCount(1);
      for (const other of stands) await expect(other(page), `${name}: others stand`).toBeVisible();
      // The app lives: another page opens, and this one again.
      await nav.getByRole("link", { name: "Settings", exact: true }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
      await page.goBack();
      await expect(message, `${name}: one message, again`).toHaveCount(1);
      if (missing) {
        // Not found is not retried.
        await faults.mend(vendor);
        await page.reload();
      } else {
        // An automatic retry may hit the fault too; then the click recovers.
        await expect(retry, `${name}: settled`).not.toHaveAttribute("aria-busy");
        await faults.mend(vendor);
        // An automatic retry, or a change that the gateway's poll reports, may be quicker and takes the button away.
        await expect(async () => {
          if ((await well(page).count()) === 0) await retry.click({ timeout: 1000 });
        }).toPass();
      }
      await expect(well(page), `${name}: recovered`).toBeAttached();
      await expect(message, `${name}: no message is left`).toHaveCount(0);
    });
  }
}

/** Something that writes. */
export interface Writing extends Subject {
  /** The click, and what has to be done for it to be possible. */
  send: () => Promise<void>;
  /** The request that is sent. */
  sends: [method: string, path: RegExp];
  /** The input, by label. */
  kept?: Record<string, string>;
  /** False where nobody can be asked what became of the write. */
  witness?: boolean;
  /** The element with its error, if that has no title of its own. */
  where?: (title: RegExp) => Locator;
}

/** Under each fault: one message, the right one; one request a click; every value kept. Gives the count of requests. */
export async function throughWrites(page: Page, faults: Faults, subject: Writing) {
  const { vendor, who, record, send, sends, kept = {}, witness = true, cases = CASES } = subject;
  const where = subject.where ?? ((title: RegExp) => said(page, title));
  let sent = 0;
  page.on("request", (request) => {
    if (request.method() === sends[0] && sends[1].test(new URL(request.url()).pathname)) sent += 1;
  });
  for (const { name, fault, options, title, lost } of cases) {
    await test.step(name, async () => {
      const refused = record && name === "404" ? MISSING : title(who);
      const before = sent;
      await faults.set(vendor, fault, { only: "writes", ...options });
      await send();
      // Ten megabytes, and the looks for the truth, may take their time on a busy machine.
      const message = where(lost ? (witness ? lost : UNKNOWN) : refused);
      await expect(message, `${name}: one message`).toHaveCount(1, { timeout: 25_000 });
      for (const [label, value] of Object.entries(kept)) {
        const field = page.getByRole("main").getByLabel(label, { exact: true });
        await expect(field, `${name}: ${label}`).toHaveValue(value);
      }
      expect(sent - before, `${name}: one request`).toBe(1);
      // An answer that can't be read is looked after, too.
      await expect(page.locator("button[aria-busy=true]")).toHaveCount(0);
      await faults.mend(vendor);
    });
  }
  return () => sent;
}
