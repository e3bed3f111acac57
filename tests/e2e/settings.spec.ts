// Settings: how the console looks in this browser, the vendors' connections, and the version.
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";

test("theme and density are applied at once, kept, and followed by other tabs", async ({ signInAs, context }) => {
  const page = await signInAs("agent", "/settings");
  const root = page.locator("html");
  const field = (name: string) => page.getByLabel(name, { exact: true });
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await expect(root).not.toHaveAttribute("data-theme");
  await expect(root).toHaveAttribute("data-density", "compact");
  await expect(field("Language")).toHaveValue("en");
  await expectAccessible(page);

  const other = await context.newPage();
  await other.goto("/settings");
  await expect(other.getByLabel("Theme", { exact: true })).toHaveValue("");

  await field("Theme").selectOption({ label: "Dark" });
  await expect(root).toHaveAttribute("data-theme", "dark");
  await expect(root).toHaveCSS("color-scheme", "dark");
  await field("Density").selectOption({ label: "Comfortable" });
  await expect(root).toHaveAttribute("data-density", "comfortable");
  await expect(other.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(other.getByLabel("Density", { exact: true })).toHaveValue("comfortable");
  await expectAccessible(page);

  // The static shell has the theme already: here the module never comes.
  await page.route("**/*.wasm", (route) => new Promise(() => void route));
  await page.reload({ waitUntil: "commit" });
  await expect(page.getByText("Loading …")).toBeVisible();
  await expect(root).toHaveAttribute("data-theme", "dark");
  await page.unroute("**/*.wasm");

  await page.reload();
  await expect(field("Theme")).toHaveValue("dark");
  await expect(root).toHaveAttribute("data-theme", "dark");
  await expect(root).toHaveAttribute("data-density", "comfortable");
  await page.goto("/events");
  await expect(root).toHaveAttribute("data-theme", "dark");

  await page.goto("/settings");
  await field("Theme").selectOption({ label: "As the system" });
  await expect(root).not.toHaveAttribute("data-theme");
  await page.reload();
  await expect(field("Theme")).toHaveValue("");
});

test("what stands in the storage and is no theme does no harm", async ({ signInAs, context }) => {
  await context.addInitScript(() => localStorage.setItem("trunkline.theme", "<neon>"));
  const page = await signInAs("admin", "/settings");
  await expect(page.getByLabel("Theme", { exact: true })).toHaveValue("");
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
});

test.describe("with vendors of its own", () => {
  test.use({ vendors: "upstream" });

  test("the connections name the hosts, and looking spends no call", async ({ signInAs, upstreams, page }) => {
    const version = (await (await page.request.get("/api/session")).json()).version;
    await signInAs("admin", "/settings");
    const vendors = page.getByRole("table", { name: "Vendors" });
    const comm100 = vendors.getByRole("row", { name: /^Comm100/ });
    await expect(comm100).toContainText(new URL(upstreams.comm100.url).hostname);
    await expect(comm100).toContainText("Not asked yet");
    await expect(vendors.getByRole("row")).toHaveCount(6);
    await expect(page.getByRole("region", { name: "Version" })).toContainText(version);
    expect(Object.values(upstreams).flatMap((vendor) => (vendor as { requests?: unknown[] }).requests ?? [])).toEqual([]);
  });
});
