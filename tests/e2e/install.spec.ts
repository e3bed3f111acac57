// The console installs as an app: Chromium finds nothing to complain of in its manifest, and each icon is there.
import { expect, test } from "./support/test";

test("Chromium offers to install the app", async ({ page, context }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  const devtools = await context.newCDPSession(page);
  const { url, errors, data } = await devtools.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  expect(new URL(url).pathname).toBe("/manifest.webmanifest");
  // A private window never installs anything: that is no fault of the page.
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);

  const manifest = JSON.parse(data!);
  expect(manifest).toMatchObject({ id: "/", name: "Trunkline", start_url: "/", scope: "/", display: "standalone" });
  expect(manifest.shortcuts.map((shortcut: { name: string; url: string }) => [shortcut.name, shortcut.url])).toEqual([
    ["Inbox", "/inbox"],
    ["ACD events", "/events"],
  ]);
  const apple = await page.locator("link[rel=apple-touch-icon]").getAttribute("href");
  const icons = [...manifest.icons, { src: apple, sizes: "180x180", type: "image/png" }];
  for (const { src, sizes, type } of icons) {
    const answer = await page.request.get(src);
    expect(answer.headers()["content-type"], src).toBe(type);
    if (type !== "image/png") continue;
    // A PNG's width and height stand at a fixed place.
    const bytes = await answer.body();
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, src).toBe(sizes);
    expect(bytes.length, src).toBeLessThan(16_000);
  }
  expect(manifest.icons.some((icon: { purpose?: string }) => icon.purpose === "maskable")).toBe(true);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the window's title bar has the top bar's colour in ${colorScheme}`, async ({ signInAs, page }) => {
    await page.emulateMedia({ colorScheme });
    await signInAs("admin", "/settings");
    await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
    // As the browser draws it: a canvas turns any colour into bytes.
    const bytes = (colour: string) =>
      page.evaluate((colour) => {
        const canvas = document.createElement("canvas").getContext("2d")!;
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
      }, colour);
    const bar = await page.locator(".top-bar").evaluate((bar) => getComputedStyle(bar).backgroundColor);
    const told = await page.locator(`meta[name=theme-color][media*=${colorScheme}]`).getAttribute("content");
    expect(await bytes(told!)).toEqual(await bytes(bar));
  });
}

test("a selected theme also colours the window's title bar", async ({ signInAs, page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await signInAs("admin", "/settings");
  /** The first of the page's colours whose media fit, as a browser takes it. */
  const colour = () =>
    page.locator("meta[name=theme-color]").evaluateAll((all) => all.find((meta) => matchMedia(meta.getAttribute("media")!).matches)?.getAttribute("content"));
  await expect.poll(colour).toBe("#ffffff");
  await page.getByLabel("Theme").selectOption("Dark");
  await expect.poll(colour).toBe("#14161a");
  await page.getByLabel("Theme").selectOption("Match system");
  await expect.poll(colour).toBe("#ffffff");
});
