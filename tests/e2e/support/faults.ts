// A vendor that fails, the same in a journey's words whether the sandbox or an upstream answers for it.
import type { APIRequestContext } from "@playwright/test";
import { FAULTS } from "../upstreams/faults.mjs";
import type { startUpstreams } from "../upstreams/index.mjs";

export { FAULTS };

export type Vendor = "comm100" | "jtel" | "oneview" | "sobot" | "digital99";

/** How often, and for which requests: docs/operating.md, "Faults". */
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
  /** How many requests the vendor's faults have hit. */
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
