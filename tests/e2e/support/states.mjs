// Every page, dialog and state of the console, one list for pictures and for axe. A state knows nothing of languages:
// it finds elements by role, so that each state can be opened in every language.

/** The demo agent, whose inbox it is. */
export const AGENT = "f4b8f8e5-365a-4ed1-a122-0f4ba1afef44";
const ACCOUNT = "59c749f4-af8e-eb11-aacf-06c7a219a2ac";
/** The sandbox's first customer. */
const CUSTOMER = "989899854090030232934sdfdsdf32dd4sdfdsddffdummycustomerid2";
const HEADERS = { "X-Trunkline": "1" };
/** Every vendor's list of records. */
const LIST = /\/api\/(comm100\/ticketing\/channelAccounts|jtel\/acd\/events|sobot\/external-apis|oneview\/v1\/[^/]+\/tickets|digital99\/online\/getAccounts)(\?|$)/;

/**
 * @typedef {import("@playwright/test").Page} Page
 * @typedef {{ api: string, ticket: string }} World ids of what was made for the pictures
 * @typedef {object} State
 * @property {string} name for files and messages
 * @property {"admin" | "agent" | null} who signed in
 * @property {string | ((world: World) => string)} path where
 * @property {"empty" | "error" | "loading"} [lists] what the vendors answer to every list
 * @property {(page: Page) => Promise<void>} [before] what must be so before the page opens
 * @property {(page: Page) => Promise<void>} [act] what makes the state of the page
 * @property {boolean} [narrow] only where the menu is folded
 */

const submit = (page) => page.locator("main form button[type=submit]").last().click();
const refused = async (page) => {
  await submit(page);
  await page.locator("main [aria-invalid=true]").first().waitFor();
};
const dialog = (page) => page.locator("dialog[open]").waitFor();
const danger = async (page) => {
  await page.locator("main .button[data-variant=danger]").first().click();
  await dialog(page);
};
const firstRow = (page) => page.locator("main tbody tr[aria-rowindex]").first().waitFor();
/** Presses a key of the open ticket, and waits for what it opens. */
const ticketKeys = (key, opened) => async (page) => {
  await page.locator("#ticket-note").waitFor();
  await page.keyboard.press(key);
  await page.locator(opened).first().waitFor();
};
/** Waits for the deferred UI. */
const deferred = (page) => page.locator(".corner").waitFor({ state: "attached" });
/** What comes after the inbox's first answer: the agent's switch, and the watch, which asks again what failed. */
const agentTools = async (page) => {
  await page.locator("main [role=switch]").first().waitFor();
  await deferred(page);
  await page.waitForFunction(() => !document.querySelector("main .spinner"));
};
/** The command palette, with what was typed into it. */
const palette = async (page, typed = "") => {
  await page.locator(".commands .button").click();
  await page.locator("dialog[open] [role=option]").first().waitFor();
  if (typed) await page.locator("dialog [role=combobox]").fill(typed);
};
/** A popover of the top bar. */
const popover = async (page, id) => {
  await page.locator(`button[aria-controls=${id}]`).click();
  await page.locator(`#${id}`).waitFor();
};
/** The tour as the settings begin it, at one of its steps. */
const tour = async (page, step, path = "/settings") => {
  await page.locator("main .row:has(use[href$='#icon-keyboard']) .button:has(use[href$='#icon-play'])").click();
  const card = page.locator(".corner-card");
  for (let at = 1; at < step; at += 1) await card.locator("h2:focus ~ .row .button").first().click();
  // Through the navigation: a reloaded page has no tour. On a small screen the links are folded.
  if (path !== "/settings") await page.locator(`.nav-link[href="${path}"]`).evaluate((link) => link.click());
  await card.waitFor();
};
/** The gateway says that the session ends in a minute and a half. */
const ending = (left) => async (page) => {
  await page.route("**/api/session", async (route) => {
    if (route.request().method() !== "GET") return route.fallback();
    const response = await route.fetch();
    return route.fulfill({ response, json: { ...(await response.json()), ...left } });
  });
};
/** The server has another build of the console. */
const deployed = (page) =>
  page.route("**/index.html", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/[0-9a-f]{16}/g, "0123456789abcdef");
    return route.fulfill({ response, body });
  });
/** Somebody comes back to the tab after a deploy. */
const prompted = async (page) => {
  await deferred(page);
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  await page.locator(".corner-card").waitFor();
};

