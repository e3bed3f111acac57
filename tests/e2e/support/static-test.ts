// `test` for the app without the gateway: static files and a foreign proxy in front of the five test upstreams.
import { test as base, expect } from "@playwright/test";
import { startUpstreams } from "../upstreams/index.mjs";
import { Guard } from "./guard";
import { serveStatic } from "./static";

export { expect };
export type Upstreams = Awaited<ReturnType<typeof startUpstreams>>;

interface Fixtures {
  /** Credentials that must not reach the browser; none where a test plants some itself. */
  secrets: string[];
  upstreams: Upstreams;
  url: string;
  guarded: void;
}

export const test = base.extend<Fixtures>({
  secrets: [[], { option: true }],
  upstreams: async ({}, use) => {
    const upstreams = await startUpstreams();
    await use(upstreams);
    await upstreams.close();
  },
  url: async ({ upstreams }, use) => {
    const server = await serveStatic(upstreams);
    await use(server.url);
    await server.close();
  },
  baseURL: async ({ url }, use) => use(url),
  guarded: [
    async ({ context, url, secrets }, use) => {
      const guard = new Guard(url, secrets);
      await guard.watch(context);
      await context.addInitScript(() => {
        try {
          localStorage.setItem("trunkline.tour", "*");
        } catch {}
      });
      await use();
      expect(await guard.found()).toEqual([]);
    },
    { auto: true },
  ],
});
