// New and escalated tickets are told on every page, once: badge, title, tab icon, toast, desktop notification, sound.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";
import { ticket } from "./upstreams/oneview.mjs";

test.use({ vendors: "upstream" });
// Each journey waits for several polls of the upstream.
test.beforeEach(() => test.slow());

const SOON = { timeout: 20_000 };
const toast = (page: Page, text: string | RegExp) => page.locator(".toast").filter({ hasText: text });
const badge = (page: Page, name: string) => page.getByRole("navigation").getByRole("link", { name, exact: true });

/** Waits until the watch has compared the tickets for the first time. */
const isWatching = (page: Page) =>
  expect.poll(() => page.evaluate(() => Object.keys(localStorage).some((key) => /^trunkline\.watch\.[\w-]{8}$/.test(key))), SOON).toBe(true);

/** Puts the time when the tickets were last known to be current back, as if nobody had been there since. */
const wasAway = (page: Page, seconds: number) =>
  page.evaluate((seconds) => {
    const key = Object.keys(localStorage).find((key) => /^trunkline\.watch\..*\.at$/.test(key))!;
    localStorage.setItem(key, String(Number(localStorage.getItem(key)) - seconds));
  }, seconds);

/** The texts of all toasts that the page shows from now on, whether or not they stay. */
async function recordToasts(page: Page) {
  const texts: string[] = [];
  await page.exposeFunction("onToast", (text: string) => texts.push(text));
  await page.addInitScript(() => {
    document.addEventListener("DOMContentLoaded", () => {
      new MutationObserver((records) => {
        for (const node of records.flatMap((record) => [...record.addedNodes])) {
          if (node instanceof Element && node.matches(".toast")) (globalThis as unknown as { onToast(text: string): void }).onToast(node.querySelector("span")?.textContent ?? "");
        }
      }).observe(document, { childList: true, subtree: true });
    });
  });
  return texts;
}

const person = (firstName: string, lastName: string) => ({ customer: { firstName, lastName } });

test("a new ticket is told on the customers' page: badge, title, icon, and a toast that opens it", async ({ signInAs, upstreams }) => {
  const page = await signInAs("agent", "/customers");
  await isWatching(page);
  await expect(page).toHaveTitle("Customers · Trunkline");
  upstreams.oneview.arrive(person("Alma", "Reuter"));
  await expect(page.getByRole("status").getByText("New ticket: Alma Reuter", { exact: true })).toBeVisible(SOON);
  await expect(badge(page, "Inbox, 1 new")).toBeVisible();
  await expect(page).toHaveTitle("(1) Customers · Trunkline");
  await expect(page.locator("link[rel=icon]")).toHaveAttribute("href", /^data:image\/svg\+xml,.*circle/);
  // The count is in the title of every page.
  await page.getByRole("navigation").getByRole("link", { name: "Settings" }).click();
  await expect(page).toHaveTitle("(1) Settings · Trunkline");

  await toast(page, "Alma Reuter").getByRole("link", { name: "Open" }).click();
  await expect(page).toHaveURL("/inbox/ticket-2");
  await expect(page.getByRole("heading", { level: 2, name: "Alma Reuter", exact: true })).toBeVisible();
  await expect(toast(page, "Alma Reuter")).toHaveCount(0);
  await expect(page).toHaveTitle("Inbox · Trunkline");
  await expect(badge(page, "Inbox")).toBeVisible();
  await expect(page.locator("link[rel=icon]")).toHaveAttribute("href", "/favicon.svg");
});

test("an escalated ticket is told at once to screen readers; many at a time are told as a number", async ({ signInAs, upstreams }) => {
  const page = await signInAs("agent", "/customers");
  await isWatching(page);
  const { tickets } = upstreams.oneview;
  tickets[0].ticketStatus = "ESCALATED";
  await expect(page.getByRole("alert").getByText("Escalated: hugo dan", { exact: true })).toBeVisible(SOON);
  await expect(badge(page, "Inbox, 1 new")).toBeVisible();
  for (let count = 0; count < 5; count += 1) tickets.push(ticket({ id: `many-${count}`, ...person("Many", String(count)) }));
  await expect(page.getByRole("status").getByText("5 new tickets", { exact: true })).toBeVisible(SOON);
  expect(await page.locator(".toast").count()).toBeLessThanOrEqual(2);
  await expect(badge(page, "Inbox, 6 new")).toBeVisible();
});

