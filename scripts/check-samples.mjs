// Sends every sample request of the five documents to a running server on its sandbox, and holds status and body
// against the documented ones. `node scripts/check-samples.mjs http://127.0.0.1:8080`
//
// One line per sample, then `N passed, N failed`; exit 1 on a failure. The documented records end as they were; the
// three sample events stay, since the vendor has no way to remove one.
import { send, sender } from "./samples/transport.mjs";

const [url] = process.argv.slice(2);
if (!url || !/^https?:\/\/[^/]+\/?$/.test(url)) {
  console.error("usage: check-samples.mjs http://HOST:PORT");
  process.exit(2);
}
const base = `${url.replace(/\/$/, "")}/api`;
const vendors = ["comm100", "jtel", "oneview", "sobot", "digital99"];

/** A demo user's cookie. */
async function signIn(role) {
  const answer = await send(base, "POST", "/session", { body: JSON.stringify({ demo: role }) });
  if (answer.status !== 200 || !answer.cookie) throw new Error(`no sign-in as demo ${role}: HTTP ${answer.status}`);
  return answer.cookie;
}

let passed = 0;
let failed = 0;
for (const vendor of vendors) {
  const { who, samples } = await import(`./samples/${vendor}.mjs`);
  // What a sample leaves for the next, such as the id of the account it made.
  const made = {};
  const session = signIn(who);
  session.catch(() => {});
  for (const { name, run } of samples) {
    try {
      const cookie = await session;
      await run((method, path, body) => send(base, method, path, { cookie, body }), made);
      passed += 1;
      console.log(`ok    ${vendor}: ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL  ${vendor}: ${name}: ${error.message.replace(/\s+/g, " ").slice(0, 400)}`);
    }
  }
  // The session was this script's alone.
  await session.then((cookie) => send(base, "DELETE", "/session", { cookie })).catch(() => {});
}
console.log(`(sent with ${sender})`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
