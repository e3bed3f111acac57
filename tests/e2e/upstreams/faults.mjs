// Faults of the test upstreams, named as the sandbox's (docs/operating.md); `faults.json` lists both.
// The bodies are written from the vendors' documents, like everything in these upstreams.
import { readFileSync } from "node:fs";

/** @type {string[]} */
export const FAULTS = JSON.parse(readFileSync(new URL("./faults.json", import.meta.url), "utf8"));

/**
 * Count, share and matching requests, as in the sandbox.
 * @typedef {{status?: number, retry_after?: number, retry_after_date?: number, body?: string, delay_ms?: number,
 *   times?: number, percent?: number, method?: string, only?: "reads" | "writes", path?: string, after?: boolean}} Options
 * A fault that is set: `mend()` ends it, `hits` is how many requests it has hit.
 * @typedef {{name: string, after: boolean, delay_ms: number, hits: number, strikes: (request: Fitting) => boolean,
 *   reply: () => import("./http.mjs").Reply, mend: () => void}} Fault
 * Decides whether a fault applies to a request; `path` is below the vendor's base.
 * @typedef {{method: string, path: string, reads: boolean}} Fitting
 */

const HTML =
  "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";
const JSON_TYPE = "application/json; charset=utf-8";

/**
 * @param {string} vendor
 * @param {string} name
 * @param {Options} options
 * @param {() => void} mend
 * @returns {Fault}
 */
export function fault(vendor, name, options, mend) {
  if (!FAULTS.includes(name)) throw new Error(`there is no fault ${name}; there are ${FAULTS.join(", ")}`);
  const { times, percent, method, only, path, after = false, delay_ms = 0 } = options;
  let fitted = 0;
  const share = (requests) => Math.floor((requests * percent) / 100);
  return {
    name,
    after,
    delay_ms,
    hits: 0,
    strikes(request) {
      if (method && method !== request.method) return false;
      if (only && (only === "reads") !== request.reads) return false;
      if (path && !request.path.startsWith(path)) return false;
      let hit = true;
      if (times) hit = this.hits < times;
      else if (percent) hit = share(fitted + 1) > share(fitted);
      fitted += 1;
      if (hit) this.hits += 1;
      return hit;
    },
    reply: () => reply(vendor, name, options),
    mend,
  };
}

/** The response sent instead of the vendor's. */
function reply(vendor, name, options) {
  switch (name) {
    case "status":
      return refused(vendor, options);
    case "hang":
      return { hang: true };
    case "reset":
      return { reset: true };
    case "cut":
      return { cut: true, type: JSON_TYPE, text: '{"records": [{"ID": 1, "' };
    case "cut-late":
      return { cut: true, type: JSON_TYPE, text: `"${"x".repeat(1_000_000)}` };
    case "garbage":
      return { type: JSON_TYPE, text: '{"id": 1, "records": [}, "list": tru' };
    case "wrong-type":
      return { json: wrongType(vendor) };
    case "null":
      return { type: JSON_TYPE, text: "null" };
    case "html":
      return { status: 502, type: "text/html", text: HTML };
    case "empty":
      return {};
    case "text":
      return { type: "text/plain", text: options.body ?? "Please try again later.\n" };
    case "huge":
      return { type: JSON_TYPE, text: `"${"x".repeat(9_999_998)}"` };
    default:
      throw new Error(`no reply for ${name}`);
  }
}

function refused(vendor, { status, retry_after, retry_after_date, body }) {
  if (!status) throw new Error("a status needs its number");
  const date = retry_after_date === undefined ? undefined : new Date(Date.now() + retry_after_date * 1000).toUTCString();
  const wait = retry_after === undefined ? date : String(retry_after);
  const headers = wait === undefined ? {} : { "retry-after": wait };
  if (body === "" || status === 204 || status === 304) return { status, headers };
  return { status, headers, type: JSON_TYPE, text: body ?? JSON.stringify(complaint(vendor, status)) };
}

/** A failure body as each document has it. */
function complaint(vendor, status) {
  const words = `Failed with ${status}`;
  switch (vendor) {
    case "comm100":
      return { code: status * 1000, message: words };
    case "jtel":
      return { status, error: words };
    case "oneview":
      return { errorCode: status, errorMessage: words };
    case "sobot":
      return { ret_code: status === 401 ? "900002" : "999999", ret_msg: words };
    default:
      return { status: "FAIL", reason: { 401: 3, 403: 2, 404: 29, 405: 13 }[status] ?? 99 };
  }
}

/** Right in its syntax, and no answer that the vendor has. */
function wrongType(vendor) {
  if (vendor === "jtel") return { records: { ID: "wrong" }, count: "many", status: 200 };
  if (vendor === "digital99") return { status: "OK", reason: 1, account_id: ["wrong"], totalOnline: "many", list: "wrong" };
  return { id: ["wrong"], name: { wrong: true } };
}
