// One visit to the inbox with nothing in any cache, on a slow machine and line: from the first byte to the last gesture.
import { signedIn } from "./browser.mjs";
import { paste, scroll, sort, type } from "./gestures.mjs";
import { meter } from "./memory.mjs";
import { probe } from "./probe.mjs";

/** The machine and the line that are acted out. */
export const SLOW = { cpu: 4, megabits: 10, latency: 40 };

/** Figures of a visit: milliseconds, bytes, counts. */
export async function visit(browser, url, expected) {
  const context = await signedIn(browser, url);
  try {
    const page = await context.newPage();
    await page.addInitScript(probe);
    const measure = await meter(page);
    const received = await slow(page);
    await page.goto("/inbox", { waitUntil: "commit" });
    const firstRows = await page.evaluate(() => globalThis.bench.firstRows);
    const paints = await page.evaluate(() => Object.fromEntries(performance.getEntriesByType("paint").map(({ name, startTime }) => [name, startTime])));
    // The browser may still be at the end of the answer, though its rows are there.
    const bytes = await received();
    const { heap, nodes } = await measure();
    return {
      firstPaint: paints["first-contentful-paint"],
      firstRows,
      search: await type(page, expected),
      paste: await paste(page, expected),
      sort: await sort(page, expected),
      scroll: await scroll(page),
      heap,
      nodes,
      bytesApp: bytes.app,
      bytesData: bytes.data,
    };
  } finally {
    await context.close();
  }
}

/** Slows the page down, and counts what comes over the line: all else up to now, and the data when all of it is here. */
async function slow(page) {
  const cdp = await page.context().newCDPSession(page);
  const throughput = (SLOW.megabits * 1e6) / 8;
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", { offline: false, latency: SLOW.latency, downloadThroughput: throughput, uploadThroughput: throughput });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOW.cpu });
  const urls = new Map();
  let app = 0;
  let came;
  const data = new Promise((resolve) => (came = resolve));
  const isData = (requestId) => urls.get(requestId)?.endsWith("/tickets");
  let received = 0;
  cdp.on("Network.requestWillBeSent", ({ requestId, request }) => urls.set(requestId, request.url));
  cdp.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    if (isData(requestId)) received += encodedDataLength;
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (isData(requestId)) came(encodedDataLength);
    else app += encodedDataLength;
  });
  // Chromium 156 says so of a preloaded response whose stream was read to its end.
  cdp.on("Network.loadingFailed", ({ requestId }) => isData(requestId) && came(received));
  return async () => {
    const now = app;
    return { app: now, data: await data };
  };
}