/** Somebody else saved the account while its form was open. */
const changedMeanwhile = async (page) => {
  const path = `/api/comm100/ticketing/channelAccounts/${ACCOUNT}`;
  await page.locator("main form input").nth(2).fill("Renamed here");
  await page.route(`**${path}*`, async (route) => {
    const response = await route.fetch();
    const theirs = { name: "Renamed by another admin meanwhile", isEnabled: false, percentageToBotWhenOnline: 55 };
    return route.fulfill({ response, json: { ...(await response.json()), ...theirs } });
  });
  await submit(page);
  await dialog(page);
};
/** The session has ended by itself. */
const locked = async (page) => {
  await page.evaluate(() => new BroadcastChannel("trunkline").postMessage(["demo admin", 7, "", 0, null]));
  await page.locator("dialog[open] .sign-in-form").waitFor();
};

/** @type {State[]} */
export const STATES = [
  { name: "sign-in", who: null, path: "/" },
  {
    name: "sign-in-refused", who: null, path: "/",
    act: async (page) => {
      await page.locator("form input").first().fill("nobody");
      await page.locator("input[type=password]").fill("wrong");
      await page.locator("form button[type=submit]").click();
      await page.locator("[role=alert]:not(:empty)").first().waitFor();
    },
  },

  { name: "overview", who: "admin", path: "/" },
  { name: "overview-error", who: "admin", path: "/", lists: "error" },
  { name: "overview-loading", who: "admin", path: "/", lists: "loading" },
  { name: "menu", who: "admin", path: "/", narrow: true, act: (page) => page.locator("button[aria-controls=nav]").click() },

  { name: "channel-accounts", who: "admin", path: "/channel-accounts", act: firstRow },
  { name: "channel-accounts-filtered", who: "admin", path: "/channel-accounts?enabled=yes&sort=-name", act: firstRow },
  {
    name: "channel-accounts-selected", who: "admin", path: "/channel-accounts",
    act: async (page) => {
      for (const at of [0, 1, 3]) await page.locator("main tbody input[type=checkbox]").nth(at).check();
    },
  },
  { name: "channel-accounts-no-match", who: "admin", path: "/channel-accounts?q=nothing-has-this" },
  { name: "channel-accounts-empty", who: "admin", path: "/channel-accounts", lists: "empty" },
  { name: "channel-accounts-error", who: "admin", path: "/channel-accounts", lists: "error" },
  { name: "channel-accounts-loading", who: "admin", path: "/channel-accounts", lists: "loading" },
  { name: "channel-account", who: "admin", path: `/channel-accounts/${ACCOUNT}` },
  { name: "channel-account-remove", who: "admin", path: `/channel-accounts/${ACCOUNT}`, act: danger },
  { name: "channel-account-unknown", who: "admin", path: "/channel-accounts/unknown" },
  { name: "channel-account-new", who: "admin", path: "/channel-accounts/new" },
  { name: "channel-account-refused", who: "admin", path: "/channel-accounts/new", act: refused },
  {
    name: "channel-account-changed", who: "admin", path: `/channel-accounts/${ACCOUNT}/edit`, act: changedMeanwhile,
  },
  {
    name: "channel-account-edit", who: "admin", path: `/channel-accounts/${ACCOUNT}/edit`,
    act: async (page) => {
      const kept = page.locator("select:has(option[value=replace])");
      await kept.first().waitFor({ state: "attached" });
      for (const summary of await page.locator("main details:not([open]) > summary").all()) await summary.click();
      for (const choice of await kept.all()) await choice.selectOption("replace");
    },
  },

  { name: "events", who: "admin", path: "/events", act: firstRow },
  { name: "events-no-match", who: "admin", path: "/events?q=nothing-has-this&type=3" },
  { name: "events-empty", who: "admin", path: "/events", lists: "empty" },
  { name: "events-error", who: "admin", path: "/events", lists: "error" },
  { name: "event", who: "admin", path: "/events/2039" },
  { name: "event-unknown", who: "admin", path: "/events/99999999" },
  { name: "event-new", who: "admin", path: "/events/new?type=3" },
  { name: "event-refused", who: "admin", path: "/events/new", act: refused },

  { name: "customers", who: "admin", path: "/customers" },
  { name: "customers-refused", who: "admin", path: "/customers", act: refused },
  { name: "customer", who: "admin", path: `/customers?id=${CUSTOMER}` },
  { name: "customer-nobody", who: "admin", path: "/customers?id=nobody" },

  { name: "external-apis", who: "admin", path: "/external-apis", act: firstRow },
  { name: "external-apis-empty", who: "admin", path: "/external-apis", lists: "empty" },
  { name: "external-api", who: "admin", path: ({ api }) => `/external-apis/${api}` },
  {
    name: "external-api-tested", who: "admin", path: ({ api }) => `/external-apis/${api}`,
    act: async (page) => {
      await submit(page);
      await page.locator("main table [aria-current=true], main table a[aria-current]").first().waitFor();
    },
  },
  { name: "external-api-remove", who: "admin", path: ({ api }) => `/external-apis/${api}`, act: danger },
  { name: "external-api-edit", who: "admin", path: ({ api }) => `/external-apis/${api}/edit` },
  { name: "external-api-refused", who: "admin", path: "/external-apis/new", act: refused },

  { name: "account", who: "admin", path: "/account" },
  { name: "account-chosen", who: "admin", path: "/account?account=8%40online" },
  {
    name: "account-disable", who: "admin", path: "/account?account=8%40online",
    act: async (page) => {
      await page.locator("select:has(option[value=disabled])").selectOption("disabled");
      await submit(page);
      await dialog(page);
      await page.locator("dialog .dialog-actions button").last().click();
      await page.locator("dialog [aria-invalid=true]").waitFor();
    },
  },
  { name: "account-error", who: "admin", path: "/account", lists: "error" },
  { name: "account-agents", who: "admin", path: "/account/8%40online/agents" },
  { name: "account-agents-unknown", who: "admin", path: "/account/9999%40online/agents" },
  { name: "activity", who: "admin", path: "/activity" },
  { name: "agents", who: "admin", path: "/agents" },
  { name: "settings", who: "admin", path: "/settings" },
  { name: "not-found", who: "admin", path: "/nothing/here" },

  { name: "overview-agent", who: "agent", path: "/" },
  { name: "inbox", who: "agent", path: "/inbox", act: firstRow },
  {
    name: "inbox-filtered", who: "agent", path: "/inbox?status=ESCALATED%2CCLOSED&sort=assigned",
    act: async (page) => {
      await firstRow(page);
      await page.locator(".multi-filter > button").first().click();
      await page.locator(".multi-filter-list").waitFor();
    },
  },
  { name: "inbox-done", who: "agent", path: "/inbox?view=done", act: (page) => page.locator(".table-empty").waitFor() },
  { name: "inbox-no-match", who: "agent", path: "/inbox?q=nothing-has-this" },
  { name: "inbox-empty", who: "agent", path: "/inbox", lists: "empty", act: agentTools },
  { name: "inbox-error", who: "agent", path: "/inbox", lists: "error", act: agentTools },
  { name: "inbox-loading", who: "agent", path: "/inbox", lists: "loading" },
  { name: "ticket", who: "agent", path: ({ ticket }) => `/inbox/${ticket}` },
  { name: "ticket-note", who: "agent", path: ({ ticket }) => `/inbox/${ticket}`, act: ticketKeys("n", ".ticket-note textarea") },
  { name: "ticket-snooze", who: "agent", path: ({ ticket }) => `/inbox/${ticket}`, act: ticketKeys("s", ".ticket-menu") },
  { name: "ticket-callback", who: "agent", path: ({ ticket }) => `/inbox/${ticket}`, act: ticketKeys("c", "main form") },
  { name: "ticket-unknown", who: "agent", path: "/inbox/unknown" },
  {
    name: "shortcuts", who: "agent", path: "/inbox",
    act: async (page) => {
      await firstRow(page);
      await page.keyboard.press("?");
      await dialog(page);
    },
  },
  {
    name: "session-over", who: "agent", path: "/customers",
    act: async (page) => {
      await page.route("**/api/sobot/customer/query", (route) =>
        route.fulfill({ status: 401, headers: { "Trunkline-Error": "signed-out" }, json: { error: "signed-out", message: "", requestId: "1" } }),
      );
      await page.locator("main form input").first().fill("anyone");
      await submit(page);
      await dialog(page);
    },
  },
  { name: "session-locked", who: "admin", path: `/channel-accounts/${ACCOUNT}/edit`, act: locked },
  { name: "no-access", who: "agent", path: "/channel-accounts" },

  { name: "person", who: "admin", path: "/settings", act: (page) => popover(page, "person-menu") },
  { name: "person-agent", who: "agent", path: "/customers", act: (page) => popover(page, "person-menu") },
  { name: "presence", who: "agent", path: "/customers", act: (page) => popover(page, "presence-menu") },
  {
    name: "sign-out-online", who: "agent", path: "/customers",
    act: async (page) => {
      await popover(page, "person-menu");
      await page.locator("#person-menu button").last().click();
      await dialog(page);
    },
  },
  { name: "idle-online", who: "agent", path: "/customers", before: ending({ idleLeft: 90 }), act: dialog },
  { name: "navigation-folded", who: "admin", path: "/channel-accounts", act: (page) => page.locator(".shell").evaluate((shell) => shell.classList.add("is-folded")) },

  { name: "palette", who: "admin", path: "/", act: (page) => palette(page) },
  { name: "palette-found", who: "admin", path: "/channel-accounts", act: (page) => palette(page, "2039") },
  { name: "palette-nothing", who: "admin", path: "/", act: (page) => palette(page, "no such thing") },
  { name: "tour-1", who: "admin", path: "/settings", act: (page) => tour(page, 1) },
  { name: "tour-2", who: "admin", path: "/settings", act: (page) => tour(page, 2) },
  { name: "tour-3", who: "admin", path: "/settings", act: (page) => tour(page, 3) },
  { name: "tour-3-agent", who: "agent", path: "/settings", act: (page) => tour(page, 3, "/inbox") },
  { name: "idle", who: "admin", path: "/channel-accounts", before: ending({ idleLeft: 90 }), act: dialog },
  { name: "idle-longest", who: "admin", path: "/settings", before: ending({ idleLeft: 90, absoluteLeft: 90 }), act: dialog },
  { name: "reload", who: "admin", path: "/channel-accounts", before: deployed, act: prompted },
  {
    name: "reload-typed", who: "admin", path: "/channel-accounts/new", before: deployed,
    act: async (page) => {
      await page.locator("main form input").nth(1).fill("Typed before the deploy");
      await prompted(page);
      await page.locator(".corner-card .button").first().click();
      await dialog(page);
    },
  },
];

