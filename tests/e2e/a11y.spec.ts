// Every page, dialog and state, as support/states.mjs lists them: light and dark, left-to-right and right-to-left, wide,
// narrow and at 320 px, which is what 400 % zoom makes of 1280. First what axe finds, then what it can't see.
import type { Page } from "@playwright/test";
import { COLOURS, violations } from "./support/axe";
import { painted, sideways, smallTargets, tabFaults } from "./support/checks";
import { type State, STATES, enter, makeWorld } from "./support/states.mjs";
import { expect, test as base } from "./support/test";

/** Signs in as whoever a state is of, and brings the page there. */
const test = base.extend<{ visit: (state: State) => Promise<void> }>({
  // Short lists suffice to check how a row is made.
  settings: [{ sandbox: { channel_accounts: 14, events: 24, tickets: 24 }, toml: "[external_apis]\nallow_private = true\n" }, { option: true }],
  visit: async ({ page, server, playwright, guard }, use) => {
    // Lists that fail, records that are unknown, words that are wrong: all of it on purpose.
    guard.allow(/status of 4\d\d|net::ERR_/);
    const signedIn = async (demo: string) => {
      const request = await playwright.request.newContext({ baseURL: server.url });
      await request.post("/api/session", { data: { demo }, headers: { "X-Trunkline": "1" } });
      return request;
    };
    const [admin, agent] = [await signedIn("admin"), await signedIn("agent")];
    const world = await makeWorld(admin, agent);
    await Promise.all([admin.dispose(), agent.dispose()]);
    let who: string | null = null;
    await use(async (state) => {
      if (state.who && state.who !== who) {
        await page.request.post("/api/session", { data: { demo: state.who }, headers: { "X-Trunkline": "1" } });
        who = state.who;
      }
      await page.setViewportSize({ width: state.narrow ? 390 : 1280, height: 800 });
      // Without motion a change of theme is there at once.
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      await enter(page, state, world);
    });
  },
});

/** The states by what their names begin with: one test each, so that several run side by side. */
const GROUPS: [string, RegExp][] = [
  ["sign-in, overview and the frame", /^(sign-in|overview|menu|not-found|no-access|session)/],
  ["channel accounts", /^channel-/],
  ["events", /^event/],
  ["customers, account, agents, activity and settings", /^(customer|account|agents|activity|settings)/],
  ["external APIs", /^external-/],
  ["inbox", /^(inbox|ticket|shortcuts)/],
  ["top bar and navigation", /^(person|presence|sign-out|navigation)/],
  ["what comes after the first rows", /^(palette|tour|idle|reload)/],
];

test("the table of states is complete", () => {
  for (const { name } of STATES) expect(GROUPS.filter(([, pattern]) => pattern.test(name)), name).toHaveLength(1);
});

/** Checks the page in its current state at a width. */
async function look(page: Page, width: number, theme: "light" | "dark", rules?: string[]): Promise<string[]> {
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme: theme });
  await painted(page);
  return (await violations(page, rules)).map((fault) => `at ${width} px, ${theme}: ${fault}`);
}

test.describe.configure({ timeout: 240_000 });

for (const locale of ["en-GB", "he"]) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale });

    for (const [group, pattern] of GROUPS) {
      test(`axe finds nothing: ${group}`, async ({ page, visit }) => {
        const found: string[] = [];
        for (const state of STATES.filter(({ name }) => pattern.test(name))) {
          await visit(state);
          const faults: string[] = [];
          for (const width of state.narrow ? [390] : [1280, 390]) {
            faults.push(...(await look(page, width, "light")));
            // A theme changes colours and nothing else.
            faults.push(...(await look(page, width, "dark", COLOURS)));
            faults.push(...(await smallTargets(page)).map((target) => `at ${width} px a target of ${target}`));
          }
          await page.setViewportSize({ width: 320, height: 256 });
          await painted(page);
          faults.push(...(await sideways(page)).map((fault) => `at 320 px: ${fault}`));
          found.push(...faults.map((fault) => `${state.name} ${fault}`));
        }
        expect(found.join("\n")).toBe("");
      });
    }
  });
}