test("of two tabs one announces, and both count", async ({ signInAs, context, upstreams }) => {
  const first = await signInAs("agent", "/customers");
  await isWatching(first);
  const second = await context.newPage();
  const [told, toldToo] = [await recordToasts(first), await recordToasts(second)];
  await first.reload();
  await second.goto("/settings");
  await expect(badge(second, "Inbox")).toBeVisible();
  upstreams.oneview.arrive(person("Alma", "Reuter"));
  for (const page of [first, second]) await expect(badge(page, "Inbox, 1 new")).toBeVisible(SOON);
  upstreams.oneview.arrive(person("Berta", "Sommer"));
  for (const page of [first, second]) await expect(badge(page, "Inbox, 2 new")).toBeVisible(SOON);
  expect([...told, ...toldToo].sort()).toEqual(["New ticket: Alma Reuter", "New ticket: Berta Sommer"]);
  // Seen in one tab, it is seen in the other.
  await second.goto("/inbox/ticket-2");
  for (const page of [first, second]) await expect(badge(page, "Inbox")).toBeVisible(SOON);
});

test("a tab on the screen shows the toasts of a leading tab that is hidden, once; a mark made elsewhere lowers the count", async ({ signInAs, context, upstreams }) => {
  const first = await signInAs("agent", "/customers");
  await isWatching(first);
  const [second, third] = [await context.newPage(), await context.newPage()];
  const told = [await recordToasts(first), await recordToasts(second), await recordToasts(third)];
  await first.reload();
  for (const page of [second, third]) await page.goto("/settings");
  for (const page of [second, third]) await expect(page.locator(".corner")).toBeAttached({ timeout: 40_000 });
  const hide = (page: Page) =>
    page.evaluate(() => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    });
  await hide(first);
  upstreams.oneview.arrive({ id: "news-1", ...person("Alma", "Reuter") });
  for (const page of [first, second, third]) await expect(badge(page, "Inbox, 1 new")).toBeVisible(SOON);
  await expect.poll(() => told.flat(), SOON).toEqual(["New ticket: Alma Reuter"]);
  expect(told[0]).toEqual([]);
  // Without a tab on the screen the leading one keeps them.
  for (const page of [second, third]) await hide(page);
  upstreams.oneview.arrive({ id: "news-2", ...person("Berta", "Sommer") });
  await expect.poll(() => told[0], SOON).toEqual(["New ticket: Berta Sommer"]);
  expect(told.flat()).toHaveLength(2);
  await first.request.put("/api/inbox/marks/news-1", { data: { seen: true }, headers: { "X-Trunkline": "1" } });
  for (const page of [first, second]) await expect(badge(page, "Inbox, 1 new")).toBeVisible(SOON);
});

test("a reload, a restart of the gateway and a new sign-in announce nothing again", async ({ signInAs, upstreams, server, page }) => {
  const told = await recordToasts(page);
  await signInAs("agent", "/customers");
  await isWatching(page);
  upstreams.oneview.arrive(person("Alma", "Reuter"));
  await expect(badge(page, "Inbox, 1 new")).toBeVisible(SOON);
  await page.reload();
  // What is unseen is still counted.
  await expect(badge(page, "Inbox, 1 new")).toBeVisible(SOON);
  upstreams.oneview.arrive(person("Berta", "Sommer"));
  await expect(badge(page, "Inbox, 2 new")).toBeVisible(SOON);
  await server.restart();
  upstreams.oneview.arrive(person("Clara", "Thoma"));
  await expect(badge(page, "Inbox, 3 new")).toBeVisible({ timeout: 40_000 });
  await page.request.delete("/api/session", { headers: { "X-Trunkline": "1" } });
  await signInAs("agent", "/settings");
  upstreams.oneview.arrive(person("Dora", "Ulm"));
  await expect(badge(page, "Inbox, 4 new")).toBeVisible(SOON);
  expect(told).toEqual(["Alma Reuter", "Berta Sommer", "Clara Thoma", "Dora Ulm"].map((name) => `New ticket: ${name}`));
});

