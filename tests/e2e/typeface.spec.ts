// The typeface: after the first rows, never instead of them.
import { expect, test } from "./support/test";

const fonts = (asked: string[]) => asked.filter((url) => /\/fonts\//.test(url));

test("the typeface is fetched after the first rows, and digits of times are of one width", async ({ signInAs, page, context }) => {
  const asked: string[] = [];
  context.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await signInAs("agent", "/inbox");
  await expect(page.getByRole("table", { name: "Inbox" }).getByRole("rowheader").first()).toBeVisible();
  const before = fonts(asked);
  await expect.poll(() => fonts(asked).some((path) => /inter-latin-\w+\.woff2$/.test(path))).toBe(true);
  expect(before).toEqual([]);
  await expect.poll(() => page.evaluate(() => [...document.fonts].some(({ family, status }) => family === "Trunkline" && status === "loaded"))).toBe(true);
  const widths = await page.getByRole("table", { name: "Inbox" }).evaluate((table) => {
    const cell = table.querySelector("td.digits") as HTMLElement;
    return ["1111", "8888"].map((digits) => {
      const probe = cell.appendChild(document.createElement("span"));
      probe.textContent = digits;
      const { width } = probe.getBoundingClientRect();
      probe.remove();
      return width;
    });
  });
  expect(widths[0]).toBeGreaterThan(0);
  expect(widths[0]).toBe(widths[1]);
});

test("from the second visit the typeface is there from the start", async ({ signInAs, page }) => {
  await signInAs("admin", "/settings");
  await expect.poll(() => page.evaluate(() => localStorage.getItem("trunkline.fonts"))).toMatch(/^\/fonts\/fonts-\w+\.css$/);
  await page.goto("/settings");
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await expect(page.locator('link[href^="/fonts/"]')).toBeAttached();
  await expect(page.locator('link[href^="/fonts/"]')).toHaveCount(1);
});
