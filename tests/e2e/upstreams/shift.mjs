// A shift in fast time: arrivals, changes, escalations, closings and leavings on the test upstream's list of tickets, the
// same for every run. The test says when it goes on.
import { ticket } from "./oneview.mjs";

const QUEUES = ["english", "deutsch", "français", "עברית", "中文"];
const NAMES = ["Alma", "Bérénice", "דנה", "李娜", "Zoë", "O'Hara", "🙂 Max", "Ångström", "محمد", "Łukasz"];

/** A generator of numbers from 0 to 1 (mulberry32). */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Plays on `tickets`, the upstream's list. Tickets that are in it already stay as they are.
 * @param {ReturnType<typeof ticket>[]} tickets
 */
export function shift(tickets, seed = 1) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const own = () => tickets.filter((each) => each.id.startsWith("shift-"));
  const totals = { came: 0, changed: 0, escalated: 0, closed: 0, gone: 0 };
  const now = () => Math.floor(Date.now() / 1000);

  const arrive = () => {
    totals.came += 1;
    const opening = { from: "customer", text: `Message ${totals.came}`, at: now() };
    tickets.push(
      ticket({
        id: `shift-${totals.came}`,
        priority: 1 + Math.floor(next() * 5),
        queue: pick(QUEUES),
        assignedTime: now(),
        createdAt: now(),
        content: { subject: "delivery - late", messages: [opening], lastMessage: opening.text, language: "en", unread: 1 },
        customer: { id: `customer-${totals.came}`, firstName: pick(NAMES), lastName: `No. ${totals.came}` },
      }),
    );
  };
  const change = (each) => {
    totals.changed += 1;
    if (next() < 0.3) each.priority = 1 + (each.priority % 5);
    else if (next() < 0.2) each.queue = pick(QUEUES);
    else {
      const message = { from: next() < 0.5 ? "customer" : "agent", text: `Message again, ${totals.changed}`, at: now() };
      const messages = [...each.content.messages, message].slice(-6);
      each.content = { ...each.content, messages, lastMessage: message.text };
    }
  };

  return {
    totals,
    /**
     * Plays until `arrivals` more have come. Those stay in the list until the next call, so that whoever looks in between sees
     * each. `keep` is the number of the others that may stay.
     */
    play(arrivals, keep = 40) {
      const earlier = own();
      for (const each of earlier) {
        const luck = next();
        if (luck < 0.3) change(each);
        else if (luck < 0.36 && each.ticketStatus === "ASSIGNED") {
          totals.escalated += 1;
          Object.assign(each, { ticketStatus: "ESCALATED", priority: 1, statusReason: "Supervisor asked for" });
        } else if (luck < 0.6 && each.ticketStatus !== "CLOSED") {
          totals.closed += 1;
          Object.assign(each, { ticketStatus: "CLOSED", statusReason: "Solved by agent" });
        }
      }
      const leaving = earlier.filter((each) => each.ticketStatus === "CLOSED");
      leaving.push(...earlier.filter((each) => each.ticketStatus !== "CLOSED"));
      for (const each of leaving.slice(0, Math.max(0, earlier.length - keep))) {
        totals.gone += 1;
        tickets.splice(tickets.indexOf(each), 1);
      }
      for (let count = 0; count < arrivals; count += 1) arrive();
    },
  };
}
