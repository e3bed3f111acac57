// The checker itself: a server that answers wrongly fails every sample. `node --test scripts/check-samples.test.mjs`
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { test } from "node:test";

const SAMPLES = 26;

function check(url, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["scripts/check-samples.mjs", ...url], { env: { ...process.env, ...env } });
    let out = "";
    child.stdout.on("data", (piece) => (out += piece));
    child.on("close", (code) => resolve({ code, lines: out.trim().split("\n") }));
  });
}

async function against(answer, env) {
  const server = createServer(answer);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await check([`http://127.0.0.1:${server.address().port}`], env);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const json = (response, status, body, headers = {}) => {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body);
};

for (const [sender, env] of [["curl", {}], ["fetch", { SAMPLES_NO_CURL: "1" }]]) {
  test(`wrong answers fail every sample, sent with ${sender}`, async () => {
    const { code, lines } = await against((request, response) => {
      if (request.url === "/api/session") return json(response, 200, "{}", { "set-cookie": "trunkline=a; Path=/" });
      json(response, 200, "[]");
    }, env);
    assert.equal(code, 1);
    assert.equal(lines.at(-1), `0 passed, ${SAMPLES} failed`);
    assert.equal(lines.filter((line) => line.startsWith("FAIL  ")).length, SAMPLES);
  });
}

test("a gateway's refusal is no vendor's answer", async () => {
  const { code, lines } = await against((request, response) => {
    if (request.url === "/api/session") return json(response, 200, "{}", { "set-cookie": "trunkline=a; Path=/" });
    json(response, 403, '{"error":"forbidden"}', { "trunkline-error": "forbidden" });
  });
  assert.equal(code, 1);
  assert.match(lines[0], /^FAIL {2}comm100: PUT .*the gateway refused: forbidden/);
});

test("the console's header and the session's cookie go with every request", async () => {
  const seen = [];
  await against((request, response) => {
    seen.push([request.method, request.url, request.headers["x-trunkline"], request.headers.cookie]);
    if (request.url === "/api/session") return json(response, 200, "{}", { "set-cookie": "trunkline=a; Path=/" });
    json(response, 200, "null");
  });
  assert.ok(seen.length > SAMPLES);
  for (const [method, url, own, cookie] of seen) {
    assert.equal(own, "1", url);
    if (!(method === "POST" && url === "/api/session")) assert.equal(cookie, "trunkline=a", url);
  }
});

test("without a sign-in everything fails, and without an address nothing starts", async () => {
  const { code, lines } = await against((_, response) => json(response, 403, "{}"));
  assert.deepEqual([code, lines.at(-1)], [1, `0 passed, ${SAMPLES} failed`]);
  assert.equal((await check([])).code, 2);
  assert.equal((await check(["8080"])).code, 2);
});
