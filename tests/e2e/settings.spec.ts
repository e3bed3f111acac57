// Settings: how the console looks in this browser, the vendors' connections, and the version.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";

const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });

/** Chooses the dark theme and the comfortable density. */
async function choose(page: Page) {
  const root = page.locator("html");
  await field(page, "Theme").selectOption({ label: "Dark" });
  await expect(root).toHaveAttribute("data-theme", "dark");
  await expect(root).toHaveCSS("color-scheme", "dark");
  await field(page, "Density").selectOption({ label: "Comfortable" });
  await expect(root).toHaveAttribute("data-density", "comfortable");
}

test("theme and density apply at once, in other tabs too", async ({ signInAs, context }) => {
  const page = await signInAs("agent", "/settings");
  const root = page.locator("html");
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await expect(root).not.toHaveAttribute("data-theme");
  await expect(root).toHaveAttribute("data-density", "compact");
  await expect(field(page, "Language")).toHaveValue("en");
  await expectAccessible(page);

  const other = await context.newPage();
  await other.goto("/settings");
  await expect(other.getByLabel("Theme", { exact: true })).toHaveValue("");

  await choose(page);
  await expect(other.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(other.getByLabel("Density", { exact: true })).toHaveValue("comfortable");
  await expectAccessible(page);
});

test("the static shell has the theme before the module comes", async ({ signInAs }) => {
  const page = await signInAs("agent", "/settings");
  await choose(page);
  const root = page.locator("html");
  // The module never comes.
  await page.route("**/*.wasm", (route) => new Promise(() => void route));
  await page.reload({ waitUntil: "commit" });
  await expect(page.getByText("Loading …")).toBeVisible();
  await expect(root).toHaveAttribute("data-theme", "dark");
  await page.unroute("**/*.wasm");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
});

test("theme and density are kept, until the theme is the system's again", async ({ signInAs }) => {
  const page = await signInAs("agent", "/settings");
  await choose(page);
  const root = page.locator("html");
  await page.reload();
  await expect(field(page, "Theme")).toHaveValue("dark");
  await expect(root).toHaveAttribute("data-theme", "dark");
  await expect(root).toHaveAttribute("data-density", "comfortable");
  await page.goto("/events");
  await expect(root).toHaveAttribute("data-theme", "dark");

  await page.goto("/settings");
  await field(page, "Theme").selectOption({ label: "Match system" });
  await expect(root).not.toHaveAttribute("data-theme");
  await page.reload();
  await expect(field(page, "Theme")).toHaveValue("");
});

test("an invalid stored theme does no harm", async ({ signInAs, context }) => {
  await context.addInitScript(() => localStorage.setItem("trunkline.theme", "<neon>"));
  const page = await signInAs("admin", "/settings");
  await expect(page.getByLabel("Theme", { exact: true })).toHaveValue("");
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
});

test.describe("with upstreams", () => {
  test.use({ vendors: "upstream" });

  test("the connections show the hosts, and viewing them sends no vendor call", async ({ signInAs, upstreams, page }) => {
    const version = (await (await page.request.get("/api/session")).json()).version;
    await signInAs("admin", "/settings");
    const vendors = page.getByRole("table", { name: "Vendors" });
    const comm100 = vendors.getByRole("row", { name: /^Comm100/ });
    await expect(comm100).toContainText(new URL(upstreams.comm100.url).hostname);
    await expect(comm100).toContainText("Not called yet");
    await expect(vendors.getByRole("row")).toHaveCount(6);
    await expect(page.getByRole("region", { name: "Version" })).toContainText(version);
    expect(Object.values(upstreams).flatMap((vendor) => (vendor as { requests?: unknown[] }).requests ?? [])).toEqual([]);
  });
});
