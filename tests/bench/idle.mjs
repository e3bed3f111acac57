// Requests of idle tabs: `node tests/bench/idle.mjs [minutes] [--build DIR]`, 60 minutes by default.
//
// "Three idle tabs cost what one tab costs": nothing is asked more often because more tabs are open. Side by side, in
// the same real time, run one browser with three tabs on different pages and, to compare with, each of the pages as
// the only tab of a browser of its own. For every path the three tabs may ask as often as that one of the single tabs
// that asks it most, and no more. The agent is online, so that tickets come in and the inbox polls at its fastest.
import { parseArgs } from "node:util";
import { launch, signedIn } from "./browser.mjs";
import { startServer } from "./server.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { build: { type: "string" } } });
const minutes = Number(positionals[0] ?? 60);
const PAGES = { overview: "/", inbox: "/inbox", events: "/events" };
// Nobody touches these sessions, and idle ones must not end before the run does.
const TOML = "[session]\nidle_seconds = 40000\n[sandbox]\nticket_seconds = 20\n";
/** Timers of two browsers don't beat together: a hundredth, or this many requests. */
const SLACK = 3;

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const server = await startServer(TOML, { build: values.build });
const browser = await launch();
const asked = new Map();

/** A browser of its own with these pages open; counts, once all are up, what it asks under /api/. */
async function open(name, pages) {
  const context = await signedIn(browser, server.url);
  for (const path of pages) {
    const page = await context.newPage();
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
  }
  return () =>
    context.on("request", (request) => {
      const path = new URL(request.url()).pathname;
      if (!path.startsWith("/api/")) return;
      const counts = asked.get(path) ?? {};
      asked.set(path, { ...counts, [name]: (counts[name] ?? 0) + 1 });
    });
}

const table = () =>
  [...asked].map(([path, counts]) => {
    const alone = Object.keys(PAGES).map((name) => counts[name] ?? 0);
    const most = Math.max(...alone);
    const three = counts.three ?? 0;
    return { path, ...Object.fromEntries(Object.keys(PAGES).map((name, at) => [`${name} alone`, alone[at]])), "three tabs": three, fits: three <= most * 1.01 + SLACK };
  });

try {
  // Before any page listens.
  const agent = await signedIn(browser, server.url);
  const { user } = await (await agent.request.get("/api/session")).json();
  const online = await agent.request.put(`/api/oneview/v1/${user.agentId}/online`, { headers: { "X-Trunkline": "1" } });
  if (!online.ok()) throw new Error(`the agent could not go online: ${online.status()}`);
  await agent.close();
  const count = [];
  for (const [name, path] of Object.entries(PAGES)) count.push(await open(name, [path]));
  count.push(await open("three", Object.values(PAGES)));
  // Loading has ended.
  await sleep(30_000);
  count.forEach((begin) => begin());
  for (let minute = 1; minute <= minutes; minute++) {
    await sleep(60_000);
    if (minute % 10 === 0) process.stderr.write(`${minute} of ${minutes} minutes: ${JSON.stringify(table())}\n`);
  }
  const rows = table();
  console.log(`Requests under /api/ in ${minutes} idle minutes`);
  console.table(rows);
  const sum = (column) => rows.reduce((sum, row) => sum + row[column], 0);
  const alone = Object.keys(PAGES).map((name) => sum(`${name} alone`));
  console.log(`three tabs: ${sum("three tabs")}; the same pages in browsers of their own: ${alone.join(" + ")} = ${alone.reduce((a, b) => a + b)}`);
  if (!rows.length || !rows.every((row) => row.fits)) process.exitCode = 1;
} finally {
  await browser.close();
  await server.stop();
}