/**
 * Prepares some states: an external API, tested once, and an agent who is online.
 * @param {import("@playwright/test").APIRequestContext} request signed in as the admin
 * @param {import("@playwright/test").APIRequestContext} agent signed in as the agent
 * @returns {Promise<World>}
 */
export async function makeWorld(request, agent) {
  const data = {
    name: "VIP level", description: "Asks our CRM how a caller is to be treated", url: "http://127.0.0.1:9/vip", method: "GET",
    headers: [{ name: "X-Api-Key", value: "k", secret: true }],
    request: [{ name: "tel", required: true, default: "49199123456789" }, { name: "language", required: false, default: "" }],
    output: [{ name: "level", path: "data.items.0.vipLevel" }],
  };
  const made = await request.post("/api/sobot/external-apis", { data, headers: HEADERS });
  await agent.put(`/api/oneview/v1/${AGENT}/online`, { headers: HEADERS });
  const tickets = await (await agent.get(`/api/oneview/v1/${AGENT}/tickets`)).json();
  // One with a conversation, if there is any: not every ticket has a content.
  const ticket = tickets.find(({ content }) => content?.messages?.length > 2) ?? tickets[0];
  return { api: (await made.json()).id, ticket: encodeURIComponent(ticket.id) };
}

/**
 * Brings a page into a state. `state.who` must be signed in.
 * @param {Page} page @param {State} state @param {World} world
 */
export async function enter(page, state, world) {
  await page.unrouteAll({ behavior: "ignoreErrors" });
  const { lists } = state;
  if (lists) {
    await page.route(LIST, (route) => {
      if (lists === "loading") return undefined;
      if (lists === "error") return route.fulfill({ status: 400, json: { code: 400001, message: "The key has no access to this list.", errorMessage: "The key has no access to this list." } });
      return route.fulfill({ json: /jtel/.test(route.request().url()) ? { records: [], count: 0, status: 200 } : [] });
    });
  }
  await state.before?.(page);
  await page.goto(typeof state.path === "function" ? state.path(world) : state.path);
  await page.locator("h1").first().waitFor();
  if (lists !== "loading") await settled(page);
  else await page.locator("[aria-busy=true]").first().waitFor();
  await state.act?.(page);
  if (lists !== "loading") await settled(page);
}

/** Nothing on the page is still loading. @param {Page} page */
export async function settled(page) {
  await page.waitForFunction(() => !document.querySelector("main [aria-busy=true], main .skeleton"));
}
