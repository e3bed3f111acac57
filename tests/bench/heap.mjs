// A long day at the inbox: 10,000 tickets, refreshed again and again. What the tab holds after the first ten refreshes
// and after all of them: JavaScript's heap, WebAssembly's memory, the document's nodes.
// `node tests/bench/heap.mjs [refreshes]`, after `make build`; prints a table and fails above 10 %.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "@playwright/test";

const ROOT = resolve(import.meta.dirname, "../..");
const [refreshes = "1000"] = process.argv.slice(2);
const FIRST = 10;
const GROWTH = 1.1;

const folder = mkdtempSync(join(tmpdir(), "trunkline-heap-"));
writeFileSync(join(folder, "trunkline.toml"), "[live]\ntickets_seconds = 3600\n[sandbox]\ntickets = 10000\nticket_seconds = 0\n");
const options = { "--listen": "127.0.0.1:0", "--data": join(folder, "data"), "--config": join(folder, "trunkline.toml"), "--assets": join(ROOT, "dist") };
const server = spawn(join(ROOT, "target/release/trunkline-server"), Object.entries(options).flat(), { stdio: ["ignore", "pipe", "ignore"] });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"] });
try {
  const url = await new Promise((done) => {
    createInterface(server.stdout).on("line", (line) => {
      const address = /^Trunkline is at (http:\/\/\S+)/.exec(line)?.[1];
      if (address) done(address.replace(/\/$/, ""));
    });
  });
  const page = await browser.newPage({ baseURL: url });
  await page.request.post("/api/session", { data: { demo: "agent" }, headers: { "X-Trunkline": "1" } });
  await page.goto("/inbox");
  await page.getByRole("table", { name: "Inbox" }).getByRole("link").first().waitFor();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");

  /** Bytes and nodes after a collection. */
  const measure = async () => {
    await cdp.send("HeapProfiler.collectGarbage");
    const { metrics } = await cdp.send("Performance.getMetrics");
    const metric = (name) => metrics.find((metric) => metric.name === name).value;
    const { result } = await cdp.send("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
    const { objects } = await cdp.send("Runtime.queryObjects", { prototypeObjectId: result.objectId });
    const { result: wasm } = await cdp.send("Runtime.callFunctionOn", {
      objectId: objects.objectId,
      functionDeclaration: "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0); }",
      returnByValue: true,
    });
    return { script: metric("JSHeapUsedSize"), wasm: wasm.value, nodes: metric("Nodes") };
  };

  const refresh = page.getByRole("main").getByRole("button", { name: "Refresh" });
  const rows = [];
  for (let count = 1; count <= Number(refreshes); count++) {
    const answered = page.waitForResponse((response) => response.url().endsWith("/tickets"));
    await refresh.click();
    await (await answered).finished();
    if (count === FIRST || count % 100 === 0) rows.push({ refreshes: count, ...(await measure()) });
  }
  console.table(rows);
  const [first, last] = [rows[0], rows.at(-1)];
  const ratio = (last.script + last.wasm) / (first.script + first.wasm);
  console.log(`heap after ${last.refreshes} refreshes: ${ratio.toFixed(3)} of what it was after ${first.refreshes}; nodes ${last.nodes} of ${first.nodes}`);
  if (ratio > GROWTH) process.exitCode = 1;
} finally {
  await browser.close();
  server.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}
