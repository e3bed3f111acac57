// Starts the app: imports wasm-bindgen's glue and gives it the module, both by the names that Trunk left in the page.
// A start that fails says so in the page; a blank one helps nobody.

// What the settings page keeps: the static shell is the first to show it. Without storage there is nothing to read.
try {
  for (const name of ["theme", "density"]) {
    const value = localStorage.getItem(`trunkline.${name}`);
    if (value) document.documentElement.dataset[name] = value;
  }
} catch {}

const boot = document.getElementById("boot");

// The app adds itself to the body. The static shell goes in the same frame.
new MutationObserver((_, observer) => {
  if (document.body.children.length > 1) {
    observer.disconnect();
    boot?.remove();
  }
}).observe(document.body, { childList: true });

function failed(reason) {
  if (!boot?.isConnected) return;
  document.getElementById("boot-wait").hidden = true;
  document.getElementById("boot-reason").textContent = String(reason?.message ?? reason);
  document.getElementById("boot-retry").addEventListener("click", () => location.reload());
  document.getElementById("boot-error").hidden = false;
}

// What breaks after the module has started, but before the app stands, is a failed start too.
addEventListener("error", (event) => failed(event.error ?? event.message));
addEventListener("unhandledrejection", (event) => failed(event.reason));

try {
  const { js, wasm } = document.querySelector("meta[name=app-entry]").dataset;
  // The module is asked for beside its glue, not after it. Its preload in the page makes this one request.
  const module = await import(js);
  await module.default({ module_or_path: wasm });
} catch (reason) {
  console.error(reason);
  failed(reason);
}
