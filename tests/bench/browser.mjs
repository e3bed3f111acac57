// Chromium as the journeys have it, and a context that is signed in.
import { chromium } from "@playwright/test";

const QUIET = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: QUIET });

/** A new context, as large and in the same language as the journeys', signed in as the demo agent. */
export async function signedIn(browser, baseURL) {
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 800 }, locale: "en-GB", timezoneId: "Europe/Berlin" });
  await context.request.post("/api/session", { data: { demo: "agent" }, headers: { "X-Trunkline": "1" } });
  return context;
}
