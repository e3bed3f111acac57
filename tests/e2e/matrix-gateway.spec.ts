// The external APIs are the gateway's own: here it is the way from the browser to the gateway that fails, as proxies and
// lines do. The same matrix, on the list, the record, both forms, a test run and a removal.
import type { Page } from "@playwright/test";
import { edgeFaults } from "./support/faults";
import { CASES, type Case, type Writing, said, throughReads, throughWrites } from "./support/matrix";
import { expect, test as base } from "./support/test";
import { start } from "./upstreams/http.mjs";

const OWN = "/api/sobot/external-apis";
/** Without a response from Trunkline itself there is no connection; time-outs of a vendor don't exist here. */
const EDGE: Record<string, Partial<Case>> = {
  "403": { title: () => /^Not allowed$/ },
  hang: { lost: /^Nothing was changed$/ },
  "connection reset": { title: () => /^No connection$/ },
  "cut body": { title: (who) => new RegExp(`^${who} sent a response that can't be read$`) },
};
const cases = CASES.map((one) => ({ ...one, ...EDGE[one.name] }));
/** A removal's success has no body. */
const bodiless = cases.filter(({ name }) => name !== "empty 200");
const trunkline = { vendor: "gateway", who: "Trunkline", cases } as const;

const main = (page: Page) => page.getByRole("main");
const field = (page: Page, label: string) => main(page).getByLabel(label, { exact: true });
const save = (page: Page) => main(page).getByRole("button", { name: "Save", exact: true });

/** A definition whose tests go to a server on loopback, and faults before the gateway. */
const test = base.extend<{ own: { page: Page; id: string; faults: Awaited<ReturnType<typeof edgeFaults>> } }>({
  own: async ({ page, signInAs, guard }, use) => {
    guard.allow(/Failed to load resource/);
    const target = await start(() => ({ json: { level: "gold" } }));
    const faults = await edgeFaults(page, OWN);
    await signInAs("admin", "/settings");
    const data = { name: "Levels", url: `${target.url}/level`, method: "GET", headers: [], request: [], output: [] };
    const made = await page.request.post(OWN, { data, headers: { "X-Trunkline": "1" } });
    expect(made.status(), await made.text()).toBe(201);
    await use({ page, id: (await made.json()).id, faults });
    await Promise.all([faults.close(), target.close()]);
  },
});
test.use({ settings: { toml: "[external_apis]\nallow_private = true\n" } });
test.beforeEach(() => test.slow());

test(`${CASES.length} faults on the list`, async ({ own: { page, faults } }) => {
  await page.goto("/external-apis");
  const well = () => page.getByRole("table", { name: "External APIs" }).getByRole("link", { name: "Levels" });
  await throughReads(page, faults, { ...trunkline, path: "/external-apis", well });
});

test(`${CASES.length} faults on a record leave its history`, async ({ own: { page, id, faults } }) => {
  const path = `/external-apis/${id}`;
  await page.goto(path);
  // The history is requested once the record is there.
  const well = () => main(page).getByRole("heading", { level: 1, name: "Levels" });
  await throughReads(page, faults, { ...trunkline, path, record: true, well });
});

test(`${CASES.length} faults on a record's history leave the record`, async ({ own: { page, id } }) => {
  const path = `/external-apis/${id}`;
  const faults = await edgeFaults(page, `${path.replace("/external-apis", OWN)}/tests`);
  await page.goto(path);
  const record = () => main(page).getByRole("heading", { level: 1, name: "Levels" });
  const well = () => main(page).getByText("Not tested yet.");
  await throughReads(page, faults, { ...trunkline, path, well, stands: [record] });
  await faults.close();
});

test(`${CASES.length} faults on creating a definition`, async ({ own: { page, faults } }) => {
  await page.goto("/external-apis/new");
  const kept = { Name: "Matrix", URL: "https://crm.example/look-up", Description: "For the matrix" };
  for (const [label, value] of Object.entries(kept)) await field(page, label).fill(value);
  await throughForm(page, faults, { kept, sends: ["POST", /external-apis$/] });
});

test(`${CASES.length} faults on updating a definition`, async ({ own: { page, id, faults } }) => {
  await page.goto(`/external-apis/${id}/edit`);
  const kept = { Name: "Renamed", Description: "For the matrix" };
  for (const [label, value] of Object.entries(kept)) await field(page, label).fill(value);
  await throughForm(page, faults, { kept, record: true, sends: ["PUT", /external-apis\/[0-9a-f-]+$/] });
});

/** All faults, then the form is saved. */
async function throughForm(page: Page, faults: Parameters<typeof throughWrites>[1], what: Pick<Writing, "kept" | "record" | "sends">) {
  const send = () => save(page).click();
  const sent = await throughWrites(page, faults, { ...trunkline, ...what, send });
  await send();
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  expect(sent()).toBe(CASES.length + 1);
}

test(`${CASES.length} faults on a test run`, async ({ own: { page, id, faults } }) => {
  await page.goto(`/external-apis/${id}`);
  const run = () => main(page).getByRole("button", { name: "Test", exact: true }).click();
  const sent = await throughWrites(page, faults, { ...trunkline, send: run, sends: ["POST", /\/tests$/] });
  await expect(main(page).getByText("Not tested yet.")).toBeVisible();
  await run();
  await expect(page.getByRole("region", { name: "Result" })).toContainText("Status200");
  await expect(said(page, /^Nothing was changed$/)).toHaveCount(0);
  expect(sent()).toBe(CASES.length + 1);
});

test(`${bodiless.length} faults on a removal`, async ({ own: { page, id, faults } }) => {
  await page.goto(`/external-apis/${id}`);
  await main(page).getByRole("button", { name: "Remove", exact: true }).click();
  const send = () => page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  const sends: Writing["sends"] = ["DELETE", /external-apis\/[0-9a-f-]+$/];
  const sent = await throughWrites(page, faults, { ...trunkline, cases: bodiless, record: true, send, sends });
  await send();
  await expect(page).toHaveURL("/external-apis");
  expect(sent()).toBe(bodiless.length + 1);
});
