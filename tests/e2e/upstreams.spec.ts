// The gateway against five upstreams written from the vendors' documents: what they are asked, with which credentials.
import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "./support/test";
import { SAMPLE as ACCOUNT, TOKEN as COMM100 } from "./upstreams/comm100.mjs";
import { ACCESS_TOKEN, CLIENT_ID, CLIENT_SECRET } from "./upstreams/digital99.mjs";
import { SAMPLE as EVENT, TOKEN as JTEL } from "./upstreams/jtel.mjs";
import { AGENT, TICKET_SECRETS, TOKEN as ONEVIEW } from "./upstreams/oneview.mjs";
import { CUSTOMER, TOKEN as SOBOT } from "./upstreams/sobot.mjs";

test.use({ vendors: "upstream" });

const headers = { "X-Trunkline": "1" };

async function signIn(request: APIRequestContext, role: "admin" | "agent") {
  expect((await request.post("/api/session", { data: { demo: role }, headers })).status()).toBe(200);
}

test("Comm100: list, create, bot, replace, remove", async ({ request, upstreams }) => {
  const { comm100 } = upstreams;
  await signIn(request, "admin");
  const base = "/api/comm100/ticketing/channelAccounts";

  const list = await request.get(`${base}?include=chatbot`);
  expect(await list.json()).toEqual([expect.objectContaining(ACCOUNT)]);
  expect(comm100.requests.at(-1)).toMatchObject({
    method: "GET",
    path: "/v4/ticketing/channelAccounts",
    query: { include: "chatbot" },
    headers: { authorization: `Bearer ${COMM100}` },
  });

  const { id: _, createdTime: __, ...body } = ACCOUNT;
  const made = await request.post(base, { data: body, headers });
  expect(made.status()).toBe(201);
  const { id } = await made.json();
  expect(comm100.requests.at(-1)?.json).toEqual(body);

  expect(await (await request.post(`${base}/${id}:enableBot`, { headers })).json()).toMatchObject({ isBotEnabled: true });
  expect(comm100.requests.at(-1)).toMatchObject({ path: `/v4/ticketing/channelAccounts/${id}:enableBot`, text: "" });

  const changed = await request.put(`${base}/${id}`, { data: { ...body, percentageToBotWhenOnline: 40 }, headers });
  expect(await changed.json()).toMatchObject({ id, percentageToBotWhenOnline: 40 });

  const refused = await request.put(`${base}/${id}`, { data: {}, headers });
  expect(refused.status()).toBe(400);
  expect(await refused.json()).toEqual({ code: 400000, message: "Parameter 'appId' is required." });
  expect(refused.headers()["trunkline-error"]).toBeUndefined();

  const removed = await request.delete(`${base}/${id}`, { headers });
  expect([removed.status(), await removed.text()]).toEqual([204, ""]);
  expect((await request.get(`${base}/${id}`)).status()).toBe(404);
});

test("jtel: list, one event, a callback and a ticket event", async ({ request, upstreams }) => {
  const { jtel } = upstreams;
  await signIn(request, "agent");
  const list = await (await request.get("/api/jtel/acd/events")).json();
  expect(list).toMatchObject({ limitPageSize: -1, count: 1, records: [EVENT], status: 200 });
  expect(await (await request.get("/api/jtel/acd/events/event/2039")).json()).toMatchObject({ records: [EVENT] });
  expect(jtel.requests.at(-1)).toMatchObject({
    method: "GET",
    path: "/rest/v1.0/1/acd/events/event/2039",
    headers: { authorization: `Bearer ${JTEL}` },
  });

  const callback = {
    AcdEventTypesID: 3,
    AcdGroupsID: 235,
    UsersID: null,
    Sender: "49199123456789",
    Receiver: "4919900112233",
    Subject: "Callback request from 49199123456789 on 2020.08.09 at 09:00",
    Body: "This is an automatically generated callback request via the REST API.\r\nCongratulations!\r\n",
    CrmURL: "https://www.jtel.de",
    UserData: "987654",
  };
  const made = await request.post("/api/jtel/acd/events/create", { data: callback, headers });
  expect(made.status()).toBe(200);
  expect(jtel.requests.at(-1)).toMatchObject({ path: "/rest/v1.0/1/acd/events/create", json: callback });

  const missing = await request.get("/api/jtel/acd/events/event/7");
  expect([missing.status(), await missing.json()]).toEqual([404, { status: 404, error: "AcdEvent not found" }]);
});

