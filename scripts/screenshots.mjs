// Takes pictures of every page, dialog and state in every look: `node scripts/screenshots.mjs [folder] [look …] [state …]`.
// Needs what `make build` leaves and the tests' packages. Looks and states may be named, `/…/` is a pattern; without any
// it is light and dark, wide and narrow. The folder's overview-light.png is the README's picture.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "@playwright/test";
import { STATES, enter, makeWorld } from "../tests/e2e/support/states.mjs";

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const touch = { isMobile: true, hasTouch: true };
/** What a browser is set to; `kept` is what the settings page keeps in it. */
const LOOKS = {
  light: { colorScheme: "light", viewport: WIDE },
  dark: { colorScheme: "dark", viewport: WIDE },
  390: { colorScheme: "light", viewport: PHONE, ...touch },
  "390-dark": { colorScheme: "dark", viewport: PHONE, ...touch },
  320: { colorScheme: "light", viewport: { width: 320, height: 640 }, ...touch },
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

const [folder = "target/screenshots", ...wanted] = process.argv.slice(2);
const looks = wanted.filter((name) => name in LOOKS);
const patterns = wanted.filter((name) => !(name in LOOKS)).map((name) => (/^\/.*\/$/.test(name) ? RegExp(name.slice(1, -1)) : RegExp(`^${name}$`)));
const states = STATES.filter(({ name }) => !patterns.length || patterns.some((pattern) => pattern.test(name)));

const data = mkdtempSync(join(tmpdir(), "trunkline-pictures-"));
writeFileSync(join(data, "trunkline.toml"), "[external_apis]\nallow_private = true\n[sandbox]\nticket_seconds = 0\n");
const options = { "--listen": "127.0.0.1:0", "--data": data, "--config": join(data, "trunkline.toml") };
const server = spawn("target/release/trunkline-server", Object.entries(options).flat(), { stdio: ["ignore", "pipe", "ignore"] });
const url = await new Promise((found, failed) => {
  server.once("exit", (code) => failed(new Error(`the server ended with ${code}`)));
  createInterface(server.stdout).on("line", (line) => {
    const address = /^Trunkline is at (\S+)/.exec(line)?.[1];
    if (address) found(address.replace(/\/$/, ""));
  });
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});

/** A browser of somebody's own, signed in. */
async function open(who, look = {}) {
  const { media, ...settings } = look;
  // The tour comes where a state asks for it, not by itself.
  const kept = { "trunkline.tour": "*", ...settings.kept };
  delete settings.kept;
  const context = await browser.newContext({ baseURL: url, locale: "en-GB", timezoneId: "Europe/Berlin", ...settings });
  await context.addInitScript((kept) => Object.entries(kept).forEach(([key, value]) => localStorage.setItem(key, value)), kept);
  if (who) await context.request.post("/api/session", { data: { demo: who }, headers: { "X-Trunkline": "1" } });
  return context;
}

try {
  mkdirSync(folder, { recursive: true });
  const [admin, agent] = [await open("admin"), await open("agent")];
  const world = await makeWorld(admin.request, agent.request);
  await admin.close();
  await agent.close();
  for (const look of looks.length ? looks : ["light", "dark", "390"]) {
    for (const who of [null, "admin", "agent"]) {
      const context = await open(who, LOOKS[look]);
      for (const state of states.filter((state) => state.who === who)) {
        if (state.narrow && LOOKS[look].viewport.width > 800) continue;
        const page = await context.newPage();
        try {
          await enter(page, state, world);
          if (LOOKS[look].media) await page.emulateMedia({ media: LOOKS[look].media });
          await page.screenshot({ path: join(folder, `${state.name}-${look}.png`), animations: "disabled" });
          console.log(`${state.name}-${look}.png`);
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
  await browser.close();
  server.removeAllListeners("exit");
  server.kill("SIGTERM");
  await new Promise((done) => server.once("exit", done));
  rmSync(data, { recursive: true, force: true });
}
