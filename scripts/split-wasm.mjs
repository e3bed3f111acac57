// Takes the built module apart: what every page needs starts, a page's own code comes with the page.
// `node scripts/split-wasm.mjs dist target/…/trunkline.wasm`. Works on what Trunk left in the folder: optimises each part
// with wasm-opt, names it by its content, and tells the page (index.html) the names, where boot.js finds them.
//
// The parts share memory, table and stack. The start reaches a page only through its door (src/doors.rs): a call
// through a table slot that the page's part fills when it is loaded. docs/decisions.md says why.
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { declaredEntryPoints, findEntryPoints } from "./split/entry-points.mjs";
import { readLinked } from "./split/linked.mjs";
import { plan } from "./split/plan.mjs";
import { shorten, withoutStreams } from "./split/glue.mjs";
import { layOut, pagePart, startPart } from "./split/parts.mjs";
import { readForms } from "./split/text.mjs";

const FEATURES = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];
const FLAGS = FEATURES.map((feature) => `--enable-${feature}`);
/** Where the entry points are declared. */
const SOURCE = join(import.meta.dirname, "../src/doors.rs");

const [folder, linkedFile] = process.argv.slice(2);
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
  // Debug texts of the linker's own format are no use to the browser; its relocations are read from the other file.
  const textFile = join(work, "whole.wat");
  execFileSync("wasm-dis", [...FLAGS, join(folder, built), "-o", textFile], { stdio: ["ignore", "ignore", "pipe"] });
  const whole = withoutStreams(readForms(readFileSync(textFile, "utf8")));
  const { glue, forms } = shorten(readFileSync(join(folder, glueFile), "utf8"), whole);
  const linked = readLinked(linkedFile);
  const doors = findEntryPoints(linked.names.values(), declaredEntryPoints(readFileSync(SOURCE, "utf8")));
  const layout = layOut(forms, plan(forms, linked, doors));

  const emit = async (name, text) => {
    const [input, output] = [join(work, `${name}.wat`), join(work, `${name}.wasm`)];
    writeFileSync(input, text);
    // Flat code lets it see more alike, and use fewer blocks: some 1,600 bytes; the second time it finds some 400 more.
    await promisify(execFile)("wasm-opt", [...FLAGS, "--flatten", "--rereloop", "-Oz", "-Oz", "--strip-debug", "--strip-producers", input, "-o", output]);
    return put(name, readFileSync(output), "wasm");
  };
  // As many at a time as there are processors; the start, which takes longest, first.
  const files = new Map();
  const left = ["start", ...layout.pages.keys()];
  const worker = async () => {
    for (let name; (name = left.shift()); ) files.set(name, await emit(name, name === "start" ? startPart(layout) : pagePart(layout, name)));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  const start = files.get("start");
  const chunks = Object.fromEntries(Array.from(layout.pages.keys(), (page) => [page, `/${files.get(page)}`]));

  const page = join(folder, "index.html");
  const html = readFileSync(page, "utf8").replaceAll(built, start).replaceAll(glueFile, put("glue", glue, "js"));
  const told = html.replace(/<template(?=[^>]*\bdata-wasm=)/, (tag) => `${tag} data-parts='${JSON.stringify(chunks)}'`);
  if (told === html) throw new Error("index.html has no template app-entry");
  writeFileSync(page, told);
  rmSync(join(folder, built));
  rmSync(join(folder, glueFile));
} finally {
  rmSync(work, { recursive: true });
}
