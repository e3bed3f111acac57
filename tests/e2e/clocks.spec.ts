// Clocks: a person's may be wrong, or be set while the console is open; a session may last longer than a timer.
import type { Page } from "@playwright/test";
import { jump, setClockOff } from "./support/clock";
import { expect, test } from "./support/test";

const HOUR = 3_600_000;
const OFF = { "an hour ahead": HOUR, "an hour behind": -HOUR, "three days ahead": 72 * HOUR, "three days behind": -72 * HOUR };
const SESSION = /^\/api\/session$/;

const settled = (page: Page) => expect(page.locator(".corner")).toBeAttached();
const over = (page: Page) => page.getByRole("dialog", { name: "Your session has ended" });

for (const days of [30, 50]) {
  test.describe(`a session of ${days} days`, () => {
    const seconds = days * 86_400;
    test.use({ settings: { toml: `[session]\nidle_seconds = ${seconds}\nabsolute_seconds = ${2 * seconds}` } });

    test(`the session is read at most twice in nine seconds (${days} days)`, async ({ signInAs, server, page }) => {
      // As in browsers, a timer of more than 2^31 ms fires at once.
      await page.clock.install();
      await signInAs("admin", "/settings");
      await settled(page);
      for (let second = 0; second < 9; second += 1) {
        await page.clock.runFor(1000);
        // A request that the timer began has its response before this one.
        await page.evaluate(async () => (await fetch("/api/health")).text());
      }
      expect(await server.received("GET", SESSION)).toBeLessThanOrEqual(2);
      await expect(page.getByRole("alertdialog")).toHaveCount(0);
    });
  });
}

for (const [name, off] of Object.entries(OFF)) {
  test.describe(`with a clock ${name}`, () => {
    test.beforeEach(async ({ context }) => setClockOff(context, off));

    test(`the time online begins at zero (${name})`, async ({ signInAs }) => {
      const page = await signInAs("agent", "/inbox");
      await page.getByRole("switch", { name: "Online" }).click();
      await expect(page.getByText(/^Online for 00:0\d$/)).toBeVisible();
    });

    test(`fresh data are shown as fresh (${name})`, async ({ signInAs }) => {
      const page = await signInAs("admin", "/channel-accounts");
      await expect(page.getByText(/^Updated (now|[1-9] sec\. ago)$/)).toBeVisible();
    });

    test.describe("with a session of a few seconds", () => {
      test.use({ settings: { toml: "[session]\nidle_seconds = 12" } });

      test(`the warning counts the remaining seconds (${name})`, async ({ signInAs }) => {
        const page = await signInAs("admin", "/settings");
        await expect(page.getByRole("alertdialog")).toContainText(/You will be signed out in 00:0\d/);
        await expect(over(page)).toHaveCount(0);
      });
    });

    test.describe("with a vendor that sends dates", () => {
      // The sandbox's date reaches the browser, an upstream's is reckoned by the gateway.
      test.use({ vendors: Math.abs(off) > HOUR ? "upstream" : "sandbox" });

      test(`a dated Retry-After of five seconds is waited for about five (${name})`, async ({ signInAs, page, faults, guard }) => {
        guard.allow(/status of 429/);
        await faults.set("comm100", "status", { status: 429, retry_after_date: 5, times: 1 });
        const answered: number[] = [];
        page.on("response", (response) => {
          if (response.url().includes("/channelAccounts")) answered.push(Date.now());
        });
        await signInAs("admin", "/channel-accounts");
        await expect(page.getByText(/^Trying again in [1-6] seconds?\.$/)).toBeVisible();
        await expect(page.getByRole("table", { name: "Channel accounts" }).getByRole("link").first()).toBeVisible();
        const waited = answered[1] - answered[0];
        expect(waited).toBeGreaterThan(3500);
        expect(waited).toBeLessThan(15_000);
      });
    });
  });
}

test("today is the server's day", async ({ context, signInAs }) => {
  await setClockOff(context, 72 * HOUR);
  const page = await signInAs("admin", "/");
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" }).format(new Date());
  await expect(page.getByRole("link", { name: /Events today/ })).toHaveAttribute("href", new RegExp(`from=${day}&to=${day}`));
});

test("setting the clock while online changes nothing", async ({ context, signInAs }) => {
  await setClockOff(context, 0);
  const page = await signInAs("agent", "/inbox");
  await page.getByRole("switch", { name: "Online" }).click();
  await expect(page.getByText(/^Online for 00:0\d$/)).toBeVisible();
  for (const off of [HOUR, -73 * HOUR]) {
    const before = await page.getByText(/^Online for /).innerText();
    await jump(page, off);
    await expect(page.getByText(/^Online for /)).not.toHaveText(before);
    await expect(page.getByText(/^Online for 00:[0-5]\d$/)).toBeVisible();
  }
});

test("a computer that wakes up checks its session at once", async ({ context, signInAs, server }) => {
  await setClockOff(context, 0);
  const page = await signInAs("admin", "/settings");
  await settled(page);
  const before = await server.received("GET", SESSION);
  // Its clock went on while it slept, the page's timers did not.
  await jump(page, 8 * HOUR);
  await expect.poll(() => server.received("GET", SESSION)).toBe(before + 1);
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
});