test("one-view: the agent's own tickets without their secrets, online and offline", async ({ request, upstreams }) => {
  const { oneview } = upstreams;
  await signIn(request, "agent");
  const tickets = await (await request.get(`/api/oneview/v1/${AGENT}/tickets`)).text();
  expect(JSON.parse(tickets)).toMatchObject([{ id: AGENT, metadata: { orderId: "sdw-srr" } }]);
  for (const secret of TICKET_SECRETS) expect(tickets).not.toContain(secret);
  expect(oneview.requests.at(-1)).toMatchObject({
    method: "GET",
    path: `/chat-ticket/v1/${AGENT}/tickets`,
    headers: { authorization: expect.stringMatching(new RegExp(`^bearer ${ONEVIEW}$`, "i")) },
  });
  for (const status of ["online", "offline"]) {
    expect((await request.put(`/api/oneview/v1/${AGENT}/${status}`, { headers })).status()).toBe(200);
    expect(oneview.requests.findLast((asked) => asked.method === "PUT")?.path).toBe(`/chat-ticket/v1/${AGENT}/${status}`);
    expect(oneview.agent.online).toBe(status === "online");
  }
  const foreign = await request.get("/api/oneview/v1/somebody-else/tickets");
  expect([foreign.status(), foreign.headers()["trunkline-error"]]).toEqual([403, "forbidden"]);
});

test("Sobot: body to the gateway, query parameters to Sobot; null is a result", async ({ request, upstreams }) => {
  const { sobot } = upstreams;
  await signIn(request, "agent");
  const ask = (data: object) => request.post("/api/sobot/customer/query", { data, headers });
  expect(await (await ask({ tel: CUSTOMER.tel })).json()).toEqual(CUSTOMER);
  expect(sobot.requests.at(-1)).toMatchObject({
    method: "GET",
    path: "/customer",
    query: { tel: CUSTOMER.tel },
    headers: { token: SOBOT },
    text: "",
  });
  expect(await (await ask({ thirdAccountId: CUSTOMER.lineid })).json()).toEqual(CUSTOMER);
  const nobody = await ask({ id: "nobody" });
  expect([nobody.status(), await nobody.text()]).toEqual([200, "null"]);
});

test("99digital: one token for all calls, a new one after reason 3, only changes are sent", async ({ request, upstreams }) => {
  const { digital99 } = upstreams;
  await signIn(request, "admin");
  const change = { account_id: 8, server: "online", account_name: "My Account" };
  const first = await request.post("/api/digital99/online/updateAccount", { data: change, headers });
  expect(await first.text()).toBe(
    '{"status":"OK","reason":1,"account_id":8,"server":"online","account_name":"My Account","status":1,"builder_url":"https://builder.."}',
  );
  expect(digital99.last("POST", "/settings/accessToken")?.json).toEqual({ client_id: CLIENT_ID, client_secret: CLIENT_SECRET });
  expect(digital99.last("POST", "/online/updateAccount")).toMatchObject({
    path: "/api/online/updateAccount",
    headers: { authorization: `Bearer ${ACCESS_TOKEN}` },
    json: change,
  });
  await request.get("/api/digital99/online/getAccounts");
  expect(digital99.tokens.given).toBe(1);

  digital99.expire();
  const again = await request.get("/api/digital99/online/getAccounts");
  expect(await again.json()).toMatchObject({ reason: 1, list: [{ account_id: "8", account_name: "My Account" }] });
  expect(digital99.tokens.given).toBe(2);
});

test("a browser cannot reach the token call or an undocumented path", async ({ request, upstreams }) => {
  await signIn(request, "admin");
  for (const path of ["/api/digital99/settings/accessToken", "/api/comm100/oauth/token"]) {
    const answer = await request.post(path, { data: {}, headers });
    expect([path, answer.headers()["trunkline-error"]]).toEqual([path, "not-allowed"]);
  }
  const asked = Object.values(upstreams).flatMap((vendor) => (vendor as { requests?: unknown[] }).requests ?? []);
  expect(asked).toEqual([]);
});
