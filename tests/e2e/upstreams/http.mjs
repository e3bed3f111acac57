// A small HTTP server that remembers what it was asked: what the five vendors' stand-ins have in common.
import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { fault as armed } from "./faults.mjs";

/**
 * A request as it came.
 * @typedef {{method: string, path: string, query: Record<string, string>, headers: Record<string, string>,
 *   text: string, json: any}} Asked
 * A reply: `json` is encoded, `text` and the bytes of `raw` are sent as they are, `hang` never answers, `reset` breaks the connection before an
 * answer, `cut` sends the body and breaks off where its head promises more.
 * @typedef {{status?: number, json?: unknown, text?: string, raw?: Buffer, type?: string, headers?: Record<string, string>,
 *   hang?: boolean, reset?: boolean, cut?: boolean}} Reply
 */

/**
 * Starts a server on a free loopback port. `answer` gives the reply, none is an empty 404. For a vendor's server
 * `fitting` says what of a request decides whether a fault concerns it, none if no fault ever does.
 * @param {(asked: Asked) => Reply | undefined | Promise<Reply | undefined>} answer
 * @param {string} [vendor]
 * @param {(asked: Asked) => import("./faults.mjs").Fitting | undefined} [fitting]
 */
export async function start(answer, vendor = "", fitting = below("")) {
  /** @type {Asked[]} */
  const requests = [];
  /** @type {((asked: Asked) => Reply | undefined)[]} */
  const overrides = [];
  /** @type {import("./faults.mjs").Fault[]} */
  const faults = [];
  const right = async (asked) => {
    let reply;
    for (const override of overrides) reply ??= override(asked);
    return reply ?? (await answer(asked)) ?? { status: 404 };
  };
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url ?? "/", "http://upstream");
    const text = Buffer.concat(chunks).toString("utf8");
    const asked = {
      method: request.method ?? "",
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      text,
      json: parsed(text),
    };
    requests.push(asked);
    const fits = fitting(asked);
    const fault = fits && faults.find((fault) => fault.strikes(fits));
    if (!fault) return send(response, await right(asked));
    const done = fault.after ? await right(asked) : undefined;
    if (fault.delay_ms) await wait(fault.delay_ms);
    send(response, fault.name === "delay" ? (done ?? (await right(asked))) : fault.reply());
  });
  await new Promise((done, failed) => server.once("error", failed).listen(0, "127.0.0.1", () => done(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    /** The last request with this method whose path ends so; undefined if there was none. */
    last: (/** @type {string} */ method, /** @type {string} */ ending) =>
      requests.findLast((asked) => asked.method === method && asked.path.endsWith(ending)),
    /** Answers in the vendor's stead while the given function has an answer; gives what ends that. */
    override(/** @type {(asked: Asked) => Reply | undefined} */ reply) {
      overrides.unshift(reply);
      return () => void overrides.splice(overrides.indexOf(reply), 1);
    },
    /**
     * Fails as the sandbox's knob of that name does; the newest fault counts first.
     * @param {string} name
     * @param {import("./faults.mjs").Options} [options]
     */
    fault(name, options = {}) {
      const fault = armed(vendor, name, options, () => void faults.splice(faults.indexOf(fault), 1));
      faults.unshift(fault);
      return fault;
    },
    /** Works again. */
    mend: () => void faults.splice(0),
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(() => done(undefined)));
    },
  };
}

function send(response, { status = 200, json, text, raw, type, headers = {}, hang, reset, cut }) {
  if (hang) return;
  if (reset) return void response.socket.resetAndDestroy();
  const body = raw ?? text ?? (json === undefined ? "" : JSON.stringify(json));
  const media = type ?? (json === undefined ? undefined : "application/json; charset=utf-8");
  const head = { ...(media && { "content-type": media }), ...headers };
  if (cut) {
    response.writeHead(status, { ...head, "content-length": Buffer.byteLength(body) + 1000 });
    response.write(body, () => response.destroy());
    return;
  }
  response.writeHead(status, head);
  response.end(body);
}

/** A path below the vendor's base, and whether the method only reads. */
export const below = (base) => (asked) => ({
  method: asked.method,
  path: asked.path.slice(base.length),
  reads: asked.method === "GET",
});

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
