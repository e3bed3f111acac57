// one-view, "pd-oneview-chat-ticket": the agent's tickets and status.
import assert from "node:assert/strict";
import { alike, fits, json, sample } from "./expect.mjs";

const agent = "f4b8f8e5-365a-4ed1-a122-0f4ba1afef44";
const base = `/oneview/v1/${agent}`;
// Bearer secrets: the gateway keeps them to itself.
const secrets = ["agentJwt", "roomSubscriptionToken"];

function switched(answer) {
  const info = json(answer, 200);
  assert.equal(info.id, agent);
  alike(info, sample("oneview_agent"));
}

export const who = "agent";
export const samples = [
  {
    name: `GET /v1/${agent}/tickets`,
    run: async (send) => {
      const tickets = json(await send("GET", `${base}/tickets`), 200);
      assert.ok(Array.isArray(tickets) && tickets.length > 0, "there are no tickets");
      const [documented] = sample("oneview_tickets");
      const seen = new Set();
      for (const ticket of tickets) {
        // Only the id is promised of a ticket.
        assert.ok(ticket.id, "a ticket without its id");
        const at = `ticket ${ticket.id}`;
        for (const name of secrets) assert.ok(!(name in (ticket.metadata ?? {})), `${name} reached the browser`);
        for (const [found, known] of [
          [ticket, documented],
          [ticket.metadata ?? {}, documented.metadata],
          [ticket.customer ?? {}, documented.customer],
        ]) {
          fits(found, known, at);
          for (const name of Object.keys(found)) {
            assert.ok(name in known, `${at}.${name} is in no document`);
            seen.add(name);
          }
        }
      }
      const all = [documented, documented.metadata, documented.customer].flatMap(Object.keys);
      assert.deepEqual(all.filter((name) => !seen.has(name)), secrets, "documented, and in no ticket");
    },
  },
  {
    name: `PUT /v1/${agent}/online`,
    run: async (send, made) => {
      const { user } = JSON.parse((await send("GET", "/session")).text);
      made.wasOnline = user?.status?.online ?? false;
      switched(await send("PUT", `${base}/online`));
    },
  },
  {
    name: `PUT /v1/${agent}/offline`,
    run: async (send, made) => {
      switched(await send("PUT", `${base}/offline`));
      if (made.wasOnline) switched(await send("PUT", `${base}/online`));
    },
  },
];
