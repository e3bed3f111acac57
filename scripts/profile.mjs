// Writes scripts/split/cold.txt, the functions of the main chunk that no page's first view calls: `node scripts/profile.mjs dist`,
// where dist/ was split with --profile. Opens every page as admin and as agent, in three languages, wide and narrow, and notes what
// was called until its data were shown, and while they are on their way. `make profile` does all of it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { STATES, enter } from "../tests/e2e/support/states.mjs";
import { LIST } from "./split/profile.mjs";
import { startDemo } from "./support/demo.mjs";

/** Milliseconds after a page's data for what still belongs to its first view; the app asks for the tail after 50. */
const AFTER = 1000;
const LOOKS = [
  {},
  // As an agent whose status was never set: whoever is offline sees it at once.
  { isNew: true },
  { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, colorScheme: "dark", locale: "he" },
  { locale: "de", viewport: { width: 1920, height: 1080 }, kept: { "trunkline.density": "comfortable" } },
];
/** Views that come rarely. Who meets one waits for the tail if it is not there yet. */
const RARE = /unknown|no-match|nobody|session/;
/** What happens to any page without anybody's doing: the tab is left, hidden, shown again. */
const EVENTS = ["blur", "focus", "beforeunload", "pagehide", "pageshow", "visibilitychange", "online"];

/** The session without the agent's status. */
async function withoutStatus(route) {
  const response = await route.fetch();
  const session = await response.json();
  delete session.user?.status;
  await route.fulfill({ response, json: session });
}

const folder = process.argv[2];
const functions = JSON.parse(readFileSync(join(folder, "functions.json"), "utf8"));
const called = new Set();
const demo = await startDemo(folder);
try {
  const states = STATES.filter(({ name, before, lists }) => !before && (!lists || lists === "loading") && !RARE.test(name));
  const first = [...new Map(states.map((state) => [`${state.who} ${state.path} ${state.lists}`, { ...state, act: undefined }])).values()];
  for (const { isNew, ...look } of LOOKS) {
    for (const who of isNew ? ["agent"] : [null, "admin", "agent"]) {
      const context = await demo.open(who, look);
      if (isNew) await context.route("**/api/session", withoutStatus);
      for (const state of first.filter((state) => state.who === who)) {
        const page = await context.newPage();
        await enter(page, state, demo.world);
        await page.waitForTimeout(AFTER);
        await page.evaluate((events) => events.forEach((name) => (name === "visibilitychange" ? document : window).dispatchEvent(new Event(name))), EVENTS);
        const before = called.size;
        for (const at of await page.evaluate(() => [...globalThis.trunklineHits])) called.add(at);
        console.log(`${state.name}: ${called.size - before} more`);
        await page.close();
      }
      await context.close();
    }
  }
} finally {
  await demo.close();
}
// Of two functions with one hash, both count as called.
const warm = new Set(functions.filter((_, at) => called.has(at)));
const cold = [...new Set(functions.filter((hash) => hash && !warm.has(hash)))].sort();
writeFileSync(LIST, `# Written by \`make profile\`; scripts/split/profile.mjs says what it is.\n${cold.join("\n")}\n`);
console.log(`${cold.length} of ${functions.filter(Boolean).length} functions of the main chunk come after a page's first view.`);
