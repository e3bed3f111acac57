// Comm100, "Channel Account": the seven sample calls.
import assert from "node:assert/strict";
import { json, sample, text, without } from "./expect.mjs";

const base = "/comm100/ticketing/channelAccounts";
const id = "59c749f4-af8e-eb11-aacf-06c7a219a2ac";

export const who = "admin";
export const samples = [
  {
    // First, so that the account reads as documented whatever was done to it before.
    name: `PUT ticketing/channelAccounts/${id}`,
    run: async (send) => {
      const answer = json(await send("PUT", `${base}/${id}`, text("comm100_update_body")), 200);
      assert.deepEqual(answer, sample("comm100_updated"));
    },
  },
  {
    name: "GET ticketing/channelAccounts",
    run: async (send) => {
      const list = json(await send("GET", base), 200);
      const [documented] = sample("comm100_list");
      assert.ok(Array.isArray(list), "the answer is no bare array");
      assert.deepEqual(list.find((account) => account.id === id), documented);
    },
  },
  {
    name: "GET ticketing/channelAccounts?include=chatbot",
    run: async (send) => {
      const list = json(await send("GET", `${base}?include=chatbot`), 200);
      const account = list.find((account) => account.id === id);
      assert.equal(account.chatbot.id, account.chatbotId);
      assert.deepEqual(without(account, ["chatbot"]), sample("comm100_get"));
    },
  },
  {
    name: `GET ticketing/channelAccounts/${id}`,
    run: async (send) => assert.deepEqual(json(await send("GET", `${base}/${id}`), 200), sample("comm100_get")),
  },
  {
    name: "POST ticketing/channelAccounts",
    run: async (send, made) => {
      const answer = json(await send("POST", base, text("comm100_create_body")), 201);
      made.account = answer.id;
      assert.deepEqual(without(answer, ["id"]), without(sample("comm100_created"), ["id"]));
      assert.match(answer.id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    },
  },
  {
    name: `POST ticketing/channelAccounts/${id}:disableBot`,
    run: async (send) =>
      assert.deepEqual(json(await send("POST", `${base}/${id}:disableBot`), 200), sample("comm100_disabled")),
  },
  {
    name: `POST ticketing/channelAccounts/${id}:enableBot`,
    run: async (send) => {
      const answer = json(await send("POST", `${base}/${id}:enableBot`), 200);
      assert.deepEqual(answer, sample("comm100_enabled"));
      // As it was: the next run, and people, find the documented account.
      json(await send("POST", `${base}/${id}:disableBot`), 200);
    },
  },
  {
    // The documented account would never come back under its id: the one that was just made goes.
    name: "DELETE ticketing/channelAccounts/{the one just made}",
    run: async (send, made) => {
      assert.ok(made.account, "none was made");
      const answer = await send("DELETE", `${base}/${made.account}`);
      assert.deepEqual([answer.status, answer.text, answer.refused], [204, "", undefined]);
      assert.equal((await send("GET", `${base}/${made.account}`)).status, 404);
    },
  },
];