for (const [group, pattern] of GROUPS) {
  test(`the focus reaches every control, is visible, and can leave: ${group}`, async ({ page, visit }) => {
    const found: string[] = [];
    for (const state of STATES.filter(({ name, lists }) => pattern.test(name) && lists !== "loading")) {
      await visit(state);
      found.push(...(await tabFaults(page)).map((fault) => `${state.name}: ${fault}`));
    }
    expect(found.join("\n")).toBe("");
  });
}

test("forced colours keep focus and selection visible", async ({ page, visit }) => {
  const found: string[] = [];
  for (const state of STATES.filter(({ name }) => /^(channel-accounts-selected|channel-account-refused|ticket|settings|shortcuts)$/.test(name))) {
    await visit(state);
    await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
    found.push(...(await tabFaults(page)).map((fault) => `${state.name}: ${fault}`));
    if (state.name === "ticket") {
      // The open ticket's row, and the current page in the navigation: not by a background alone.
      const marks = await page.locator("tr[aria-current=true] > :first-child, .nav-link[aria-current=page]").evaluateAll((all) =>
        all.map((element) => Number.parseFloat(getComputedStyle(element).borderInlineStartWidth)),
      );
      expect(marks).toHaveLength(2);
      for (const width of marks) expect(width).toBeGreaterThan(0);
    }
    await page.emulateMedia({ forcedColors: "none" });
  }
  expect(found.join("\n")).toBe("");
});

test.describe("announcements for screen readers", () => {
  /** Announcements of live regions from now on, in order. */
  const listen = (page: Page) =>
    page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const element = target instanceof Element ? target : target.parentElement;
          const region = element?.closest("[aria-live], [role=status], [role=alert]");
          const text = region?.textContent?.trim();
          if (text && heard.at(-1) !== text) heard.push(text);
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
  const heard = (page: Page) => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);

  test("page, row count and errors are announced", async ({ signInAs, page, guard }) => {
    guard.allow(/status of 400/);
    await signInAs("admin", "/events");
    await listen(page);
    await page.getByRole("link", { name: "Channel accounts" }).click();
    await expect(page).toHaveTitle("Channel accounts · Trunkline");
    await expect(page.getByRole("heading", { level: 1, name: "Channel accounts" })).toBeFocused();
    await expect.poll(() => heard(page)).toContain("14 rows");

    await page.getByRole("searchbox").pressSequentially("comm100");
    await expect.poll(() => heard(page)).toContain("1 row");
    // Said once, and nobody meets old news in the region.
    await expect(page.locator("[aria-live]").filter({ hasText: /row/ })).toHaveCount(0);
    await page.getByRole("searchbox").fill("nothing has this");
    await expect.poll(() => heard(page)).toContain("0 rows");

    await page.route("**/api/jtel/acd/events", (route) => route.fulfill({ status: 400, json: { message: "No." } }));
    await page.goto("/events");
    await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  });

  test("the found customer is announced", async ({ signInAs, page }) => {
    await signInAs("agent", "/customers");
    await listen(page);
    await page.getByLabel("Phone, e-mail or ID", { exact: true }).fill("989899854090030232934sdfdsdf32dd4sdfdsddffdummycustomerid2");
    await page.getByRole("button", { name: "Look up" }).click();
    const name = await page.getByRole("main").getByRole("heading", { level: 2 }).innerText();
    await expect.poll(async () => (await heard(page)).some((text) => text.includes(name))).toBe(true);
  });

  test.describe("while tickets come in", () => {
    test.use({ settings: { sandbox: { tickets: 5, ticket_seconds: 1 } } });

    test("each arrival is announced", async ({ signInAs, page }) => {
      await signInAs("agent", "/inbox");
      await listen(page);
      await page.getByRole("switch", { name: "Online" }).click();
      await expect.poll(async () => (await heard(page)).some((text) => /new tickets?\b/i.test(text)), { timeout: 20_000 }).toBe(true);
    });
  });
});

test("nothing moves when reduced motion is requested", async ({ page, visit }) => {
  for (const state of STATES.filter(({ name }) => /^(inbox-loading|channel-account-remove)$/.test(name))) {
    await visit(state);
    await painted(page);
    const moving = await page.evaluate(() => document.getAnimations().filter((animation) => animation.playState === "running").length);
    expect(moving, state.name).toBe(0);
  }
});
