// 99digital, "Update account": the mandatory fields alone, then each of the others.
import assert from "node:assert/strict";
import { json, sample } from "./expect.mjs";

const { account_id, server, account_name } = sample("digital99_update_body");

/** The answer's members; `status` stands there twice, the call's first. */
async function update(send, change) {
  const answer = await send("POST", "/digital99/online/updateAccount", JSON.stringify({ account_id, server, ...change }));
  const body = json(answer, 200);
  assert.match(answer.text, /"status"\s*:\s*"OK"/, answer.text);
  assert.deepEqual([body.reason, body.account_id, body.server], [1, account_id, server]);
  const documented = Object.keys(sample("digital99_updated"));
  assert.deepEqual(Object.keys(body).sort(), documented.sort());
  return { account_name: body.account_name, account_status: body.status, builder_url: body.builder_url };
}

/** A change says the new value, and the others as they were; then it is taken back. */
const change = (name, value) => ({
  name: `updateAccount: ${name}`,
  run: async (send) => {
    const before = await update(send, {});
    assert.deepEqual(await update(send, { [name]: value }), { ...before, [name]: value });
    assert.deepEqual(await update(send, { [name]: before[name] }), before);
  },
});

export const who = "admin";
export const samples = [
  {
    name: "updateAccount: the mandatory fields alone",
    run: async (send) => {
      const now = await update(send, {});
      assert.ok(now.account_status === 0 || now.account_status === 1, `the account's status is ${now.account_status}`);
    },
  },
  change("account_name", account_name),
  change("account_status", 0),
  // The document's "https://" stands for a whole address.
  change("builder_url", "https://builder.example/login"),
  {
    name: "updateAccount: an unknown account fails in the body",
    run: async (send) => {
      const body = JSON.stringify({ account_id: 9999999, server });
      const answer = json(await send("POST", "/digital99/online/updateAccount", body), 200);
      assert.equal(answer.status, "FAIL");
      assert.ok(Number.isInteger(answer.reason) && answer.reason !== 1, `reason ${answer.reason}`);
    },
  },
];
