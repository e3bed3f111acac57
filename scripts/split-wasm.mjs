// Splits the built module into a main chunk and one lazy-loaded chunk per page:
// `node scripts/split-wasm.mjs dist target/…/trunkline.wasm`. Works on Trunk's output: optimises each chunk with wasm-opt,
// names it by its content, and writes the names into index.html, where boot.js reads them.
//
// The chunks share memory, table and stack. The main chunk reaches a page only through its entry point
// (src/lazy_pages.rs): a call through a table slot that the chunk fills when it is loaded. docs/adr/0003 says why.
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { declaredEntryPoints, findEntryPoints } from "./split/entry-points.mjs";
import { readLinked } from "./split/relocations.mjs";
import { plan } from "./split/plan.mjs";
import { HIT, coldFunctions, hashOf, instrumented } from "./split/profile.mjs";
import { shorten, withoutStreams } from "./split/glue.mjs";
import { emitChunk, emitMain, layOut } from "./split/emit.mjs";
import { plainName, readForms } from "./split/wat.mjs";

const FEATURES = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];
const FLAGS = FEATURES.map((feature) => `--enable-${feature}`);
/**
 * Passes of wasm-opt, chosen by bytes after brotli; in brackets the savings of the inbox's 245,500 (main and chunk).
 * Flat code lets wasm-opt see more alike, and use fewer blocks (1,600; the second time 700). Neither inlining (1,900) nor
 * sharing common expressions (1,400) pays: brotli finds what repeats by itself, and finds more of it in code that is not
 * merged. Nothing lies in the first kilobyte of memory, the far end of the stack, so an address may be reckoned in the
 * instruction that uses it (1,200).
 */
const PASSES = [
  ...["--low-memory-unused", "--always-inline-max-function-size=1", "--one-caller-inline-max-function-size=1"],
  ...["--skip-pass=local-cse", "--flatten", "--rereloop", "-Oz", "--flatten", "--rereloop", "-Oz", "-Oz"],
];
/** The source that declares the entry points. */
const SOURCE = join(import.meta.dirname, "../src/lazy_pages.rs");
/** The chunks that are pages; the others are fetched after a page's first rows. */
const PAGES = new Set(JSON.parse(readFileSync(join(import.meta.dirname, "../routes.json"), "utf8")).flatMap(({ chunk }) => chunk ?? []));

const [folder, linkedFile, ...options] = process.argv.slice(2);
/** A module that tells which functions are called, for `make profile`; it is neither optimised nor has it a tail. */
const profiled = options.includes("--profile");
const built = readdirSync(folder).find((name) => /_bg\.wasm$/.test(name));
const glueFile = built?.replace("_bg.wasm", ".js");
if (!built) throw new Error(`no module in ${folder}`);

/** Writes a file named by its content. */
function put(name, bytes, ending) {
  const file = `trunkline-${name}-${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}.${ending}`;
  writeFileSync(join(folder, file), bytes);
  return file;
}

const work = mkdtempSync(join(tmpdir(), "trunkline-split-"));
try {
  // Binaryen drops relocations, so they are read from the linked file.
  const textFile = join(work, "whole.wat");
  execFileSync("wasm-dis", [...FLAGS, join(folder, built), "-o", textFile], { stdio: ["ignore", "ignore", "pipe"] });
  const whole = withoutStreams(readForms(readFileSync(textFile, "utf8")));
  const { glue, forms } = shorten(readFileSync(join(folder, glueFile), "utf8"), whole);
  const linked = readLinked(linkedFile);
  const entryPoints = findEntryPoints(linked.names.values(), declaredEntryPoints(readFileSync(SOURCE, "utf8")));
  const planned = plan(forms, linked, entryPoints, PAGES, profiled ? undefined : coldFunctions());
  const counted = profiled && instrumented(forms);
  const layout = layOut(counted ? counted.forms : forms, planned);
  // Each function's hash, or nothing if it isn't of the main chunk.
  if (counted) writeFileSync(join(folder, "functions.json"), JSON.stringify(counted.names.map((name) => planned.main.has(name) && hashOf(plainName(name)))));

  const emit = async (name, text) => {
    const [input, output] = [join(work, `${name}.wat`), join(work, `${name}.wasm`)];
    writeFileSync(input, text);
    await promisify(execFile)("wasm-opt", [...FLAGS, ...(profiled ? [] : PASSES), "--strip-debug", "--strip-producers", input, "-o", output]);
    return put(name, readFileSync(output), "wasm");
  };
  // One worker per processor; the main chunk first, which takes longest.
  const files = new Map();
  const left = ["main", ...layout.chunks.keys()];
  const worker = async () => {
    for (let name; (name = left.shift()); ) files.set(name, await emit(name, name === "main" ? emitMain(layout) : emitChunk(layout, name)));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  const main = files.get("main");
  const chunks = Object.fromEntries(Array.from(layout.chunks.keys(), (name) => [name, `/${files.get(name)}`]));

  const page = join(folder, "index.html");
  const html = readFileSync(page, "utf8").replaceAll(built, main).replaceAll(glueFile, put("glue", counted ? glue.replace('"g": {', `"g": { ${HIT},`) : glue, "js"));
  const named = html.replace(/<template(?=[^>]*\bdata-wasm=)/, (tag) => `${tag} data-chunks='${JSON.stringify(chunks)}'`);
  if (named === html) throw new Error("index.html has no template app-entry");
  writeFileSync(page, named);
  rmSync(join(folder, built));
  rmSync(join(folder, glueFile));
} finally {
  rmSync(work, { recursive: true });
}
