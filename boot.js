// Starts the app: imports wasm-bindgen's glue and gives it the module, both by the names that Trunk left in the page.
// A start that fails says so in the page; a blank one helps nobody.

const root = document.documentElement;
// What the settings page keeps: the static shell is the first to show it. Without storage there is nothing to read.
let kept = {};
try {
  kept = localStorage;
} catch {}
for (const name of ["theme", "density"]) {
  const value = kept[`trunkline.${name}`];
  if (value) root.dataset[name] = value;
}

const boot = document.getElementById("boot");

// The app adds itself to the body's end. The static shell goes in the same frame.
const last = document.body.lastElementChild;
new MutationObserver((_, observer) => {
  if (document.body.lastElementChild !== last) {
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
// Before the router, which comes with the module: a form with something unsaved may want to stay.
addEventListener("popstate", (event) => globalThis.trunklineLeaving?.(event));
addEventListener("error", (event) => failed(event.error ?? event.message));
addEventListener("unhandledrejection", (event) => failed(event.reason));

// The browser's language tags, as far as there are any and `Intl` takes them: each constructor throws at one that it can't
// read. Some systems write `zh_CN` and `en_US.UTF-8@posix`; what is left of those is tried, and `C` or `*` left out.
const tags = [navigator.languages, navigator.language].flat().flatMap((tag) => {
  try {
    return Intl.getCanonicalLocales(String(tag).split(/[.@]/)[0].replaceAll("_", "-"));
  } catch {
    return [];
  }
});

// The language: the one kept, else the first of the browser's that there are texts in. The app reads it here.
const files = document.querySelector("meta[name=app-texts]").dataset;
const wanted = [kept["trunkline.language"], ...tags.map((tag) => tag.split("-")[0])];
const language = wanted.find((tag) => Object.hasOwn(files, tag)) ?? "en";
root.lang = language;
root.dir = language === "he" ? "rtl" : "ltr";

async function ask(file, options) {
  const response = await fetch(file, options);
  if (!response.ok) throw new Error(`${file}: HTTP ${response.status}`);
  return response;
}

const texts = async (tag) => (await ask(files[tag])).json();

// On their way while the static shell is painted: the texts, and the module, whose preload in the page makes this one
// request.
const first = texts(language);
const entry = document.getElementById("app-entry").dataset;
const compiled = ask(entry.wasm).then(WebAssembly.compileStreaming);
for (const asked of [first, compiled]) asked.catch(failed);

// The static shell first: what follows would hold up its paint. In a tab that nobody looks at no frame comes.
await new Promise((painted) => {
  if (document.hidden || performance.getEntriesByName("first-contentful-paint").length > 0) return painted();
  requestAnimationFrame(() => setTimeout(painted));
  document.addEventListener("visibilitychange", painted, { once: true });
});

// The app's sheet, which the shell's paint did without. The app stands only after it.
const sheet = document.querySelector("link[media='not all']").cloneNode();
sheet.media = "all";
const styled = new Promise((resolve, reject) => {
  sheet.onload = resolve;
  sheet.onerror = () => reject(new Error(`${sheet.href} did not load`));
});
document.head.append(sheet);

first.then(({ boot: words }) => {
  boot.removeAttribute("lang");
  for (const place of boot.querySelectorAll("[data-text]")) place.textContent = words[place.dataset.text];
}, () => {});

// Where the app gets a language's texts, now and when another is chosen: an array in the order of its numbers.
globalThis.trunklineTexts = async (tag, wantedMark) => {
  const { mark, texts: all } = await (tag === language ? first : texts(tag));
  if (mark === wantedMark) return all;
  const reason = new Error(`${files[tag]} belongs to another version of the app.`);
  failed(reason);
  throw reason;
};

// What only some pages need are files of their own, in a build that was taken apart (scripts/split-wasm.mjs): such a part
// joins the module that runs, by sharing its memory and table. What was fetched once stays.
const parts = JSON.parse(entry.parts ?? "{}");
const loaded = new Map();
let started;
const running = new Promise((resolve) => (started = resolve));

async function join(response) {
  const compiled = await WebAssembly.compileStreaming(response);
  await WebAssembly.instantiate(compiled, { start: await running });
}

function load(part) {
  if (!parts[part]) return Promise.resolve();
  if (!loaded.has(part)) {
    const joined = join(fetched.get(part) ?? ask(parts[part]));
    fetched.delete(part);
    joined.catch(() => loaded.delete(part));
    loaded.set(part, joined);
  }
  return loaded.get(part);
}

// When nobody waits for the page. A browser that can't tell is asked to finish what it is at.
const idle = () => new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve, { timeout: 5000 }));

// What came before it was needed. Compiled only then: twenty parts would take the processor from who is typing.
const fetched = new Map();

function keep(part) {
  const bytes = ask(parts[part], { priority: "low" }).then((response) => response.blob());
  fetched.set(part, bytes.then((blob) => new Response(blob, { headers: { "Content-Type": "application/wasm" } })));
  return fetched.get(part).catch(() => fetched.delete(part));
}

// The sections behind the links, one after the other; then what is in them.
async function later(sections) {
  if (navigator.connection?.saveData) return;
  const inside = Object.keys(parts).filter((part) => sections.some((section) => part.startsWith(`${section}_`)));
  for (const part of [...sections, ...inside]) {
    await idle();
    if (parts[part] && !loaded.has(part)) await keep(part);
  }
}

// The part that the address needs, as src/doors.rs names it: a section's list, one record of it, or its form.
function firstPart() {
  const [section = "overview", id, edit] = location.pathname.replaceAll("-", "_").split("/").filter(Boolean);
  const inside = `${section}_${id === "new" || edit ? "form" : "record"}`;
  return id && parts[inside] ? inside : section;
}

globalThis.trunkline = { load, later, idle, tags };

try {
  // Asked for beside the module, not after it.
  load(firstPart()).catch(() => {});
  const all = Promise.all([import(entry.js), compiled, styled]);
  // A browser's first writer of times takes as long to make as a screen of rows to draw: now nobody waits for it. The
  // app's own (src/i18n/format.rs) is then made in no time, for whichever country.
  new Intl.RelativeTimeFormat(language);
  const [glue, module_or_path] = await all;
  started(await glue.default({ module_or_path }));
} catch (reason) {
  console.error(reason);
  failed(reason);
}
