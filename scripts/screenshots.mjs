// Takes pictures of every page: light, dark and 390 px wide. `node scripts/screenshots.mjs [folder] [language …]`
// Needs what `make build` leaves. With a language (`he`) also those, light and wide. The folder's overview-light.png is
// the README's picture.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "@playwright/test";

const [folder = "target/screenshots", ...languages] = process.argv.slice(2);
const AGENT = "f4b8f8e5-365a-4ed1-a122-0f4ba1afef44";
const ACCOUNT = "59c749f4-af8e-eb11-aacf-06c7a219a2ac";
/** Name, path, whose page. */
const PAGES = [
  ["sign-in", "/sign-in", null],
  ["overview", "/", "admin"],
  ["channel-accounts", "/channel-accounts", "admin"],
  ["channel-account", `/channel-accounts/${ACCOUNT}`, "admin"],
  ["channel-account-edit", `/channel-accounts/${ACCOUNT}/edit`, "admin"],
  ["channel-account-new", "/channel-accounts/new", "admin"],
  ["events", "/events", "admin"],
  ["event", "/events/2039", "admin"],
  ["event-new", "/events/new", "admin"],
  ["customers", "/customers", "admin"],
  ["external-apis", "/external-apis", "admin"],
  ["external-api-new", "/external-apis/new", "admin"],
  ["account", "/account", "admin"],
  ["settings", "/settings", "admin"],
  ["inbox", "/inbox", "agent"],
  ["inbox-ticket", "/inbox/first", "agent"],
  ["forbidden", "/channel-accounts", "agent"],
];
const LOOKS = [
  ["light", { colorScheme: "light", viewport: { width: 1280, height: 800 } }],
  ["dark", { colorScheme: "dark", viewport: { width: 1280, height: 800 } }],
  ["390", { colorScheme: "light", viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
  ...languages.map((locale) => [locale, { colorScheme: "light", viewport: { width: 1280, height: 800 }, locale }]),
];

const data = mkdtempSync(join(tmpdir(), "trunkline-pictures-"));
const server = spawn("target/release/trunkline-server", ["--listen", "127.0.0.1:0", "--data", data], {
  stdio: ["ignore", "pipe", "ignore"],
});
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
try {
  mkdirSync(folder, { recursive: true });
  for (const [look, options] of LOOKS) {
    for (const role of [null, "admin", "agent"]) {
      const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin", ...options });
      const headers = { "X-Trunkline": "1" };
      if (role) await context.request.post(`${url}/api/session`, { data: { demo: role }, headers });
      if (role === "agent") await context.request.put(`${url}/api/oneview/v1/${AGENT}/online`, { headers });
      const page = await context.newPage();
      for (const [name, path, who] of PAGES.filter(([, , who]) => who === role)) {
        await page.goto(url + (await resolved(path, context)));
        await page.getByRole("heading", { level: 1 }).first().waitFor();
        // Skeletons are gone when nothing in main is busy.
        await page.waitForFunction(() => !document.querySelector("main [aria-busy=true]"));
        await page.screenshot({ path: join(folder, `${name}-${look}.png`), animations: "disabled" });
        console.log(`${name}-${look}.png${who ? "" : " (signed out)"}`);
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

/** `/inbox/first` is the first of the agent's tickets. */
async function resolved(path, context) {
  if (path !== "/inbox/first") return path;
  const tickets = await (await context.request.get(`${url}/api/oneview/v1/${AGENT}/tickets`)).json();
  return `/inbox/${encodeURIComponent(tickets[0]?.id ?? "none")}`;
}
