// one-view's tickets and online status as the readme of pd-oneview-chat-ticket-types has them.
import { below, start } from "./http.mjs";

export const TOKEN = "upstream-oneview-b2d870";
/** The two secrets in a ticket's metadata, which must never reach a browser. */
export const TICKET_SECRETS = ["ticket-agent-jwt-51c3", "ticket-room-token-88ae"];
export const AGENT = "f4b8f8e5-365a-4ed1-a122-0f4ba1afef44";

/** A ticket with the readme's sample values, every field. */
export const ticket = (changes = {}) => ({
  id: AGENT,
  ticketStatus: "ASSIGNED",
  assignedTime: 1572499999,
  createdAt: 1572499999,
  queue: "english",
  channel: "chat",
  content: {},
  metadata: {
    ccr: "delivery - wrong address",
    agentJwt: TICKET_SECRETS[0],
    roomId: "token",
    roomName: "token",
    roomSubscriptionToken: TICKET_SECRETS[1],
    orderId: "sdw-srr",
    agentAccesses: [],
  },
  statusReason: "Internal State Change by Workflow Server",
  priority: 1,
  customer: {
    id: "989899854090030232934sdfdsdf32dd4sdfdsddffdummycustomerid2",
    firstName: "hugo",
    lastName: "dan",
  },
  ...changes,
});

const PROBLEMS = { 400: "bad request", 401: "not authorize", 403: "forbidden", 404: "not found" };

export async function oneview() {
  const tickets = [ticket()];
  const agent = { online: false, info: { id: AGENT, name: "somename", lastLoginTime: 1572499999 } };
  const problem = (status) => ({ status, json: { errorCode: status, errorMessage: PROBLEMS[status] } });
  const server = await start((asked) => {
    if (asked.headers.authorization !== `Bearer ${TOKEN}`) return problem(401);
    const found = /^\/chat-ticket\/v1\/([^/]+)\/(tickets|online|offline)$/.exec(asked.path);
    if (!found || found[1] !== AGENT) return problem(404);
    if (found[2] === "tickets") return asked.method === "GET" ? { json: tickets } : problem(404);
    if (asked.method !== "PUT") return problem(404);
    agent.online = found[2] === "online";
    return { json: { ...agent.info, updatedAt: Math.floor(Date.now() / 1000), agentTimeInStatus: 0 } };
  }, "oneview", below("/chat-ticket"));
  return {
    ...server,
    base: `${server.url}/chat-ticket`,
    tickets,
    agent,
    /** A ticket comes in, as while the agent is online. */
    arrive: (changes) => void tickets.push(ticket({ id: `ticket-${tickets.length + 1}`, ...changes })),
  };
}
