// Chromium as the journeys have it, and a context that is signed in.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

const QUIET = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

/** The first of these programs on the PATH. */
const program = () =>
  ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name)))
    .find((file) => existsSync(file));

export const launch = () => chromium.launch({ executablePath: program(), args: QUIET });

/** A new context, as large and in the same language as the journeys', signed in as a demo user. */
export async function signedIn(browser, baseURL, role = "agent") {
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 800 }, locale: "en-GB", timezoneId: "Europe/Berlin" });
  await context.request.post("/api/session", { data: { demo: role }, headers: { "X-Trunkline": "1" } });
  return context;
}