test("what happened while one was away is summed up once", async ({ signInAs, upstreams, page, guard }) => {
  // Of the bare file that is opened for its storage.
  guard.allow(/favicon\.ico/);
  const told = await recordToasts(page);
  const { tickets } = upstreams.oneview;
  tickets.push(ticket({ id: "goes" }), ticket({ id: "escalates" }));
  await signInAs("agent", "/customers");
  await isWatching(page);
  await page.goto("/config.json");
  await wasAway(page, 3_600);
  tickets.splice(1, 1);
  tickets[1].ticketStatus = "ESCALATED";
  for (const name of ["Alma", "Berta", "Clara"]) tickets.push(ticket({ id: name, ...person(name, "Reuter") }));
  await page.goto("/customers");
  await expect(page.getByText("While you were away: 3 new, 1 escalated, 1 gone", { exact: true })).toBeVisible(SOON);
  await expect(badge(page, "Inbox, 4 new")).toBeVisible();
  await page.reload();
  await expect(badge(page, "Inbox, 4 new")).toBeVisible(SOON);
  upstreams.oneview.arrive(person("Dora", "Ulm"));
  await expect(badge(page, "Inbox, 5 new")).toBeVisible(SOON);
  expect(told).toEqual(["While you were away: 3 new, 1 escalated, 1 gone", "New ticket: Dora Ulm"]);
});

test("an empty response in between announces nothing again", async ({ signInAs, upstreams, page }) => {
  const told = await recordToasts(page);
  const { oneview } = upstreams;
  for (const name of ["Alma", "Berta", "Clara", "Dora"]) oneview.tickets.push(ticket({ id: name, ...person(name, "Reuter") }));
  await signInAs("agent", "/customers");
  await isWatching(page);
  const known = () => page.evaluate(() => Object.entries(localStorage).find(([key]) => /^trunkline\.watch\.[\w-]{8}$/.test(key))![1] as string);
  // A ticket that went is stored with its time, after a dot.
  const gone = async () => (await known()).split(".").length - 1;
  const all = oneview.tickets.splice(0);
  await expect.poll(gone, SOON).toBe(5);
  oneview.tickets.push(...all);
  await expect.poll(gone, SOON).toBe(0);
  oneview.arrive(person("Emma", "Vogt"));
  await expect(badge(page, "Inbox, 1 new")).toBeVisible(SOON);
  expect(told).toEqual(["New ticket: Emma Vogt"]);
});

