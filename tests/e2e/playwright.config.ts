import { accessSync, constants } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { defineConfig } from "@playwright/test";

/**
 * The first of these programs on the PATH. The headless shell is the same engine without a desktop's interface and takes
 * 40 % less processor time: 45 journeys in 77 s with 101 s of it, in the whole browser in 105 s with 170 s.
 */
function chromium(): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  for (const name of ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]) {
    for (const folder of folders) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not here.
      }
    }
  }
  throw new Error("Chromium is not on the PATH; scripts/setup.sh test installs it.");
}

export default defineConfig({
  testDir: ".",
  outputDir: resolve(import.meta.dirname, "../../test-results"),
  // Each test has a server and a database of its own, so files can run side by side.
  workers: Number(process.env.TRUNKLINE_E2E_WORKERS ?? 3),
  timeout: 60_000,
  // A second try tells a journey that fails from one that wavers: it is printed as flaky, and is a bug to mend.
  retries: process.env.CI ? 1 : 0,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    actionTimeout: 10_000,
    // Recording takes up to a third of the time: in a run of all journeys only a second try is recorded.
    trace: process.env.CI ? "on-first-retry" : "retain-on-failure",
    launchOptions: {
      executablePath: chromium(),
      args: [
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});
