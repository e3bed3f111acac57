// A small HTTP server that remembers what it was asked: what the five vendors' stand-ins have in common.
import { createServer } from "node:http";

/**
 * A request as it came.
 * @typedef {{method: string, path: string, query: Record<string, string>, headers: Record<string, string>,
 *   text: string, json: any}} Asked
 * A reply: `json` is encoded, `text` is sent as it is, `hang` never answers, `cut` breaks off in the middle.
 * @typedef {{status?: number, json?: unknown, text?: string, type?: string, headers?: Record<string, string>,
 *   hang?: boolean, cut?: boolean}} Reply
 */

/**
 * Starts a server on a free loopback port. `answer` gives the vendor's reply; none is an empty 404.
 * @param {(asked: Asked) => Reply | undefined | Promise<Reply | undefined>} answer
 */
export async function start(answer) {
  /** @type {Asked[]} */
  const requests = [];
  /** @type {((asked: Asked) => Reply | undefined)[]} */
  const overrides = [];
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
    let reply;
    for (const override of overrides) reply ??= override(asked);
    reply ??= (await answer(asked)) ?? { status: 404 };
    send(response, reply);
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
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(() => done(undefined)));
    },
  };
}

function send(response, { status = 200, json, text, type, headers = {}, hang, cut }) {
  if (hang) return;
  const body = text ?? (json === undefined ? "" : JSON.stringify(json));
  const media = type ?? (json === undefined ? undefined : "application/json; charset=utf-8");
  response.writeHead(status, { ...(media && { "content-type": media }), ...headers });
  if (cut) {
    response.write(body.slice(0, body.length / 2), () => response.destroy());
    return;
  }
  response.end(body);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
