// The faults themselves: the sandbox's knobs and the upstreams' do the same to a browser, and what arrived is counted.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { APIRequestContext } from "@playwright/test";
import { FAULTS, type Vendor } from "./support/faults";
import { expect, test } from "./support/test";
import { AGENT } from "./upstreams/oneview.mjs";

const headers = { "X-Trunkline": "1" };
const READS: Record<Vendor, [role: "admin" | "agent", method: string, path: string]> = {
  comm100: ["admin", "GET", "/api/comm100/ticketing/channelAccounts"],
  jtel: ["admin", "GET", "/api/jtel/acd/events"],
  oneview: ["agent", "GET", `/api/oneview/v1/${AGENT}/tickets`],
  sobot: ["admin", "POST", "/api/sobot/customer/query"],
  digital99: ["admin", "GET", "/api/digital99/online/getAccounts"],
};
/** Status, the gateway's own word, media type. */
const EXPECTED: Record<string, [number, string?, string?]> = {
  status: [409, undefined, "application/json"],
  delay: [200, undefined, "application/json"],
  hang: [504, "timeout", "application/json"],
  reset: [502, "unreachable", "application/json"],
  cut: [502, "unreachable", "application/json"],
  garbage: [200, undefined, "application/json"],
  "wrong-type": [200, undefined, "application/json"],
  null: [200, undefined, "application/json"],
  html: [502, undefined, "text/plain; charset=utf-8"],
  empty: [200, undefined, undefined],
  text: [200, undefined, "text/plain; charset=utf-8"],
  huge: [200, undefined, "application/json"],
};
const WAITS = "vendor_timeout_seconds = 1";

async function signIn(request: APIRequestContext, role: "admin" | "agent") {
  expect((await request.post("/api/session", { data: { demo: role }, headers })).status()).toBe(200);
}

test("the list of faults equals the operator's page", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/operating.md"), "utf8");
  for (const name of FAULTS) expect(page).toContain(`\`${name}\``);
});

for (const vendors of ["sandbox", "upstream"] as const) {
  test.describe(`on the ${vendors}`, () => {
    test.use({ vendors, settings: { toml: WAITS } });

    for (const vendor of Object.keys(READS) as Vendor[]) {
      test(`${vendor}: each fault strikes once, then requests succeed`, async ({ request, faults }) => {
        const [role, method, path] = READS[vendor];
        await signIn(request, role);
        const ask = () => request.fetch(path, { method, headers, ...(method === "POST" && { data: { tel: "1" } }) });
        for (const name of FAULTS) {
          const options = { times: 1, ...(name === "status" && { status: 409 }), ...(name === "delay" && { delay_ms: 20 }) };
          await faults.set(vendor, name, options);
          if (name === "cut-late" && ["comm100", "jtel"].includes(vendor)) {
            await expect(ask(), name).rejects.toThrow(/aborted|hang up|reset/);
          } else {
            const answer = await ask();
            const got = answer.headers();
            const expected = name === "cut-late" ? EXPECTED.cut : EXPECTED[name];
            expect([name, answer.status(), got["trunkline-error"], got["content-type"]]).toEqual([
              name,
              expected[0],
              expected[1],
              expected[2],
            ]);
            if (name === "huge") expect((await answer.body()).length).toBe(10_000_000);
          }
          expect((await ask()).headers()["trunkline-error"], `${name} is over`).toBeUndefined();
          expect(await faults.hits(vendor)).toBe(1);
          await faults.mend(vendor);
        }
      });
    }

    test("a faulty write is not done; one with a lost response is done once; each is counted", async ({
      request,
      faults,
      server,
    }) => {
      await signIn(request, "admin");
      const path = "/api/comm100/ticketing/channelAccounts";
      const make = (name: string) => ({
        appId: "SMS",
        originalAccountId: "1",
        name,
        isEnabled: true,
        screenName: name,
        isBotEnabled: false,
        percentageToBotWhenOnline: 0,
        percentageToBotWhenOffline: 0,
        isDefault: false,
      });
      for (const after of [false, true]) {
        await faults.set("comm100", "reset", { only: "writes", path: "/ticketing", after });
        const answer = await request.post(path, { data: make(`after ${after}`), headers });
        expect([answer.status(), answer.headers()["trunkline-error"]]).toEqual([502, "unreachable"]);
        await faults.mend("comm100");
      }
      const list: { name: string }[] = await (await request.get(path)).json();
      expect(list.filter(({ name }) => name.startsWith("after")).map(({ name }) => name)).toEqual(["after true"]);
      expect(await server.received("POST", /^\/api\/comm100\/ticketing\/channelAccounts$/)).toBe(2);
      expect(await server.received("GET", /channelAccounts/)).toBe(1);
      expect(await server.received("DELETE", /channelAccounts/)).toBe(0);
    });
  });
}

test.describe("abandoned requests", () => {
  test.use({ settings: { toml: WAITS } });

  test("an abandoned read is logged as 499, an abandoned write completes", async ({ signInAs, faults, server }) => {
    const page = await signInAs("admin", "/settings");
    await faults.set("comm100", "hang");
    for (const [method, path] of [["GET", "/bot/chatbots"], ["POST", "/ticketing/channelAccounts"]]) {
      await page.evaluate(
        ([method, path]) =>
          fetch(`/api/comm100${path}`, { method, headers: { "X-Trunkline": "1" }, signal: AbortSignal.timeout(200) }).then(
            () => Promise.reject(new Error("there was an answer")),
            () => undefined,
          ),
        [method, path],
      );
    }
    const seen = () => server.lines().filter((line) => line.path.startsWith("/api/comm100"));
    await expect.poll(seen).toEqual([
      { method: "GET", path: "/api/comm100/bot/chatbots", status: 499 },
      { method: "POST", path: "/api/comm100/ticketing/channelAccounts", status: 504 },
    ]);
    expect(await server.received("POST", /channelAccounts$/)).toBe(1);
    expect(await faults.hits("comm100")).toBe(2);
  });
});
