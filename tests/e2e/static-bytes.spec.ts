// The app without the gateway reads real vendor responses: character sets, marks, lone surrogates, long numbers, unreadable
// records.
import { type Upstreams, expect, test } from "./support/static-test";
import { SAMPLE as EVENT } from "./upstreams/jtel.mjs";
import { ticket } from "./upstreams/oneview.mjs";

/** one-view answers with this text or these bytes. */
const tickets = (upstreams: Upstreams, body: string | Buffer, type = "application/json") =>
  upstreams.oneview.override(({ path }) => (path.endsWith("/tickets") ? { text: body as string, type } : undefined));

test("a byte order mark before the tickets", async ({ page, upstreams }) => {
  tickets(upstreams, `\ufeff${JSON.stringify([ticket({ customer: { firstName: "Noa" } })])}`);
  await page.goto("/inbox");
  await expect(page.getByRole("link", { name: "Noa", exact: true })).toBeVisible();
});

test("a lone surrogate in one of three tickets", async ({ page, upstreams }) => {
  const list = [ticket({ id: "1", customer: { firstName: "Ada" } }), ticket({ id: "2", customer: { firstName: "Noa" }, content: { text: "hi @" } }), ticket({ id: "3", customer: { firstName: "Eva" } })];
  tickets(upstreams, JSON.stringify(list).replace("hi @", "hi \\ud83d"));
  await page.goto("/inbox");
  await expect(page.getByRole("main").getByRole("table")).toHaveAttribute("aria-rowcount", "4");
  await page.getByRole("link", { name: "Noa", exact: true }).click();
  await expect(page.getByText("hi \ufffd", { exact: true })).toBeVisible();
});

test("numbers in a ticket's content keep every digit, and so does an ID", async ({ page, upstreams }) => {
  const text = JSON.stringify([ticket({ id: "ID", customer: { firstName: "Noa" }, content: { order: "BIG", price: "PRICE" } })]);
  const long = "123456789012345678901234567890";
  tickets(upstreams, text.replace('"BIG"', long).replace('"PRICE"', "10.10").replace('"ID"', "98765432109876543210987"));
  await page.goto("/inbox");
  await page.getByRole("link", { name: "Noa", exact: true }).click();
  await expect(page.getByText(long, { exact: true })).toBeVisible();
  await expect(page.getByText("10.10", { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/\/inbox\/98765432109876543210987$/);
});

for (const [label, name, encode] of [
  ["ISO-8859-1", "Müller", (text: string) => Buffer.from(text, "latin1")],
  ["windows-1255", "שלום", (text: string) => Buffer.from([...text].map((c) => (c.charCodeAt(0) < 128 ? c.charCodeAt(0) : c.charCodeAt(0) - 0x5d0 + 0xe0)))],
  ["UTF-16LE", "Müller", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
] as const) {
  test(`a list of events in ${label}`, async ({ page, upstreams }) => {
    const list = JSON.stringify({ records: [{ ...EVENT, Subject: name }], count: 1, status: 200 });
    upstreams.jtel.override(({ path }) =>
      path.endsWith("/acd/events") ? { text: encode(list) as never, type: `application/json; charset=${label}` } : undefined,
    );
    await page.goto("/events");
    await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
  });
}

test("tickets in Latin-1", async ({ page, upstreams }) => {
  const list = JSON.stringify([ticket({ customer: { firstName: "Jürgen" } })]);
  tickets(upstreams, Buffer.from(list, "latin1"), "application/json; charset=iso-8859-1");
  await page.goto("/inbox");
  await expect(page.getByRole("link", { name: "Jürgen", exact: true })).toBeVisible();
});

test("one unreadable ticket hides no other, and its secrets are not in the note", async ({ page, upstreams }) => {
  tickets(upstreams, JSON.stringify([ticket({ id: "good", customer: { firstName: "Noa" } }), ticket({ id: "odd", assignedTime: "1790000000" })]));
  await page.goto("/inbox");
  await expect(page.getByRole("link", { name: "Noa", exact: true })).toBeVisible();
  await expect(page.getByText(/1 record can't be read/)).toBeVisible();
  await page.getByRole("main").getByText("Details", { exact: true }).click();
  await expect(page.getByRole("main").locator("details[open] pre")).toContainText("$[1].assignedTime");
});

test("one unreadable event hides no other", async ({ page, upstreams }) => {
  upstreams.jtel.events.push({ ...EVENT, ID: 2040, Subject: ["odd"] } as never);
  await page.goto("/events");
  await expect(page.getByRole("link", { name: /^A new ticket 123456/ })).toBeVisible();
  await expect(page.getByText(/1 record can't be read/)).toBeVisible();
});
