// `test` and `expect` for every journey. Each test has the real server, with a database of its own, and is guarded.
import { type APIRequestContext, type Page, test as base } from "@playwright/test";
import { startUpstreams, SECRETS } from "../upstreams/index.mjs";
import { type Faults, sandboxFaults, upstreamFaults } from "./faults";
import { Guard } from "./guard";
import { Server } from "./server";

export { expect } from "@playwright/test";

export interface Settings {
  /** Sizes of the demo data and the sandbox's temper, as in `[sandbox]`. */
  sandbox?: Record<string, number>;
  /** Further TOML, placed before the tables. */
  toml?: string;
  /** Further lines of an upstream's table, by its key. */
  upstream?: Record<string, string>;
  /** The server has built files of its own, for `server.deploy()`. */
  deploys?: boolean;
}

type Upstreams = Awaited<ReturnType<typeof startUpstreams>>;

interface Fixtures {
  /** The server's configuration: `test.use({ settings: { … } })`. */
  settings: Settings;
  /** `true` to show the tour as in a new browser. */
  tour: boolean;
  /** The five vendors are the sandbox or upstreams on loopback: `test.use({ vendors: "upstream" })`. */
  vendors: "sandbox" | "upstream";
  /** The upstreams; only with `vendors: "upstream"`. */
  upstreams: Upstreams;
  /** Makes a vendor fail, whoever answers for it. */
  faults: Faults;
  server: Server;
  guard: Guard;
  /** Signs in by the API, as the buttons of the sign-in page do, and opens a page. */
  signInAs: (role: "admin" | "agent", path?: string) => Promise<Page>;
}

export const test = base.extend<Fixtures & { guarded: void; maybeUpstreams: Upstreams | undefined }>({
  settings: [{}, { option: true }],
  vendors: ["sandbox", { option: true }],
  tour: [false, { option: true }],

  maybeUpstreams: async ({ vendors }, use) => {
    const upstreams = vendors === "upstream" ? await startUpstreams() : undefined;
    await use(upstreams);
    await upstreams?.close();
  },

  upstreams: async ({ maybeUpstreams }, use) => {
    if (!maybeUpstreams) throw new Error('upstreams: this needs test.use({ vendors: "upstream" })');
    await use(maybeUpstreams);
  },

  faults: async ({ maybeUpstreams, server, playwright }, use) => {
    if (maybeUpstreams) return use(upstreamFaults(maybeUpstreams));
    // Signed in only if a fault is set: a journey that sets none sees no session but its own.
    let admin: Promise<APIRequestContext> | undefined;
    const signIn = async () => {
      const context = await playwright.request.newContext({ baseURL: server.url, extraHTTPHeaders: { "X-Trunkline": "1" } });
      const answer = await context.post("/api/session", { data: { demo: "admin" } });
      if (!answer.ok()) throw new Error(`signing in to set faults: ${answer.status()}`);
      return context;
    };
    await use(sandboxFaults(() => (admin ??= signIn())));
    await (await admin)?.dispose();
  },

  server: async ({ settings, maybeUpstreams }, use, info) => {
    // No ticket arrives by itself unless a test asks for it, so lists are known.
    const sandbox = { ticket_seconds: 0, ...settings.sandbox };
    const lines = Object.entries(sandbox).map(([key, value]) => `${key} = ${value}`);
    // With upstreams there are demo users only if the configuration says so.
    const demo = maybeUpstreams && !settings.toml?.includes("demo_users") ? "demo_users = true" : "";
    const upstreams = Object.entries(settings.upstream ?? {}).reduce(
      (toml, [key, more]) => toml.replace(`[vendors.${key}]\n`, (head) => `${head}${more}\n`),
      maybeUpstreams?.toml ?? "",
    );
    const toml = [demo, settings.toml ?? "", "[sandbox]", ...lines, upstreams].join("\n");
    const server = await Server.start(toml, settings.deploys);
    await use(server);
    if (info.status !== info.expectedStatus) await info.attach("server.log", { body: server.log });
    await server.stop();
    for (const secret of SECRETS) {
      if (server.log.includes(secret)) throw new Error(`the server's log holds ${secret}`);
    }
  },

  baseURL: async ({ server }, use) => use(server.url),

  guard: async ({ server }, use) => {
    const guard = new Guard(server.url, SECRETS);
    // A refetch or the event stream may ask in the second in which nobody is there, and the browser says so.
    server.onRestart = () => guard.allow(/net::ERR_/);
    await use(guard);
  },

  guarded: [
    async ({ context, guard, tour }, use) => {
      await guard.watch(context);
      if (!tour) {
        // A frame without rights has no storage.
        await context.addInitScript(() => {
          try {
            localStorage.setItem("trunkline.tour", "*");
          } catch {}
        });
      }
      await use();
      const found = await guard.found();
      if (found.length) throw new Error(`The journey left behind:\n${found.join("\n")}`);
    },
    { auto: true },
  ],

  signInAs: async ({ page }, use) => {
    await use(async (role, path = "/") => {
      const answer = await page.request.post("/api/session", { data: { demo: role }, headers: { "X-Trunkline": "1" } });
      if (!answer.ok()) throw new Error(`signing in as ${role}: ${answer.status()} ${await answer.text()}`);
      await page.goto(path);
      return page;
    });
  },
});
