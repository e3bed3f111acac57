// What a vendor can do wrong, what a person then reads, and how a page or a form is led through all of it.
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
  /** The answer to a write is lost. What is said once its record was looked at, and the write was not done. */
  lost?: RegExp;
  /** Trying again may help, so the app does: it may be quicker than the click. */
  passes?: boolean;
}

const UNKNOWN = /^We don't know whether it arrived$/;
const NOT_ARRIVED = /^It did not arrive$/;
const MISSING = /^Not found$/;
const unreadable = (who: string) => new RegExp(`^${who} sent an answer that can't be read$`);
const failed = (who: string) => new RegExp(`^${who} failed$`);
const status = (code: number, title: Case["title"], options: Options = {}): Case => ({
  name: String(code),
  fault: "status",
  options: { status: code, ...options },
  title,
});
export const CASES: Case[] = [
  status(401, (who) => new RegExp(`^${who} refused the console's key$`)),
  status(403, (who) => new RegExp(`^${who} doesn't allow this$`)),
  status(404, (who) => new RegExp(`^${who} doesn't know this address$`)),
  status(409, (who) => new RegExp(`^${who} can't do this now$`)),
  // Who only reads has typed nothing.
  { ...status(422, () => /^Some values were not accepted$/), read: (who) => new RegExp(`^${who} said no$`) },
  status(429, (who) => new RegExp(`^Too many calls to ${who}$`), { retry_after: 30 }),
  { ...status(500, failed), passes: true },
  { name: "HTML 502", fault: "html", title: failed, passes: true },
  { name: "empty 200", fault: "empty", title: unreadable },
  // Who is slow may yet do it.
  { name: "hang", fault: "hang", title: () => / took too long$/, lost: UNKNOWN, passes: true },
  { name: "connection reset", fault: "reset", title: () => /can't be reached$/, lost: NOT_ARRIVED, passes: true },
  { name: "cut body", fault: "cut", title: () => /can't be reached$/, lost: NOT_ARRIVED, passes: true },
  { name: "garbage JSON", fault: "garbage", title: unreadable },
  { name: "wrong type", fault: "wrong-type", title: unreadable },
  { name: "null", fault: "null", title: unreadable },
  { name: "10 MB", fault: "huge", title: unreadable },
];

/** Where the title stands, wherever that is in the page. */
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
  /** What stands on it when all is well. */
  well: (page: Page) => Locator;
  /** What stands on it in any case: other vendors' data. */
  stands?: ((page: Page) => Locator)[];
}

/** Under each fault: the app lives, the message is right and shown once, Retry recovers. */
export async function throughReads(page: Page, faults: Faults, subject: Reading) {
  const { vendor, who, record, path, well, stands = [], cases = CASES } = subject;
  const nav = page.getByRole("navigation", { name: "Main" });
  const retry = page.getByRole("main").getByRole("button", { name: "Retry" }).first();
  await expect(well(page)).toBeAttached();
  for (const { name, fault, options, title, read = title, passes } of cases) {
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
        // What isn't there is no fault that one tries again.
        await faults.mend(vendor);
        await page.reload();
      } else {
        // What is under way meets the fault too: then the click is what mends it.
        await expect(retry, `${name}: settled`).not.toHaveAttribute("aria-busy");
        await faults.mend(vendor);
        if (passes) await retry.click({ timeout: 1000 }).catch(() => undefined);
        else await retry.click();
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
  /** What goes out. */
  sends: [method: string, path: RegExp];
  /** What was typed, by label. */
  kept?: Record<string, string>;
  /** False where nobody can be asked what became of the write. */
  witness?: boolean;
  /** Where its error stands, if not as a title of its own. */
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
