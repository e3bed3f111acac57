// Icons that are first needed when there is no connection.
import type { Locator } from "@playwright/test";
import { openPerson } from "./support/person";
import { expect, test } from "./support/test";

/** `true` if the icon is drawn: a dangling reference has no size. */
const drawn = (icon: Locator) => icon.locator("use").evaluate((use: SVGUseElement) => use.getBBox().width > 0);

test("offline, the banner has its icon, and a toast its icon and close button", async ({ signInAs, context, guard }) => {
  guard.allow(/ERR_|Failed to load resource/);
  const page = await signInAs("admin", "/events");
  await expect(page.getByRole("table", { name: "ACD events" }).getByRole("rowheader").first()).toBeVisible();
  const person = await openPerson(page);
  await context.setOffline(true);
  const banner = page.locator(".banner").filter({ hasText: "No connection." });
  await expect(banner).toBeVisible();
  expect(await drawn(banner)).toBe(true);

  await person.getByRole("button", { name: "Sign out" }).click();
  const message = page.locator(".toast").filter({ has: page.getByRole("button", { name: "Dismiss" }) });
  await expect(message).toBeVisible();
  expect(await drawn(message.locator("> svg"))).toBe(true);
  expect(await drawn(message.getByRole("button", { name: "Dismiss" }))).toBe(true);
  await message.getByRole("button", { name: "Dismiss" }).click();
  await expect(message).toHaveCount(0);
  await context.setOffline(false);
});

test("every icon in use is in the page", async ({ signInAs }) => {
  const page = await signInAs("admin", "/");
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  const missing = await page.locator("use").evaluateAll((uses) =>
    uses.map((use) => use.getAttribute("href") ?? "").filter((href) => !/^#icon-/.test(href) || !document.querySelector(href)),
  );
  expect(missing).toEqual([]);
});
