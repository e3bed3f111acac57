// Texts that people type and paste, and that vendors send: marks that nobody sees, composed letters, other digits.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";
import { SAMPLE as ACCOUNT } from "./upstreams/comm100.mjs";
import { SAMPLE as EVENT } from "./upstreams/jtel.mjs";
import { ticket } from "./upstreams/oneview.mjs";

test.use({ vendors: "upstream" });

const main = (page: Page) => page.getByRole("main");
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const row = (page: Page, name: string) => main(page).getByRole("link", { name, exact: true });
const count = (page: Page, rows: number) => expect(main(page).getByRole("table")).toHaveAttribute("aria-rowcount", String(rows + 1));

test("a callback's Sender is sent as digits, whatever marks and widths were pasted", async ({ signInAs, upstreams }) => {
  const page = await signInAs("agent");
  for (const [at, typed] of [
    "\u202a+972 50-123-4567\u202c",
    "\u2068+972501234567\u2069",
    "\u200e+972501234567",
    "+972501234567\u200b",
    "＋９７２５０１２３４５６７",
    "+٩٧٢٥٠١٢٣٤٥٦٧",
    "+972\u00a050\u2011123\u20114567\ufeff",
  ].entries()) {
    await page.goto("/events/new?type=3&group=235&subject=Call");
    await field(page, "Sender").fill(typed);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(main(page).getByRole("heading", { level: 1, name: "Call" })).toBeVisible();
    const sent = upstreams.jtel.requests.filter(({ path }) => path.endsWith("/acd/events/create"));
    expect(sent.map(({ json }) => json.Sender), typed).toEqual(Array(at + 1).fill("972501234567"));
  }
});

test("an e-mail Sender, a subject and a CRM URL lose their marks", async ({ signInAs, upstreams }) => {
  const page = await signInAs("agent", "/events/new?type=5&group=235");
  await field(page, "Sender").fill("\u2068noa\u200b@example.com\u2069");
  await field(page, "Subject").fill("\u202bZoe\u0308\u00a0calls\u202c");
  await field(page, "CRM URL").fill("https://crm.example/7\u200b");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(main(page).getByRole("heading", { level: 1, name: "Zoë calls" })).toBeVisible();
  expect(upstreams.jtel.last("POST", "/acd/events/create")?.json).toMatchObject({
    Sender: "noa@example.com",
    Subject: "Zoë calls",
    CrmURL: "https://crm.example/7",
  });
});

test("the field keeps the typed text until blur, then shows the cleaned value", async ({ signInAs }) => {
  const page = await signInAs("agent", "/customers");
  await page.getByText("More keys", { exact: true }).click();
  await field(page, "Phone").fill("\u200e＋９７２ 5");
  await expect(field(page, "Phone")).toHaveValue("\u200e＋９７２ 5");
  await field(page, "E-mail").focus();
  await expect(field(page, "Phone")).toHaveValue("+972 5");
});

test("no mark of a customer's phone, e-mail or ID reaches Sobot", async ({ signInAs, upstreams }) => {
  const page = await signInAs("agent", "/customers");
  await page.getByText("More keys", { exact: true }).click();
  await field(page, "Phone").fill("\u202a+972 50-123-4567\u202c");
  await field(page, "E-mail").fill("noa@example.com\u200b");
  await field(page, "Customer ID").fill("c-\u20601001\ufeff");
  await page.getByRole("button", { name: "Look up" }).click();
  await expect.poll(() => upstreams.sobot.requests.at(-1)?.query).toMatchObject({ id: "c-1001", email: "noa@example.com" });
  const { tel } = upstreams.sobot.requests.at(-1)!.query;
  expect(tel).toMatch(/^[+0-9 -]+$/);
  expect(tel.replace(/\D/g, "")).toBe("972501234567");
});

test("an event is found by its Sender's digits, however formatted", async ({ signInAs, upstreams }) => {
  upstreams.jtel.events.push({ ...EVENT, ID: 2040, Subject: "By digits", Sender: "49199123456789", UserData: "77" });
  const page = await signInAs("agent", "/events");
  const search = main(page).getByRole("searchbox");
  for (const typed of ["+49199123456789", "+49 199 123456789", "49-199-123456789", "0049 199 123456789", "+49 (0)199 123456789", "\u202a+49 199 123456789\u202c"]) {
    await search.fill(typed);
    await count(page, 1);
    await expect(row(page, "By digits")).toBeVisible();
  }
  await search.fill("1-2");
  await count(page, 0);
});

