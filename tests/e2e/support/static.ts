// The app as somebody else would serve it: built files from a folder, and a proxy of their own in front of the vendors.
// Nothing of Trunkline's server is in it.
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { TOKEN as COMM100 } from "../upstreams/comm100.mjs";
import { CLIENT_ID, CLIENT_SECRET } from "../upstreams/digital99.mjs";
import type { startUpstreams } from "../upstreams/index.mjs";
import { TOKEN as JTEL } from "../upstreams/jtel.mjs";
import { AGENT, TOKEN as ONEVIEW } from "../upstreams/oneview.mjs";
import { TOKEN as SOBOT } from "../upstreams/sobot.mjs";
import { DIST } from "./server";

const MEDIA: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
};
const csp = (document: string) =>
  `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' '${styleHash(document)}'; img-src 'self' data:; ` +
  "connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const VENDORS = ["comm100", "jtel", "oneview", "sobot", "digital99"] as const;

type Upstreams = Awaited<ReturnType<typeof startUpstreams>>;

/** The CSP source of a document's inline styles. */
export function styleHash(document: string): string {
  const styles = /<style>(.*?)<\/style>/s.exec(document)?.[1] ?? "";
  return `sha256-${createHash("sha256").update(styles).digest("base64")}`;
}

/** Serves dist/ with a `config.json` of its own: other bases than the gateway's, and no session. */
export async function serveStatic(upstreams: Upstreams) {
  const config = {
    base: Object.fromEntries(VENDORS.map((vendor) => [vendor, `/vendors/${vendor}`])),
    session: null,
    agentId: AGENT,
  };
  const policy = csp(readFileSync(join(DIST, "index.html"), "utf8"));
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url ?? "/", "http://static");
    response.setHeader("Content-Security-Policy", policy);
    const [, vendor, rest] = /^\/vendors\/(\w+)(\/.*)$/.exec(pathname) ?? [];
    if (vendor) return forward(upstreams, vendor as (typeof VENDORS)[number], `${rest}${search}`, request, response);
    if (pathname === "/config.json") return answer(response, 200, MEDIA[".json"], JSON.stringify(config));
    const file = join(DIST, normalize(pathname));
    const found = statSync(file, { throwIfNoEntry: false })?.isFile();
    if (!found && extname(pathname)) return answer(response, 404, "text/plain", "Not found");
    const name = found ? file : join(DIST, "index.html");
    answer(response, 200, MEDIA[extname(name)] ?? "application/octet-stream", readFileSync(name));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** The proxy's own ways with each vendor: where it is, its credentials, and Sobot's query as a GET. */
async function forward(
  upstreams: Upstreams,
  vendor: (typeof VENDORS)[number],
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const headers: Record<string, string> = { "content-type": "application/json" };
  let url = `${upstreams[vendor].base}${target}`;
  let method = request.method ?? "GET";
  if (vendor === "comm100") headers.authorization = `Bearer ${COMM100}`;
  if (vendor === "jtel") headers.authorization = `Bearer ${JTEL}`;
  if (vendor === "oneview") headers.authorization = `Bearer ${ONEVIEW}`;
  if (vendor === "digital99") headers.authorization = `Bearer ${await accessToken(upstreams)}`;
  if (vendor === "sobot") {
    headers.token = SOBOT;
    method = "GET";
    url = `${upstreams.sobot.base}?${new URLSearchParams(JSON.parse(body))}`;
  }
  const sends = !["GET", "HEAD"].includes(method) && body !== "";
  const reply = await fetch(url, { method, headers, ...(sends && { body }) });
  // Byte by byte, in whatever character set: the proxy does not read what it hands on.
  let text = Buffer.from(await reply.arrayBuffer()).toString("latin1");
  // Whoever puts a proxy before one-view keeps the room's secrets back, as the gateway does.
  if (vendor === "oneview") text = text.replace(/"(agentJwt|roomSubscriptionToken)":"[^"]*",?/g, "");
  answer(response, reply.status, reply.headers.get("content-type") ?? "", Buffer.from(text, "latin1"));
}

async function accessToken(upstreams: Upstreams): Promise<string> {
  const answer = await fetch(`${upstreams.digital99.base}/settings/accessToken`, {
    method: "POST",
    body: JSON.stringify({ client_id: CLIENT_ID, client_secret: CLIENT_SECRET }),
  });
  return (await answer.json()).access_token;
}

function answer(response: ServerResponse, status: number, media: string, body: string | Buffer) {
  if (media) response.setHeader("Content-Type", media);
  response.writeHead(status).end(status === 204 ? undefined : body);
}
