// The console's files as the browser gets them again: by content, not by time stamp.
import { readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { personButton } from "./support/person";
import { expect, test } from "./support/test";

test.use({ settings: { deploys: true } });

test("a changed config.json with an unchanged time stamp is loaded", async ({ signInAs, page, server }) => {
  const file = join(server.folder, "dist", "config.json");
  const old = new Date("2020-01-01T00:00:00Z");
  utimesSync(file, old, old);
  await signInAs("admin", "/channel-accounts");
  await expect(personButton(page)).toBeVisible();
  // Without a gateway there is no sign-in, so nothing to sign out of. Not one byte more or less.
  const before = readFileSync(file, "utf8");
  const after = before.replace('"/api/session"', "null          ");
  expect(after).not.toBe(before);
  writeFileSync(file, after);
  utimesSync(file, old, old);
  expect(statSync(file).size).toBe(before.length);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Channel accounts" })).toBeVisible();
  await expect(personButton(page)).toHaveCount(0);
});
