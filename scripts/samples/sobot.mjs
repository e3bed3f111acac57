// Sobot, "API Management": the customer query, by each of its four keys and by none.
import assert from "node:assert/strict";
import { json, sample } from "./expect.mjs";

// The document names no customer; the one-view document's is in the demo data.
const [{ customer }] = sample("oneview_tickets");
const thirds =
  "partner_id wx_unionid wx_openid wx_external_userid whatsappid faceBookid instagramid lineid telegramid discordid";

const query = async (send, keys) => json(await send("POST", "/sobot/customer/query", JSON.stringify(keys)), 200);

const by = (key, value) => ({
  name: `customer query by ${key}`,
  run: async (send, made) => {
    assert.ok(made.customer, "no customer was found by id");
    assert.deepEqual(await query(send, { [key]: value(made.customer) }), made.customer);
  },
});

export const who = "agent";
export const samples = [
  {
    name: "customer query by id",
    run: async (send, made) => {
      const found = await query(send, { id: customer.id });
      assert.equal(found?.id, customer.id);
      for (const name of ["id", "nick", "sexName", "userStatusName", "isblack"]) {
        assert.ok(found[name] !== undefined && found[name] !== null, `${name} is missing`);
      }
      made.customer = found;
    },
  },
  by("tel", (found) => found.tel),
  by("email", (found) => found.email),
  by("thirdAccountId", (found) => thirds.split(" ").map((name) => found[name]).find(Boolean)),
  {
    name: "customer query without a param",
    run: async (send) => assert.equal(await query(send, {}), null),
  },
];
