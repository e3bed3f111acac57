// A page's code is a file of its own: it comes with the page, and the others' when there is time.
import { expect, test } from "./support/test";

const parts = (urls: string[]) => urls.flatMap((url) => /trunkline-([a-z-]+)-[0-9a-f]{16}\.wasm$/.exec(url)?.[1] ?? []);

test("the page that is opened brings its own code, and then the ones behind the links come, once each", async ({ signInAs }) => {
  const page = await signInAs("agent", "/settings");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto("/inbox");
  await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
  expect(parts(asked).sort()).toEqual(["inbox", "start"]);
  // What an agent may open, and nothing of an admin's.
  await expect.poll(() => parts(asked).sort()).toEqual(["customers", "events", "inbox", "overview", "settings", "sign-in", "start"]);
  for (const name of ["Customers", "ACD events", "Overview", "Settings", "Inbox"]) {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeFocused();
  }
  expect(parts(asked)).toHaveLength(7);
});

test("code that does not come is said to be missing, and Retry brings the page", async ({ signInAs, guard }) => {
  guard.allow(/Failed to load resource/);
  const page = await signInAs("admin", "/settings");
  await page.route(/trunkline-customers-\w+\.wasm$/, (route) => route.abort());
  await page.goto("/settings");
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Customers" }).click();
  const main = page.getByRole("main");
  await expect(main.getByRole("alert")).toContainText("This page did not load");
  // The frame lives, and other pages open.
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Account", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Account" })).toBeVisible();
  await page.goBack();
  await page.unroute(/trunkline-customers-\w+\.wasm$/);
  await main.getByRole("button", { name: "Retry" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
});
