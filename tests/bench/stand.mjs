// The app and the floor, each behind a server of its own with the very same data.
import { cpSync, rmSync } from "node:fs";
import { signedIn } from "./browser.mjs";
import { expected } from "./expected.mjs";
import { floorAssets } from "./floor.mjs";
import { startServer } from "./server.mjs";

/** Starts both over so many tickets; `sides` are their addresses, `expected` what either must show. */
export async function stand(browser, tickets, build) {
  // Nothing changes by itself: what is measured is the same each time.
  const toml = `[live]\ntickets_seconds = 3600\n[sandbox]\ntickets = ${tickets}\nticket_seconds = 0\n`;
  const assets = floorAssets();
  const app = await startServer(toml, { build });
  const data = `${app.data}-floor`;
  cpSync(app.data, data, { recursive: true });
  const floor = await startServer(toml, { build, assets: assets.folder, data });
  const stop = async () => {
    await Promise.all([app.stop(), floor.stop()]);
    rmSync(data, { recursive: true, force: true });
    assets.remove();
  };
  try {
    return { sides: { app: app.url, floor: floor.url }, expected: expected(await answer(browser, app.url)), stop };
  } catch (reason) {
    await stop();
    throw reason;
  }
}

/** The list as the gateway gives it. */
async function answer(browser, url) {
  const context = await signedIn(browser, url);
  const { user } = await (await context.request.get("/api/session")).json();
  const tickets = await (await context.request.get(`/api/oneview/v1/${user.agentId}/tickets`)).json();
  await context.close();
  return tickets;
}