test("names are found in NFC and NFD", async ({ signInAs, upstreams }) => {
  const named = (id: string, firstName: string) => ticket({ id, customer: { firstName } });
  upstreams.oneview.tickets.splice(0, 1, named("1", "Zoe\u0308"), named("2", "Ada"), named("3", "Eva"));
  const page = await signInAs("agent", "/inbox");
  await count(page, 3);
  const search = main(page).getByRole("searchbox");
  await search.fill("zoë");
  await count(page, 1);
  await expect(main(page).getByRole("table").getByRole("link")).toHaveText("Zoe\u0308");
  await search.fill("Ada\u200b");
  await count(page, 1);
  await expect(row(page, "Ada")).toBeVisible();
});

for (const [what, firstName] of [
  ["a zero-width space", "\u200b"],
  ["a Hangul filler", "\u3164"],
  ["a blank of Braille", "\u2800"],
  ["direction marks", "\u200e\u200f"],
] as const) {
  test(`a name of ${what} falls back to the ticket's ID`, async ({ signInAs, upstreams }) => {
    upstreams.oneview.tickets.splice(0, 1, ticket({ id: "TCK-7", customer: { id: "c", firstName, lastName: null } }));
    const page = await signInAs("agent", "/inbox");
    await row(page, "TCK-7").click();
    await expect(main(page).getByRole("heading", { level: 2, name: "TCK-7" })).toBeVisible();
  });
}

test("an account, an event and a customer without a visible name show their IDs", async ({ signInAs, upstreams }) => {
  upstreams.comm100.accounts.set("acc-7", { ...ACCOUNT, id: "acc-7", name: "\u200b", screenName: "\u3164" });
  upstreams.jtel.events.push({ ...EVENT, ID: 2041, Subject: "\u2800" });
  Object.assign(upstreams.sobot.customers[0], { uname: "\u200e\u200f", nick: "\u200b" });
  const page = await signInAs("admin", "/channel-accounts");
  await row(page, "acc-7").click();
  await expect(main(page).getByRole("heading", { level: 1, name: "acc-7" })).toBeVisible();
  await page.goto("/events");
  await row(page, "2041").click();
  await expect(main(page).getByRole("heading", { level: 1, name: "2041" })).toBeVisible();
  await page.goto("/customers?id=c-1001");
  await expect(main(page).getByRole("heading", { level: 2, name: "c-1001" })).toBeVisible();
});

test("in German, names sort by German collation", async ({ signInAs, upstreams }) => {
  const named = ["Zander", "Änne", "Anna", "Éric", "Eva"].map((firstName, at) => ticket({ id: `${at}`, customer: { firstName } }));
  upstreams.oneview.tickets.splice(0, 1, ...named);
  const page = await signInAs("agent", "/settings");
  // The page stores its preferences once it is there.
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await page.evaluate(() => localStorage.setItem("trunkline.language", "de"));
  await page.goto("/inbox?sort=customer");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  const links = main(page).getByRole("table").getByRole("link");
  await expect(links).toHaveText(["Anna", "Änne", "Éric", "Eva", "Zander"]);
  await page.goto("/inbox?sort=-customer");
  await expect(links).toHaveText(["Zander", "Eva", "Éric", "Änne", "Anna"]);
});

test("an account is disabled by typing its name as the page shows it", async ({ signInAs, upstreams }) => {
  upstreams.digital99.account.account_name = "Acme  Israel";
  const page = await signInAs("admin", "/account?account=8%40online");
  await field(page, "Account status").selectOption({ label: "Disabled" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("Acme Israel");
  await dialog.getByRole("button", { name: "Disable" }).click();
  await expect.poll(() => upstreams.digital99.account.status).toBe(0);
});

test("an external API's URL loses its trailing mark", async ({ signInAs, page }) => {
  await signInAs("admin", "/external-apis/new");
  await field(page, "Name").fill("Weather\u200f");
  await field(page, "URL").fill("https://api.example/v1\u200b");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(main(page).getByRole("heading", { level: 1, name: "Weather", exact: true })).toBeVisible();
  const [api] = await (await page.request.get("/api/sobot/external-apis")).json();
  expect([api.name, api.url]).toEqual(["Weather", "https://api.example/v1"]);
});

test("a link in an event's body opens in a new tab, without opener", async ({ signInAs, upstreams, server, context, guard }) => {
  // Of a file that is opened in a tab the browser asks for an icon by itself.
  guard.allow(/favicon\.ico/);
  const body = `<p>See <a href="${server.url}/config.json">the order</a></p>`.replaceAll("<", "&lt;");
  upstreams.jtel.events.push({ ...EVENT, ID: 2042, EventData: `<eventData><body html="true">${body}</body></eventData>` });
  const page = await signInAs("agent", "/events/2042");
  const opened = context.waitForEvent("page");
  await page.frameLocator("iframe").getByRole("link", { name: "the order" }).click();
  const tab = await opened;
  await expect(tab).toHaveURL(`${server.url}/config.json`);
  expect(await tab.evaluate(() => window.opener)).toBeNull();
});
