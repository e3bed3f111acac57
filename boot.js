// Starts the app: imports wasm-bindgen's glue code and passes it the module, both by the names that Trunk left in the
// page. If the start fails, the page shows the error.

const root = document.documentElement;
// The preferences that the settings page stores; the static shell applies them first. They are empty if the browser
// forbids storage.
let stored = {};
try {
  stored = localStorage;
} catch {}
for (const name of ["theme", "density"]) {
  const value = stored[`trunkline.${name}`];
  if (value) root.dataset[name] = value;
}

const boot = document.getElementById("boot");

// The app appends itself to the body. The static shell is removed in the same frame.
const last = document.body.lastElementChild;
new MutationObserver((_, observer) => {
  if (document.body.lastElementChild !== last) {
    observer.disconnect();
    boot?.remove();
  }
}).observe(document.body, { childList: true });

function showError(reason) {
  if (!boot?.isConnected) return;
  document.getElementById("boot-wait").hidden = true;
  document.getElementById("boot-reason").textContent = String(reason?.message ?? reason);
  document.getElementById("boot-retry").addEventListener("click", () => location.reload());
  document.getElementById("boot-error").hidden = false;
}

// This listener runs before the router's, which comes with the module: a form with unsaved changes can stop a
// navigation.
addEventListener("popstate", (event) => globalThis.trunklineLeaving?.(event));
// An error after the module has started but before the app is mounted is a failed start too.
addEventListener("error", (event) => showError(event.error ?? event.message));
addEventListener("unhandledrejection", (event) => showError(event.reason));

// The browser's language tags that `Intl` supports: its constructors throw for an invalid one. Some systems report
// `zh_CN` or `en_US.UTF-8@posix`, which are normalised; `C` and `*` are dropped.
const tags = [navigator.languages, navigator.language].flat().flatMap((tag) => {
  try {
    return Intl.getCanonicalLocales(String(tag).split(/[.@]/)[0].replaceAll("_", "-"));
  } catch {
    return [];
  }
});

// The language: the stored one, else the first of the browser's that the catalogue has. The app reads it from `lang`.
const files = document.querySelector("meta[name=app-texts]").dataset;
const wanted = [stored["trunkline.language"], ...tags.map((tag) => tag.split("-")[0])];
const language = wanted.find((tag) => Object.hasOwn(files, tag)) ?? "en";
root.lang = language;
root.dir = language === "he" ? "rtl" : "ltr";

async function request(file, options) {
  const response = await fetch(file, options);
  if (!response.ok) throw new Error(`${file}: HTTP ${response.status}`);
  return response;
}

const texts = async (tag) => (await request(files[tag])).json();

// The texts and the module are requested while the static shell is painted. The page preloads the module, so this adds
// no request.
const initialTexts = texts(language);
const entry = document.getElementById("app-entry").dataset;
const compiled = request(entry.wasm).then(WebAssembly.compileStreaming);
for (const pending of [initialTexts, compiled]) pending.catch(showError);

// Wait until the static shell is painted, which the code below would delay. A hidden tab paints no frame.
await new Promise((painted) => {
  if (document.hidden || performance.getEntriesByName("first-contentful-paint").length > 0) return painted();
  requestAnimationFrame(() => setTimeout(painted));
  document.addEventListener("visibilitychange", painted, { once: true });
});

// The app's style sheet, which the static shell does not need. The app is mounted only after it has loaded.
const sheet = document.querySelector("link[media='not all']").cloneNode();
sheet.media = "all";
const styled = new Promise((resolve, reject) => {
  sheet.onload = resolve;
  sheet.onerror = () => reject(new Error(`${sheet.href} did not load`));
});
document.head.append(sheet);

let words = {};
initialTexts.then((all) => {
  words = all.boot;
  boot.removeAttribute("lang");
  for (const place of boot.querySelectorAll("[data-text]")) place.textContent = words[place.dataset.text];
}, () => {});

// Provides the texts of a language to the app, at start and when another is chosen: an array in the order of their
// numbers. Throws if they belong to another build.
globalThis.trunklineTexts = async (tag, expectedMark) => {
  const { mark, texts: all } = await (tag === language ? initialTexts : texts(tag));
  if (mark === expectedMark) return all;
  const reason = new Error(`${files[tag]} belongs to another version of the app.`);
  showError(reason);
  throw reason;
};

// Code that only some pages need is in chunks, in a build that was split (scripts/split-wasm.mjs). A chunk is
// instantiated with the memory and the table of the running module. It is loaded once.
const chunks = JSON.parse(entry.chunks ?? "{}");
const loaded = new Map();
let started, exported, tailed;
const running = new Promise((resolve) => (started = resolve));

async function instantiate(response) {
  const compiled = await WebAssembly.compileStreaming(response);
  await WebAssembly.instantiate(compiled, { main: await running });
}

