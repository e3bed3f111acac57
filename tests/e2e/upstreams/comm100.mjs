// Comm100's channel accounts as its page "Channel Account" has them. Chatbots: its page "Chatbot".
import { randomUUID } from "node:crypto";
import { below, start } from "./http.mjs";

export const TOKEN = "upstream-comm100-7f31c2";

/** The page's sample account, every field. */
export const SAMPLE = {
  appId: "WeChat",
  originalAccountId: "gh_be13d263test",
  name: "Comm100",
  id: "59c749f4-af8e-eb11-aacf-06c7a219a2ac",
  isEnabled: true,
  avatarUrl:
    "http://wx.qlogo.cn/mmopen/vsACyXq1DBiadwp2qnDRDuGbq5304PQsicgV39VfG3LRiaUZhy8AcF90icxIQGicbFHhpjLChoKhPxDNMnWXiaibdibPGFNSc6qImCM9/test",
  screenName: "Comm100",
  isBotEnabled: false,
  chatbotId: "980cce41-58ae-43b2-8de8-37eea94da4a4",
  percentageToBotWhenOnline: 0,
  percentageToBotWhenOffline: 0,
  isDefault: false,
  createdTime: "2021-01-27T03:13:04.866Z",
};

const REQUIRED = {
  appId: "string",
  originalAccountId: "string",
  name: "string",
  isEnabled: "boolean",
  screenName: "string",
  isBotEnabled: "boolean",
  percentageToBotWhenOnline: "number",
  percentageToBotWhenOffline: "number",
  isDefault: "boolean",
};
/** Accepted on write, never returned. */
const WRITE_ONLY = ["channelIdentity", "accountExtInfo", "filter", "emailAccountInfo"];
const BASE = "/v4/ticketing/channelAccounts";

export async function comm100() {
  const accounts = new Map([[SAMPLE.id, { ...SAMPLE }]]);
  const chatbots = [{ id: SAMPLE.chatbotId, name: "Concierge", languageId: "en", trainingStatus: "succeeded" }];
  const shown = (account, { query }) => ({
    ...Object.fromEntries(Object.entries(account).filter(([key]) => !WRITE_ONLY.includes(key))),
    ...(query.include === "chatbot" && { chatbot: chatbots.find((bot) => bot.id === account.chatbotId) ?? null }),
  });
  const problem = (status, message) => ({ status, json: { code: status * 1000, message } });
  const wrong = (body) => {
    if (!body) return "The body is not JSON.";
    const name = Object.keys(REQUIRED).find((key) => typeof body[key] !== REQUIRED[key]);
    return name && `Parameter '${name}' is required.`;
  };

  const server = await start((asked) => {
    if (asked.headers.authorization !== `Bearer ${TOKEN}`) return problem(401, "The access token is invalid.");
    if (asked.path === "/v4/bot/chatbots" && asked.method === "GET") return { json: chatbots };
    if (asked.path === BASE) {
      if (asked.method === "GET") return { json: [...accounts.values()].map((account) => shown(account, asked)) };
      if (asked.method !== "POST") return problem(405, "Not allowed.");
      if (wrong(asked.json)) return problem(400, wrong(asked.json));
      const account = { createdTime: new Date().toISOString(), ...asked.json, id: randomUUID() };
      accounts.set(account.id, account);
      return { status: 201, json: shown(account, asked) };
    }
    const found = /^\/v4\/ticketing\/channelAccounts\/([^/:]+)(?::(enableBot|disableBot))?$/.exec(asked.path);
    const account = accounts.get(found?.[1]);
    if (!account) return problem(404, "The channel account does not exist.");
    if (found[2] && asked.method === "POST") {
      account.isBotEnabled = found[2] === "enableBot";
      return { json: shown(account, asked) };
    }
    if (asked.method === "GET") return { json: shown(account, asked) };
    if (asked.method === "PUT") {
      if (wrong(asked.json)) return problem(400, wrong(asked.json));
      accounts.set(account.id, { ...asked.json, id: account.id });
      return { json: shown(accounts.get(account.id), asked) };
    }
    if (asked.method === "DELETE") {
      accounts.delete(account.id);
      return { status: 204 };
    }
    return problem(405, "Not allowed.");
  }, "comm100", below("/v4"));
  return { ...server, base: `${server.url}/v4`, accounts, chatbots };
}
