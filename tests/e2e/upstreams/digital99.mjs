// 99digital's account update as its page "Update account" has it, `status` twice; the token and the list by theirs.
import { below, start } from "./http.mjs";

export const CLIENT_ID = "upstream-99-client";
export const CLIENT_SECRET = "upstream-99-secret-a17d";
/** The access token that is given out; nothing a browser may see either. */
export const ACCESS_TOKEN = "upstream-99-access-0d5e";
const BASE = "/api";

export async function digital99() {
  const account = { account_id: 8, server: "online", account_name: "account name", status: 1, builder_url: "https://builder.." };
  const agents = [
    { id: 3, create_time: 1572500001, email: "rina@example.com", agent_name: "רינה כהן", role: "administrator", two_factor_type: "email", two_factor_phone: null, two_factor_email: "rina@example.com" },
    { id: 4, create_time: 1572500002, email: "sam@example.com", agent_name: "Sam O'Neil", role: "agent", two_factor_type: null, two_factor_phone: null, two_factor_email: null },
  ];
  const tokens = { valid: new Set(), given: 0 };
  const failed = (reason) => ({ json: { status: "FAIL", reason } });

  function update(body) {
    if (String(body?.account_id) !== String(account.account_id)) return failed(29);
    if (body.server !== account.server) return failed(34);
    if ("account_name" in body) account.account_name = body.account_name;
    if ("account_status" in body) account.status = Number(body.account_status);
    if ("builder_url" in body) account.builder_url = body.builder_url;
    // The page's answer with its syntax mended: the call's status first, the account's in a second `status`.
    const rest = JSON.stringify({ status: account.status, builder_url: account.builder_url }).slice(1);
    const head = JSON.stringify({ status: "OK", reason: 1, account_id: account.account_id, server: account.server, account_name: account.account_name });
    return { text: `${head.slice(0, -1)},${rest}`, type: "application/json" };
  }

  // A fault is the account's; the token is given out in any case, as the sandbox needs none.
  const fitting = (asked) => (asked.path.endsWith("/settings/accessToken") ? undefined : below(BASE)(asked));
  const server = await start((asked) => {
    const path = asked.path.slice(BASE.length);
    if (path === "/settings/accessToken") {
      const { client_id, client_secret } = asked.json ?? {};
      if (client_id !== CLIENT_ID || client_secret !== CLIENT_SECRET) return failed(2);
      tokens.given += 1;
      tokens.valid.add(ACCESS_TOKEN);
      const expires = String(Math.floor(Date.now() / 1000) + 3600);
      return { json: { access_token: ACCESS_TOKEN, expiration_time: expires, token_type: "Bearer", reason: 1 } };
    }
    if (!tokens.valid.has(asked.headers.authorization?.replace(/^Bearer /, ""))) return failed(3);
    if (path === "/online/updateAccount") return asked.method === "POST" ? update(asked.json) : failed(13);
    if (path === "/online/getAccounts") {
      if (asked.method !== "GET") return failed(13);
      const { account_id, account_name, server } = account;
      const status = account.status === 1 ? "active" : "suspended";
      const entry = { create_time: 1572499999, account_name, account_id: String(account_id), server, account_status: status, reference: "" };
      return { json: { status: "OK", reason: 1, totalOnline: 1, list: [entry] } };
    }
    if (path === "/online/getAgents") {
      if (asked.method !== "POST") return failed(13);
      if (String(asked.json?.accountID) !== String(account.account_id)) return failed(33);
      if (asked.json.server !== account.server) return failed(34);
      return { json: { status: "OK", reason: 1, totalagents: agents.length, list: agents } };
    }
    return undefined;
  }, "digital99", fitting);
  return {
    ...server,
    base: `${server.url}${BASE}`,
    account,
    tokens,
    /** As after an hour: the next call gets reason 3. */
    expire: () => tokens.valid.clear(),
  };
}