test.describe("settings", () => {
  const setting = (page: Page, name: string) => page.getByRole("checkbox", { name, exact: true });

  test("a refused permission is said at the checkbox, which stays unchecked", async ({ signInAs }) => {
    const page = await signInAs("agent", "/settings");
    await setting(page, "Desktop notifications").click();
    await expect(page.getByText("Your browser blocks notifications from this site.")).toBeVisible();
    await expect(setting(page, "Desktop notifications")).not.toBeChecked();
    await expect(setting(page, "Desktop notifications")).toHaveAttribute("aria-invalid", "true");
  });

  test("a background tab shows a desktop notification, whose click opens the ticket", async ({ signInAs, context, page, upstreams }) => {
    await context.addInitScript(() => {
      const shown: { title: string; body?: string; onclick?: () => void }[] = [];
      class Fake {
        static permission = "default";
        static requestPermission = async () => (Fake.permission = "granted");
        onclick?: () => void;
        body?: string;
        constructor(readonly title: string, options: { body?: string }) {
          this.body = options.body;
          shown.push(this);
        }
        close() {}
      }
      Object.assign(window, { Notification: Fake, shown });
    });
    await signInAs("agent", "/settings");
    await setting(page, "Desktop notifications").check();
    await isWatching(page);
    const shown = () => page.evaluate(() => (window as unknown as { shown: { title: string; body?: string }[] }).shown.map(({ title, body }) => ({ title, body })));
    const hide = (hidden: boolean) =>
      page.evaluate((hidden) => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
      }, hidden);
    await hide(true);
    upstreams.oneview.arrive(person("<b>Alma</b>", "Reuter"));
    await expect.poll(shown, SOON).toEqual([{ title: "New ticket: <b>Alma</b> Reuter", body: "delivery - wrong address · english" }]);
    await page.evaluate(() => (window as unknown as { shown: { onclick(): void }[] }).shown[0].onclick());
    await expect(page).toHaveURL("/inbox/ticket-2");
    await hide(false);
    await expect(page).toHaveTitle("Inbox · Trunkline");
  });

  test("sounds: chosen, tested, silent in quiet hours and when switched off", async ({ signInAs, page, context, upstreams }) => {
    await context.addInitScript(() => {
      const played: string[] = [];
      class Fake {
        volume = 1;
        constructor(readonly src: string) {}
        async play() {
          played.push(`${this.src} ${this.volume}`);
        }
      }
      Object.assign(window, { Audio: Fake, played });
    });
    const played = () => page.evaluate(() => (window as unknown as { played: string[] }).played);
    await signInAs("agent", "/settings");
    await isWatching(page);
    await page.getByLabel("New ticket", { exact: true }).selectOption({ label: "Knock" });
    await page.getByLabel("Volume", { exact: true }).selectOption({ label: "20%" });
    await page.getByRole("button", { name: "Test sound" }).click();
    await expect.poll(played).toEqual(["/sounds/knock.wav 0.2", "/sounds/bell.wav 0.2"]);
    upstreams.oneview.tickets[0].ticketStatus = "ESCALATED";
    await expect.poll(async () => (await played()).slice(2), SOON).toEqual(["/sounds/bell.wav 0.2"]);
    await expect(badge(page, "Inbox, 1 new")).toBeVisible();

    await page.getByLabel("Quiet hours from", { exact: true }).fill("00:00");
    await expect(page.getByText("Enter both times, or neither.")).toBeVisible();
    await page.getByLabel("Until", { exact: true }).fill("23:59");
    await expect(page.getByText("Enter both times, or neither.")).toBeHidden();
    upstreams.oneview.arrive(person("Alma", "Reuter"));
    await expect(badge(page, "Inbox, 2 new")).toBeVisible(SOON);
    await page.getByLabel("Quiet hours from", { exact: true }).fill("");
    await page.getByLabel("Until", { exact: true }).fill("");
    await setting(page, "Sound").uncheck();
    upstreams.oneview.arrive(person("Berta", "Sommer"));
    await expect(badge(page, "Inbox, 3 new")).toBeVisible(SOON);
    expect(await played()).toHaveLength(3);
    await page.reload();
    await expect(setting(page, "Sound")).not.toBeChecked();
    await expect(page.getByLabel("New ticket", { exact: true })).toHaveValue("knock");
  });

  test("the sounds are shipped, and a sound that the browser blocks is said", async ({ signInAs, page, context, upstreams }) => {
    await signInAs("agent", "/settings");
    for (const name of ["chime", "bell", "knock"]) {
      const answer = await page.request.get(`/sounds/${name}.wav`);
      expect(answer.status()).toBe(200);
      expect(answer.headers()["content-type"]).toMatch(/^audio\//);
    }
    await context.addInitScript(() => {
      HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException("no gesture", "NotAllowedError"));
    });
    await page.reload();
    await isWatching(page);
    upstreams.oneview.arrive(person("Alma", "Reuter"));
    await expect(page.getByText("The browser blocks sound until you click on the page or press a key.")).toBeVisible(SOON);
  });

  test("thresholds of waiting are kept once they are valid", async ({ signInAs }) => {
    const page = await signInAs("agent", "/settings");
    const [amber, red] = [page.getByLabel("Amber after (minutes)"), page.getByLabel("Red after (minutes)")];
    await red.fill("10");
    await expect(page.getByText("Enter whole minutes, red not before amber.")).toBeVisible();
    await amber.fill("5");
    await expect(page.getByText("Enter whole minutes, red not before amber.")).toBeHidden();
    await page.reload();
    await expect(amber).toHaveValue("5");
    await expect(red).toHaveValue("10");
  });
});
