// The server with its sandboxes and a browser, for scripts that look at every page. Another build: TRUNKLINE_E2E_PROGRAM and
// TRUNKLINE_E2E_DIST, as for the journeys.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "@playwright/test";
import { makeWorld } from "../../tests/e2e/support/states.mjs";

/** Starts both, with records of every kind. `assets` is the built app; `close` ends them. */
export async function startDemo(assets = process.env.TRUNKLINE_E2E_DIST) {
  const data = mkdtempSync(join(tmpdir(), "trunkline-demo-"));
  writeFileSync(join(data, "trunkline.toml"), "[external_apis]\nallow_private = true\n[sandbox]\nticket_seconds = 0\n");
  const options = { "--listen": "127.0.0.1:0", "--data": data, "--config": join(data, "trunkline.toml"), ...(assets && { "--assets": assets }) };
  const server = spawn(process.env.TRUNKLINE_E2E_PROGRAM ?? "target/release/trunkline-server", Object.entries(options).flat(), { stdio: ["ignore", "pipe", "ignore"] });
  const url = await new Promise((found, failed) => {
    server.once("exit", (code) => failed(new Error(`the server ended with ${code}`)));
    createInterface(server.stdout).on("line", (line) => {
      const address = /^Trunkline is at (\S+)/.exec(line)?.[1];
      if (address) found(address.replace(/\/$/, ""));
    });
  });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });

  /** A browser of somebody's own, signed in. */
  async function open(who, look = {}) {
    const { media, kept, ...settings } = look;
    const context = await browser.newContext({ baseURL: url, locale: "en-GB", timezoneId: "Europe/Berlin", ...settings });
    // The tour comes where a state asks for it, not by itself.
    await context.addInitScript((kept) => Object.entries(kept).forEach(([key, value]) => localStorage.setItem(key, value)), { "trunkline.tour": "*", ...kept });
    if (who) await context.request.post("/api/session", { data: { demo: who }, headers: { "X-Trunkline": "1" } });
    return context;
  }

  async function close() {
    await browser.close();
    server.removeAllListeners("exit");
    server.kill("SIGTERM");
    await new Promise((done) => server.once("exit", done));
    rmSync(data, { recursive: true, force: true });
  }

  const [admin, agent] = [await open("admin"), await open("agent")];
  const world = await makeWorld(admin.request, agent.request);
  await admin.close();
  await agent.close();
  return { open, world, close };
}
