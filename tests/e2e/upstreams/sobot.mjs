// Sobot's internal customer query as its page "API Management" has it: GET with query parameters, a bare object or null.
import { start } from "./http.mjs";

export const TOKEN = "upstream-sobot-4c6f19";
const PATH = "/customer";

/** A customer with every documented field and two custom ones. Some values come as numbers, as the vendor's own do. */
export const CUSTOMER = {
  id: "c-1001",
  tel: "49199123456789",
  email: "hugo@example.com",
  partner_id: "partner-7",
  wx_unionid: "union-7",
  wx_external_userid: "external-7",
  wx_openid: "open-7",
  faceBookid: "facebook-7",
  instagramid: "instagram-7",
  whatsappid: "whatsapp-7",
  lineid: "line-7",
  telegramid: "telegram-7",
  discordid: "discord-7",
  visitorids: "v1,v2",
  nick: "Hugo",
  uname: "Hugo Dan",
  sexName: "Male",
  countryName: "Germany",
  provice_name: "Bavaria",
  city_name: "Munich",
  remark: "Calls in the morning",
  userStatusName: "normal",
  isVip: 1,
  vipLevel: "gold",
  vipLeveName: "Gold customer",
  isblack: 0,
  enterprise_name: "Dan & Co",
  sourceName: "Web chat",
  liableServiceName: "Ada Kern",
  userLabel: "11,12",
  userLableName: '"Interest": "Bikes", "Region": "South"',
  "1607394835": "Loyalty number 42",
  "1607394836": 7,
};

const THIRD = ["partner_id", "wx_unionid", "wx_openid", "wx_external_userid", "whatsappid", "faceBookid", "instagramid", "lineid", "telegramid", "discordid"];
const FIELDS = { id: ["id"], tel: ["tel"], email: ["email"], thirdAccountId: THIRD };

export async function sobot() {
  const customers = [CUSTOMER];
  // As the gateway's endpoint: a look-up is a POST, so that no phone number is in a URL.
  const fitting = () => ({ method: "POST", path: "/customer/query", reads: true });
  const server = await start((asked) => {
    if (asked.headers.token !== TOKEN) return { json: { ret_code: "900002", ret_msg: "token expired" } };
    if (asked.path !== PATH || asked.method !== "GET") return undefined;
    const given = Object.keys(FIELDS).filter((key) => asked.query[key]);
    const fits = (customer) => given.every((key) => FIELDS[key].some((field) => customer[field] === asked.query[key]));
    return { json: (given.length && customers.find(fits)) || null };
  }, "sobot", fitting);
  return { ...server, base: `${server.url}${PATH}`, customers };
}
