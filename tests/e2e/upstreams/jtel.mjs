// jtel's ACD events as its page "AcdEvents REST API" has them; types, groups and users by its sibling pages.
import { below, start } from "./http.mjs";

export const TOKEN = "upstream-jtel-e90b44";

/** The record of the page's sample response, every field, in its order. */
export const SAMPLE = {
  SkillsValue2: null,
  SkillsValue1: null,
  ChatConnectorsID: null,
  UserData: "123456",
  SkillsValue3: null,
  dtReceived: null,
  AcdGroupsID: 235,
  dtRemind: null,
  EventData:
    '<eventData><urls><url><urlPath>https://www.jtel.de</urlPath><displayName>123456</displayName></url></urls><body html="true"></body></eventData>',
  AcdWorkFlowConnectorsID: null,
  AcdInboxesID: null,
  ID: 2039,
  LastAgentTime: 0,
  CrmURL: "https://www.jtel.de",
  WorkFlowMonitorPointsID: null,
  AcdReplyingTypesID: null,
  AcdEventTypesID: 6,
  dtModified: "2020-09-15T02:59:32.794",
  bCloseByForeignSystem: false,
  Receiver: "support@jtel.de",
  Subject: "A new ticket 123456 has been created via the REST API. Congratulations!",
  UsersID: null,
  Sender: "info@example.com",
  ForeignSystemNumber: "123456",
  dtCreated: "2020-09-15T02:59:32.794",
  UserData2: null,
  UserData3: null,
  SkillsID3: null,
  SkillsID1: null,
  SkillsID2: null,
  AcdEventStatusID: 1,
  dtLastModified: "2020-09-15T02:59:32.929",
};

const BASE = "/rest/v1.0/1";
const TYPES = ["VoiceMail", "Fax", "Callback", "SMS", "Email", "Workflow"].map((name, index) => ({
  ID: index + 1,
  ShortText: `AcdEventTypes.${name}`,
}));
const GROUPS = [235, 236, 237].map((ID, index) => ({ ID, Name: ["Support", "Sales", "Back office"][index] }));
const USERS = [
  { ID: 3, UID: "hugo.dan" },
  { ID: 4, UID: "ada.kern" },
];
const escaped = (text) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

export async function jtel() {
  const events = [{ ...SAMPLE }];
  const list = (records, orderBy) => ({
    json: { filter: "", limitStart: 0, limitPageSize: -1, records, count: records.length, orderBy, ascending: true, status: 200 },
  });
  const one = (record, what) =>
    record ? { json: { records: [record], count: 1, status: 200 } } : problem(404, `${what} not found`);
  const problem = (status, error) => ({ status, json: { status, error } });

  function create(body) {
    const missing = ["AcdEventTypesID", "AcdGroupsID", "Sender", "Subject"].find((key) => body?.[key] == null);
    if (missing) return problem(400, `Parameter ${missing} is missing`);
    const now = new Date().toISOString().slice(0, 23);
    const ticket = body.AcdEventTypesID === 6;
    const event = {
      ...SAMPLE,
      ...Object.fromEntries(["UsersID", "Receiver", "CrmURL", "UserData"].map((key) => [key, body[key] ?? null])),
      ...Object.fromEntries(["AcdEventTypesID", "AcdGroupsID", "Sender", "Subject"].map((key) => [key, body[key]])),
      ID: Math.max(...events.map((event) => event.ID)) + 1,
      ForeignSystemNumber: ticket ? (body.UserData ?? null) : null,
      EventData: `<eventData><urls><url><urlPath>${escaped(body.CrmURL ?? "")}</urlPath><displayName>${escaped(body.UserData ?? "")}</displayName></url></urls><body html="true">${escaped(body.Body ?? "")}</body></eventData>`,
      ...Object.fromEntries(["dtCreated", "dtModified", "dtLastModified"].map((key) => [key, now])),
    };
    events.push(event);
    return one(event);
  }

  const server = await start((asked) => {
    // The return codes' page: a bad token, a wrong ClientsID, or both, is 401.
    if (asked.headers.authorization !== `Bearer ${TOKEN}` || !asked.path.startsWith(`${BASE}/`)) {
      return problem(401, "Unauthorized");
    }
    const path = asked.path.slice(BASE.length);
    const id = Number(path.split("/").at(-1));
    if (asked.method === "POST" && path === "/acd/events/create") return create(asked.json);
    if (asked.method !== "GET") return undefined;
    if (path === "/acd/events") return list(events, "dtCreated");
    if (path === "/acd/events/types") return list(TYPES, "ID");
    if (path === "/acd/groups") return list(GROUPS, "Name");
    if (path === "/users") return list(USERS, "UID");
    if (path.startsWith("/acd/events/event/")) return one(events.find((event) => event.ID === id), "AcdEvent");
    if (path.startsWith("/acd/groups/group/")) return one(GROUPS.find((group) => group.ID === id), "AcdGroup");
    if (path.startsWith("/users/user/")) return one(USERS.find((user) => user.ID === id), "User");
    // An empty 404: no such function.
    return undefined;
  }, "jtel", below(BASE));
  return { ...server, base: `${server.url}${BASE}`, events };
}
