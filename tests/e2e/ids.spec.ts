// Ids with dots, percent signs and slashes: from the list, by the address bar, and after a reload.
import { expect, test } from "./support/test";

test.use({ vendors: "upstream" });

const IDS = ["TCK.2026.11", "50%", "a%2Fb", "a/b", "x.html", "main.js", "a b?c#d", "é.ü", "+1", "new"];

for (const [at, id] of IDS.entries()) {
  test(`a ticket with the ID ${id} opens and survives a reload`, async ({ signInAs, page, upstreams }) => {
    const { tickets } = upstreams.oneview;
    // Two without a name show their ID instead.
    tickets.splice(0, tickets.length);
    upstreams.oneview.arrive({ id: "other", customer: { firstName: "Other" } });
    upstreams.oneview.arrive({ id, customer: { firstName: `Customer ${at}` } });
    await signInAs("agent", "/inbox");
    await page.getByRole("table", { name: "Inbox" }).getByRole("link", { name: `Customer ${at}`, exact: true }).click();
    const heading = page.getByRole("heading", { level: 2, name: `Customer ${at}`, exact: true });
    await expect(heading).toBeVisible();
    const address = page.url();
    expect(new URL(address).pathname).toBe(`/inbox/${encodeURIComponent(id)}`);
    const answer = await page.reload();
    expect(answer?.status()).toBe(200);
    await expect(heading).toBeVisible();
    await page.goto("/inbox");
    await page.goto(address);
    await expect(heading).toBeVisible();
    expect(page.url()).toBe(address);
  });
}

test("a channel account whose ID has a dot and a percent sign is requested encoded, once", async ({ signInAs, page, upstreams }) => {
  const { comm100 } = upstreams;
  const id = "acc.1 50%";
  const [sample] = comm100.accounts.values();
  comm100.accounts.set(encodeURIComponent(id), { ...sample, id, name: "Odd" });
  await signInAs("admin", "/channel-accounts");
  await page.getByRole("link", { name: "Odd", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Odd" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Odd" })).toBeVisible();
  const paths = comm100.requests.map((asked: { path: string }) => asked.path);
  expect(paths.filter((path: string) => path.includes("acc"))).toContain(`/v4/ticketing/channelAccounts/${encodeURIComponent(id)}`);
});

test("a missing file requested by a script is not the app's page", async ({ signInAs, page, guard }) => {
  guard.allow(/Refused to execute script|status of 404/);
  await signInAs("agent", "/inbox");
  const outcome = await page.evaluate(
    () => new Promise<string>((done) => {
      const script = Object.assign(document.createElement("script"), { src: "/foo-abc.js" });
      script.onload = () => done("loaded");
      script.onerror = () => done("failed");
      document.head.append(script);
    }),
  );
  expect(outcome).toBe("failed");
  const answer = await page.request.get("/foo-abc.js");
  expect(answer.status()).toBe(404);
});
