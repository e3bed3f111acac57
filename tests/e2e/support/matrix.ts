// What a vendor can do wrong, and the title of the error that a person then reads.
import type { Page } from "@playwright/test";
import type { Options } from "./faults";

/** A fault, and what is said of it; of a write that may have arrived, another thing is said. */
export interface Case {
  name: string;
  fault: string;
  options?: Options;
  title: (who: string) => RegExp;
}

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
  status(422, () => /^Some values were not accepted$/),
  status(429, (who) => new RegExp(`^Too many calls to ${who}$`), { retry_after: 30 }),
  status(500, failed),
  { name: "HTML 502", fault: "html", title: failed },
  { name: "empty 200", fault: "empty", title: unreadable },
  { name: "hang", fault: "hang", title: () => / took too long$/ },
  { name: "connection reset", fault: "reset", title: () => /can't be reached$/ },
  { name: "cut body", fault: "cut", title: () => /can't be reached$|can't be read$/ },
  { name: "garbage JSON", fault: "garbage", title: unreadable },
  { name: "wrong type", fault: "wrong-type", title: unreadable },
  { name: "null", fault: "null", title: unreadable },
  { name: "10 MB", fault: "huge", title: unreadable },
];

/** Where the title stands, wherever that is in the page. */
export const said = (page: Page, title: RegExp) => page.getByRole("main").getByText(title).filter({ visible: true });
