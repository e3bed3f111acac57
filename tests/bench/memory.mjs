// Memory of a page after garbage collection.

/** Before the page's own scripts: notes the memory of each WebAssembly module, which no list of the browser names. */
function watchModules() {
  const memories = (globalThis.benchMemories = new Set());
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const result = await original.apply(WebAssembly, given);
      for (const value of Object.values((result.instance ?? result).exports)) {
        if (value instanceof WebAssembly.Memory) memories.add(value);
      }
      return result;
    };
  }
}

/** Makes ready to measure a page that is yet to be opened: a function that collects, and gives bytes and nodes. */
export async function meter(page) {
  await page.addInitScript(watchModules);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  return async () => {
    // One collection may release what holds more.
    for (let count = 0; count < 2; count++) await cdp.send("HeapProfiler.collectGarbage");
    const { metrics } = await cdp.send("Performance.getMetrics");
    const metric = (name) => metrics.find((metric) => metric.name === name).value;
    const wasm = await page.evaluate(() => [...globalThis.benchMemories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0));
    const script = metric("JSHeapUsedSize");
    return { script, wasm, heap: script + wasm, nodes: metric("Nodes") };
  };
}
