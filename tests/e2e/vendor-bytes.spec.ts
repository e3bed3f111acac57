// Real vendor responses: compressed without request, in other encodings, with marks and cut characters. People see
// what was meant. The right values are those of the table.
import { gzipSync } from "node:zlib";
import { expect, test as base } from "./support/test";
import { SAMPLE as ACCOUNT } from "./upstreams/comm100.mjs";
import { start } from "./upstreams/http.mjs";
import { SAMPLE as EVENT } from "./upstreams/jtel.mjs";
import { AGENT, ticket } from "./upstreams/oneview.mjs";

type Target = Awaited<ReturnType<typeof start>>;

/** A customer's own system, whose answer a test sets. */
const test = base.extend<{ target: Target }>({
  target: async ({}, use) => {
    const server = await start(() => undefined);
    await use(server);
    await server.close();
  },
});

test.use({ vendors: "upstream" });

const json = "application/json";
const tickets = (path: string) => path.endsWith(`/v1/${AGENT}/tickets`);

test("a lone surrogate hides no ticket", async ({ signInAs, upstreams }) => {
  const text = JSON.stringify([ticket({ id: "t-1" }), ticket({ id: "t-2", content: { text: "@" } }), ticket({ id: "t-3" })]);
  upstreams.oneview.override(({ path }) => (tickets(path) ? { raw: Buffer.from(text.replace('"@"', '"hi \\ud83d"')), type: json } : undefined));
  const page = await signInAs("agent", "/inbox/t-2");
  await expect(page.getByRole("table", { name: "Inbox" })).toHaveAttribute("aria-rowcount", "4");
  await expect(page.getByText("hi \ufffd", { exact: true })).toBeVisible();
});

test("a ticket's content shows its numbers digit by digit", async ({ signInAs, upstreams }) => {
  const text = JSON.stringify([ticket({ id: "t-1", content: { big: "@1", price: "@2" } })]);
  const sent = text.replace('"@1"', "123456789012345678901234567890").replace('"@2"', "10.10");
  upstreams.oneview.override(({ path }) => (tickets(path) ? { raw: Buffer.from(sent), type: json } : undefined));
  const page = await signInAs("agent", "/inbox/t-1");
  await expect(page.getByText("123456789012345678901234567890", { exact: true })).toBeVisible();
  await expect(page.getByText("10.10", { exact: true })).toBeVisible();
});

test("a byte order mark hides no ticket and reveals no secret", async ({ signInAs, upstreams }) => {
  // That no secret came is what the guard of every journey sees.
  const text = `\ufeff${JSON.stringify([ticket({ id: "t-1" }), ticket({ id: "t-2" })])}`;
  upstreams.oneview.override(({ path }) => (tickets(path) ? { raw: Buffer.from(text), type: json } : undefined));
  const page = await signInAs("agent", "/inbox");
  await expect(page.getByRole("table", { name: "Inbox" })).toHaveAttribute("aria-rowcount", "3");
});

test("a list compressed without request is shown", async ({ signInAs, upstreams }) => {
  upstreams.comm100.override(({ path }) =>
    path.endsWith("/channelAccounts")
      ? { raw: gzipSync(JSON.stringify([{ ...ACCOUNT, name: "Packed" }])), type: json, headers: { "content-encoding": "gzip" } }
      : undefined,
  );
  const page = await signInAs("admin", "/channel-accounts");
  await expect(page.getByRole("link", { name: "Packed", exact: true })).toBeVisible();
});

test("a list in ISO-8859-1 shows its umlauts", async ({ signInAs, upstreams }) => {
  const text = JSON.stringify({ records: [{ ...EVENT, Subject: "M\u00fcller" }], count: 1, status: 200 });
  upstreams.jtel.override(({ path }) =>
    path.endsWith("/acd/events") ? { raw: Buffer.from(text, "latin1"), type: "application/json; charset=ISO-8859-1" } : undefined,
  );
  const page = await signInAs("agent", "/events");
  await expect(page.getByText("M\u00fcller", { exact: true })).toBeVisible();
});

test.describe("numbers of an external API", () => {
  test.use({ vendors: "sandbox", settings: { toml: "[external_apis]\nallow_private = true\n" } });
  const digits = "123456789012345678901234567890";
  const noa = '{"nick":"Noa"}';
  for (const [name, reply, value] of [
    ["a byte order mark", { raw: Buffer.from(`\ufeff${noa}`), type: json }, "Noa"],
    ["gzip", { raw: gzipSync(noa), type: json, headers: { "content-encoding": "gzip" } }, "Noa"],
    ["Latin-1", { raw: Buffer.from('{"nick":"M\u00fcller"}', "latin1"), type: `${json}; charset=ISO-8859-1` }, "M\u00fcller"],
    ["half an emoji", { raw: Buffer.from('{"nick":"No\\ud83d"}'), type: json }, "No\ufffd"],
    ["a number of 30 digits", { raw: Buffer.from(`{"nick":${digits}}`), type: json }, digits],
    ["10.10", { raw: Buffer.from('{"nick":10.10}'), type: json }, "10.10"],
  ] as const) {
    test(`${name}: the output of an API test is exact`, async ({ signInAs, target, page }) => {
      target.override(() => reply);
      await signInAs("admin");
      const headers = { "X-Trunkline": "1" };
      const api = { name: "CRM", description: "", method: "GET", url: target.url, format: "form", headers: [], request: [], output: [{ name: "nick", path: "nick" }] };
      const { id } = await (await page.request.post("/api/sobot/external-apis", { data: api, headers })).json();
      await page.goto(`/external-apis/${id}`);
      await page.getByRole("button", { name: "Test", exact: true }).click();
      const outputs = page.getByRole("table", { name: "Outputs" });
      const row = outputs.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "nick", exact: true }) });
      await expect(row.getByRole("cell").last()).toHaveText(value);
    });
  }
});

test("an event's body with an image of 300 KB is read", async ({ signInAs, upstreams }) => {
  const body = `<p>Hello there</p><img src="data:image/png;base64,${"iVBORw0K".repeat(38_400)}">`;
  const escaped = body.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const EventData = `<eventData><body html="true">${escaped}</body></eventData>`;
  const records = [{ ...EVENT, ID: 7, EventData }];
  upstreams.jtel.override(({ path }) => (path.endsWith("/acd/events/event/7") ? { json: { records, count: 1, status: 200 } } : undefined));
  const page = await signInAs("agent", "/events/7");
  await expect(page.frameLocator('iframe[title="Event body"]').getByText("Hello there")).toBeVisible();
});
