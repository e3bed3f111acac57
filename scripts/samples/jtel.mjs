// jtel, "AcdEvent Functions": two reads and the three sample events.
import assert from "node:assert/strict";
import { alike, json, sample, text, without } from "./expect.mjs";

const times = ["dtCreated", "dtModified", "dtLastModified"];
const envelope = ["filter", "limitStart", "limitPageSize", "orderBy", "ascending", "status"];

/** The short envelope's one record. */
function one(answer) {
  const { records, ...rest } = json(answer, 200);
  assert.deepEqual(rest, { count: 1, status: 200 });
  assert.equal(records.length, 1);
  const [record] = records;
  alike(record, sample("jtel_created").records[0]);
  for (const name of times) {
    assert.match(record[name], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/, `${name} is no local time`);
  }
  return record;
}

/** An event made from a sample's post data has what was posted. */
const create = (name) => ({
  name: `POST acd/events/create (${name.replace("jtel_", "").replace("_", " for a ")})`,
  run: async (send) => {
    const { Body, ...posted } = sample(name);
    const record = one(await send("POST", "/jtel/acd/events/create", text(name)));
    for (const [field, value] of Object.entries(posted)) assert.equal(record[field], value, field);
    if (Body) assert.ok(record.EventData.includes("Congratulations!"), "the body is not in EventData");
    assert.deepEqual(one(await send("GET", `/jtel/acd/events/event/${record.ID}`)), record);
    return record;
  },
});

const ticket = create("jtel_ticket");

export const who = "agent";
export const samples = [
  {
    name: "GET acd/events",
    run: async (send) => {
      const { records, count, ...rest } = json(await send("GET", "/jtel/acd/events"), 200);
      const documented = sample("jtel_list");
      for (const name of envelope) assert.equal(rest[name], documented[name], name);
      assert.equal(count, records.length);
      for (const record of records) alike(record, sample("jtel_created").records[0], `event ${record.ID}`);
    },
  },
  {
    name: "GET acd/events/event/2039",
    run: async (send) =>
      assert.deepEqual(json(await send("GET", "/jtel/acd/events/event/2039"), 200), sample("jtel_created")),
  },
  create("jtel_callback"),
  create("jtel_callback_user"),
  {
    name: ticket.name,
    run: async (send) => {
      const record = await ticket.run(send);
      const free = ["ID", ...times];
      assert.deepEqual(without(record, free), without(sample("jtel_created").records[0], free));
    },
  },
];
