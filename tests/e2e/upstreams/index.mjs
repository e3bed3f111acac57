// The five vendors on loopback, written from their documents alone: nothing here comes from the sandbox.
import * as c from "./comm100.mjs";
import * as d from "./digital99.mjs";
import * as j from "./jtel.mjs";
import * as o from "./oneview.mjs";
import * as s from "./sobot.mjs";

/** Whatever the gateway is given or fetches to call them with, and what it must take out of their answers. */
export const SECRETS = [c.TOKEN, j.TOKEN, o.TOKEN, s.TOKEN, d.CLIENT_ID, d.CLIENT_SECRET, d.ACCESS_TOKEN, ...o.TICKET_SECRETS];

/** Starts all five. */
export async function startUpstreams() {
  const [comm100, jtel, oneview, sobot, digital99] = await Promise.all([
    c.comm100(),
    j.jtel(),
    o.oneview(),
    s.sobot(),
    d.digital99(),
  ]);
  const all = { comm100, jtel, oneview, sobot, digital99 };
  const auth = {
    comm100: `{ bearer = "${c.TOKEN}" }`,
    jtel: `{ bearer = "${j.TOKEN}" }`,
    oneview: `{ bearer = "${o.TOKEN}" }`,
    sobot: `{ header = "token", value = "${s.TOKEN}" }`,
    digital99: `{ client_id = "${d.CLIENT_ID}", client_secret = "${d.CLIENT_SECRET}" }`,
  };
  return {
    ...all,
    /** The configuration that points the gateway at them. */
    toml: Object.entries(all)
      .map(([key, vendor]) => `[vendors.${key}]\nupstream = "${vendor.base}"\nauth = ${auth[key]}\n`)
      .join("\n"),
    /** All of them work again. */
    mend: () => Object.values(all).forEach((vendor) => vendor.mend()),
    close: () => Promise.all(Object.values(all).map((vendor) => vendor.close())),
  };
}
