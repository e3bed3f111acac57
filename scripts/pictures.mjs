// Takes pictures of every page, dialog and state: `node scripts/pictures.mjs [folder] [look …] [state …]`, or `make pictures`.
// Needs what `make build` leaves and the tests' packages. Looks and states may be named, `/…/` is a pattern; without any it
// is light, dark, narrow and Hebrew. `--docs` takes the six of docs/ instead. Other builds: TRUNKLINE_E2E_PROGRAM and
// TRUNKLINE_E2E_DIST, as for the journeys.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { STATES, enter } from "../tests/e2e/support/states.mjs";
import { startDemo } from "./support/demo.mjs";

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const touch = { isMobile: true, hasTouch: true };
/** A browser's settings; `kept` is the settings page's storage. */
const LOOKS = {
  light: { colorScheme: "light", viewport: WIDE },
  dark: { colorScheme: "dark", viewport: WIDE },
  390: { colorScheme: "light", viewport: PHONE, ...touch },
  "390-dark": { colorScheme: "dark", viewport: PHONE, ...touch },
  320: { colorScheme: "light", viewport: { width: 320, height: 640 }, ...touch },
  1500: { colorScheme: "light", viewport: { width: 1500, height: 950 } },
  ultrawide: { colorScheme: "light", viewport: { width: 2560, height: 1080 } },
  he: { colorScheme: "light", viewport: WIDE, locale: "he" },
  "he-390": { colorScheme: "dark", viewport: PHONE, locale: "he", ...touch },
  de: { colorScheme: "light", viewport: WIDE, locale: "de" },
  fr: { colorScheme: "light", viewport: WIDE, locale: "fr" },
  zh: { colorScheme: "light", viewport: WIDE, locale: "zh" },
  contrast: { colorScheme: "light", viewport: WIDE, contrast: "more" },
  "contrast-dark": { colorScheme: "dark", viewport: WIDE, contrast: "more" },
  forced: { colorScheme: "dark", viewport: WIDE, forcedColors: "active" },
  comfortable: { colorScheme: "light", viewport: WIDE, kept: { "trunkline.density": "comfortable" } },
  print: { colorScheme: "dark", viewport: { width: 794, height: 1123 }, media: "print" },
};

/** The pictures of docs/: state, look, file. */
const DOCS = [
  ["overview", "light", "overview"],
  ["ticket", "light", "ticket"],
  ["inbox", "dark", "inbox-dark"],
  ["customer", "he", "customer-hebrew"],
  ["channel-accounts", "390", "channel-accounts-narrow"],
  ["sign-in", "light", "sign-in"],
];

const docs = process.argv.includes("--docs");
const [folder, ...wanted] = docs ? ["docs"] : process.argv.length > 2 ? process.argv.slice(2) : ["target/pictures"];
const looks = docs ? [...new Set(DOCS.map(([, look]) => look))] : wanted.filter((name) => name in LOOKS);
const patterns = wanted.filter((name) => !(name in LOOKS)).map((name) => (/^\/.*\/$/.test(name) ? RegExp(name.slice(1, -1)) : RegExp(`^${name}$`)));
/** The file of a state in a look; none if it is not wanted. */
const file = (state, look) => (docs ? DOCS.find(([name, other]) => name === state && other === look)?.[2] : `${state}-${look}`);
const states = STATES.filter(({ name }) => !patterns.length || patterns.some((pattern) => pattern.test(name)));

const demo = await startDemo();

/** Waits for the typeface, which comes after the first page; a state that never is quiet has the system's. */
const typeface = (page) =>
  page.waitForFunction(() => [...document.fonts].some(({ status }) => status === "loaded"), undefined, { timeout: 8000 }).catch(() => {});

try {
  mkdirSync(folder, { recursive: true });
  for (const look of looks.length ? looks : ["light", "dark", "390", "he"]) {
    for (const who of [null, "admin", "agent"]) {
      const context = await demo.open(who, LOOKS[look]);
      for (const state of states.filter((state) => state.who === who)) {
        const name = file(state.name, look);
        if (!name || (state.narrow && LOOKS[look].viewport.width > 800)) continue;
        const page = await context.newPage();
        try {
          await enter(page, state, demo.world);
          await typeface(page);
          if (LOOKS[look].media) await page.emulateMedia({ media: LOOKS[look].media });
          await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
          console.log(`${name}.png`);
          // A draft is another state's.
          await page.evaluate(() => localStorage.clear());
        } catch (error) {
          process.exitCode = 1;
          console.error(`${state.name}-${look}: ${error.message}`);
        }
        await page.close();
      }
      await context.close();
    }
  }
} finally {
  await demo.close();
}