function load(chunk) {
  if (!chunks[chunk] || (chunk === "tail" && tailed)) return Promise.resolve();
  if (!loaded.has(chunk)) {
    const instance = instantiate(prefetched.get(chunk) ?? request(chunks[chunk]));
    prefetched.delete(chunk);
    instance.then(() => (tailed ||= chunk === "tail"), () => loaded.delete(chunk));
    loaded.set(chunk, instance);
  }
  return loaded.get(chunk);
}

// Whether the page is being left: then its requests fail, no new one is answered, and a dialog would hold up the next page.
// Whoever stays after all touches something.
let leaving = false;
for (const name of ["beforeunload", "pagehide"]) addEventListener(name, () => (leaving = true), true);
for (const name of ["pageshow", "pointerdown", "keydown"]) addEventListener(name, () => (leaving = false), true);
// What goes wrong in a page that nobody sees any more is nobody's error.
for (const name of ["error", "unhandledrejection"]) addEventListener(name, (event) => leaving && event.preventDefault());

// The main chunk's code that no page's first view calls is in a chunk of its own, which comes after that view
// (scripts/split/profile.mjs). Whoever calls into it sooner waits for it here, and the page with them: the module can't
// go on otherwise. Without a connection the person is asked to try again.
function tail() {
  for (let attempt = 0; chunks.tail && !tailed; attempt++) {
    if (leaving) throw new Error("The page is being left.");
    const request = new XMLHttpRequest();
    // Under a name of its own: the cache holds back a second request for a file that is still coming, which would wait for
    // a page that waits.
    request.open("GET", `${chunks.tail}?now`, false);
    // A request that is waited for can't ask for bytes.
    request.overrideMimeType("text/plain; charset=x-user-defined");
    try {
      request.send();
    } catch {}
    if (request.status === 200) {
      const bytes = Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0));
      new WebAssembly.Instance(new WebAssembly.Module(bytes), { main: exported });
      tailed = true;
    } else if (attempt < 3) alert(words.part_missing);
    else throw new Error(`${chunks.tail}: HTTP ${request.status}`);
  }
}

// Resolves when the browser is idle; without `requestIdleCallback`, in the next task.
const idle = () => new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve, { timeout: 5000 }));

// Prefetched chunks. They are compiled when needed: compiling twenty chunks would slow down typing.
const prefetched = new Map();

function prefetch(chunk) {
  const bytes = request(chunks[chunk], { priority: "low" }).then((response) => response.blob());
  prefetched.set(chunk, bytes.then((blob) => new Response(blob, { headers: { "Content-Type": "application/wasm" } })));
  return prefetched.get(chunk).catch(() => prefetched.delete(chunk));
}

// Prefetches the chunks of the navigation's sections, one after the other, then those of their records and forms.
async function later(sections) {
  if (navigator.connection?.saveData) return;
  const inside = Object.keys(chunks).filter((chunk) => sections.some((section) => chunk.startsWith(`${section}_`)));
  for (const chunk of [...sections, ...inside]) {
    await idle();
    if (chunks[chunk] && !loaded.has(chunk)) await prefetch(chunk);
  }
}

// Path and chunk of each route with a chunk; scripts/build-boot.mjs fills them in.
const routes = [/* routes.json */];

// The chunk that the URL needs.
function initialChunk() {
  const segments = (path) => path.split("/").filter(Boolean);
  const url = segments(location.pathname);
  const fits = (route) => route.length === url.length && route.every((segment, at) => segment === "{id}" || segment === url[at]);
  return routes.find(([path]) => fits(segments(path)))?.[1];
}

// The typefaces' sheet, in which the browser finds the files of the scripts that a page has. The app asks for it after the
// first page. From then on it is in the browser's cache, and wanted from the start.
const fonts = document.querySelector("meta[name=app-fonts]").content;

function face() {
  if (navigator.connection?.saveData || document.querySelector(`link[href="${fonts}"]`)) return;
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = fonts;
  sheet.onload = () => {
    try {
      stored.setItem?.("trunkline.fonts", fonts);
    } catch {}
  };
  document.head.append(sheet);
}
if (stored["trunkline.fonts"] === fonts) face();

globalThis.trunkline = { load, tail, later, idle, face, tags };

try {
  // Requested in parallel with the module.
  load(initialChunk()).catch(() => {});
  const all = Promise.all([import(entry.js), compiled, styled]);
  // Creating a browser's first relative time formatter takes as long as drawing a screen of rows. Creating one here,
  // while the module loads, makes the app's own (src/i18n/format.rs) cheap, for any regional variant.
  new Intl.RelativeTimeFormat(language);
  const [glue, module_or_path] = await all;
  await glue.default({ module_or_path, onInstance: (exports) => started((exported = exports)) });
} catch (reason) {
  console.error(reason);
  showError(reason);
}
