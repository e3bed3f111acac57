// A one-view on loopback whose list is always as long, and never twice the same: each answer has a few new tickets in
// place of old ones, a few with another status, and on top one that says which answer it is.
import { once } from "node:events";
import { createServer } from "node:http";

const CHANGED = 20;
const QUEUES = ["english", "deutsch", "français", "עברית", "中文"];
const CHANNELS = ["chat", "email", "whatsapp", "voice", "sms"];

/** The words on the topmost ticket of an answer. */
export const round = (number) => `Answer ${number}`;

/**
 * Starts it; `answers` tells how many lists it has given. `toml` points the gateway to it. Each answer has so many `changed`
 * tickets; if they `stay`, none is replaced by a new one.
 */
export async function startUpstream(size, { changed = CHANGED, stay = false } = {}) {
  const tickets = Array.from({ length: size }, (_, number) => ticket(number, number));
  let answers = 0;
  let next = size;
  const list = () => {
    answers += 1;
    for (let count = 0; count < changed; count++) {
      const place = 1 + ((answers * 7919 + count * 104_729) % (size - 1));
      tickets[place] = count % 2 && !stay ? ticket(next++, place) : { ...tickets[place], ticketStatus: answers % 2 ? "ESCALATED" : "ASSIGNED" };
    }
    tickets[0] = { ...ticket(0, 0), priority: 0 };
    tickets[0].metadata.ccr = round(answers);
    return JSON.stringify(tickets);
  };
  const server = createServer((request, response) => {
    response.setHeader("Content-Type", "application/json");
    response.end(request.url.endsWith("/tickets") ? list() : "{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const toml = `demo_users = true\n[vendors.oneview]\nupstream = "http://127.0.0.1:${server.address().port}"\nauth = "none"\n`;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { toml, answers: () => answers, close };
}

/** A ticket with about as many bytes as the sandbox's. */
function ticket(number, place) {
  const id = `bench-${String(number).padStart(8, "0")}-0000-4000-8000-000000000000`;
  return {
    id,
    ticketStatus: "ASSIGNED",
    assignedTime: 1_790_000_000 + place,
    createdAt: 1_789_999_000 + place,
    queue: QUEUES[place % QUEUES.length],
    channel: CHANNELS[place % CHANNELS.length],
    content: { subject: "delivery - late", lastMessage: `Where is parcel ${number}?`, language: "en", unread: place % 4 },
    metadata: { ccr: "delivery - late", roomId: id, roomName: `room-${number}`, orderId: `sdw-${number}`, agentAccesses: ["chat.read", "chat.write"] },
    statusReason: "Internal State Change by Workflow Server",
    priority: 1 + (place % 5),
    customer: { id: `customer-${place % 300}-0000-4000-8000-000000000000`, firstName: "Bench", lastName: `Number ${number}` },
  };
}
