// A request to the gateway, by curl, or by Node's own fetch where there is no curl.
import { spawnSync } from "node:child_process";

const hasCurl = !process.env.SAMPLES_NO_CURL && spawnSync("curl", ["--version"]).status === 0;

/** Which of the two sends. */
export const sender = hasCurl ? "curl" : "fetch";

/**
 * Sends a request with the console's own header and a session's cookie.
 * @returns {Promise<{status: number, text: string, cookie: string|undefined, refused: string|undefined}>}
 *   `refused`: the gateway's own word, which no vendor's answer has.
 */
export async function send(base, method, path, { cookie, body } = {}) {
  const headers = { "X-Trunkline": "1" };
  if (cookie) headers.Cookie = cookie;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await (hasCurl ? byCurl : byFetch)(base + path, method, headers, body);
  return {
    status: answer.status,
    text: answer.text,
    cookie: answer.headers.get("set-cookie")?.split(";")[0],
    refused: answer.headers.get("trunkline-error"),
  };
}

function byCurl(url, method, headers, body) {
  const fields = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  // `Expect:` off: no interim answer stands before the head of the real one.
  const args = ["-sS", "-i", "--noproxy", "*", "--max-time", "30", "-X", method, "-H", "Expect:", ...fields];
  if (body !== undefined) args.push("--data-binary", "@-");
  const options = { input: body, encoding: "utf8", maxBuffer: 64 << 20 };
  const { status, stdout, stderr, error } = spawnSync("curl", [...args, url], options);
  if (error || status !== 0) throw new Error(error?.message ?? (stderr.trim() || `curl ended with ${status}`));
  const end = stdout.indexOf("\r\n\r\n");
  const [first, ...lines] = stdout.slice(0, end).split("\r\n");
  const pairs = lines.map((line) => line.split(": ")).map(([name, ...rest]) => [name.toLowerCase(), rest.join(": ")]);
  return { status: Number(first.split(" ")[1]), text: stdout.slice(end + 4), headers: new Map(pairs) };
}

async function byFetch(url, method, headers, body) {
  const response = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(30_000) });
  return { status: response.status, text: await response.text(), headers: new Map(response.headers) };
}
