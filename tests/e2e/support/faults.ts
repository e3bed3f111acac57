// A vendor that fails, the same in a journey's words whether the sandbox or an upstream answers for it.
import type { APIRequestContext, Page } from "@playwright/test";
import { FAULTS } from "../upstreams/faults.mjs";
import { start } from "../upstreams/http.mjs";
import type { startUpstreams } from "../upstreams/index.mjs";

export { FAULTS };

export type Vendor = "comm100" | "jtel" | "oneview" | "sobot" | "digital99" | "gateway";

/** Count, share and matching requests: docs/operating.md, "Faults". */
export interface Options {
  status?: number;
  retry_after?: number;
  retry_after_date?: number;
  body?: string;
  delay_ms?: number;
  times?: number;
  percent?: number;
  method?: string;
  only?: "reads" | "writes";
  path?: string;
  after?: boolean;
}

export interface Faults {
  /** Fails from now on; of several faults of a vendor that fit, the newest counts. */
  set(vendor: Vendor, name: string, options?: Options): Promise<void>;
  /** Number of requests hit by the vendor's faults. */
  hits(vendor: Vendor): Promise<number>;
  /** Works again, one vendor or all. */
  mend(vendor?: Vendor): Promise<void>;
}

type Upstreams = Awaited<ReturnType<typeof startUpstreams>>;

/** The upstreams' own faults. */
export function upstreamFaults(upstreams: Upstreams): Faults {
  const set = new Map<Vendor, { hits: number }[]>();
  return {
    async set(vendor, name, options) {
      set.set(vendor, [...(set.get(vendor) ?? []), upstreams[vendor].fault(name, options)]);
    },
    async hits(vendor) {
      return (set.get(vendor) ?? []).reduce((sum, fault) => sum + fault.hits, 0);
    },
    async mend(vendor) {
      for (const key of vendor ? [vendor] : [...set.keys()]) {
        upstreams[key].mend();
        set.delete(key);
      }
    },
  };
}

/** The sandbox's knobs, set by a demo admin of its own. */
export function sandboxFaults(admin: () => Promise<APIRequestContext>): Faults {
  const set = new Map<Vendor, object[]>();
  const send = async (method: "PUT" | "DELETE", path: string, data?: object) => {
    const answer = await (await admin()).fetch(path, { method, data });
    if (answer.status() !== 204) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
  };
  return {
    async set(vendor, name, options) {
      set.set(vendor, [{ fault: name, ...options }, ...(set.get(vendor) ?? [])]);
      await send("PUT", `/api/faults/${vendor}`, set.get(vendor));
    },
    async hits(vendor) {
      const all: Record<string, { hits: number }[]> = await (await (await admin()).get("/api/faults")).json();
      return (all[vendor] ?? []).reduce((sum, fault) => sum + fault.hits, 0);
    },
    async mend(vendor) {
      if (vendor) set.delete(vendor);
      else set.clear();
      await send("DELETE", vendor ? `/api/faults/${vendor}` : "/api/faults");
    },
  };
}

/** Milliseconds until the console gives a request up, and what these tests wait instead. */
const PATIENCE = { theirs: 30_000, ours: 1000 };

/**
 * Faults between browser and gateway on the gateway's own endpoints below `path`. No fault of the
 * server could do that: a request that a fault concerns goes to a server of the test's own, which really breaks off,
 * hangs and sends garbage, unseen by the page.
 */
export async function edgeFaults(page: Page, path: string): Promise<Faults & { close(): Promise<void> }> {
  const server = await start(() => undefined, "gateway");
  const set: { hits: number; only?: string }[] = [];
  await page.addInitScript(({ theirs, ours }) => {
    const wait = globalThis.setTimeout;
    globalThis.setTimeout = ((run: TimerHandler, after?: number, ...rest: unknown[]) =>
      wait(run, after === theirs ? ours : after, ...rest)) as typeof setTimeout;
  }, PATIENCE);
  await page.route(`**${path}**`, (route) => {
    const request = route.request();
    const kind = request.method() === "GET" ? "reads" : "writes";
    if (!set.some(({ only }) => !only || only === kind)) return route.fallback();
    return route.continue({ url: server.url + new URL(request.url()).pathname });
  });
  return {
    async set(_vendor, name, options) {
      set.push(Object.assign(server.fault(name, options), { only: options?.only }));
    },
    async hits() {
      return set.reduce((sum, fault) => sum + fault.hits, 0);
    },
    async mend() {
      server.mend();
      set.length = 0;
    },
    close: () => server.close(),
  };
}
