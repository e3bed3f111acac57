// Prints the size of each built file, raw and brotli, and fails when the app is too heavy:
// `node scripts/size-limit.mjs dist`. This is the one place that knows the limit. With `--unlimited` it only prints: names
// mangled another way than the compiler's own are not those of scripts/split/cold.txt.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";

/**
 * Bytes after brotli that the browser may fetch before a page's first rows: the app without data, for whichever page is
 * opened first. A page that gets heavier may only have new code that its first view doesn't call: `make profile`, then build.
 */
const LIMIT = 260_000;
/** The chunks of pages; every page needs `main`, and fetches others only after its first rows, `tail` at once. */
const PAGES = new Set(JSON.parse(readFileSync(join(import.meta.dirname, "../routes.json"), "utf8")).flatMap(({ chunk }) => chunk ?? []));
/** A chunk, by its name. */
const CHUNK = /^trunkline-(?!main-)([a-z_]+)-[0-9a-f]{16}\.wasm$/;
/** Only one language's texts are fetched; English is counted. */
const OTHER_LANGUAGE = /^locales\/(?!en-)/;
/** Fetched when the app is installed, never for a page. */
const INSTALLED = /^(manifest\.webmanifest|app-icons\/.*)$/;
/** Fetched after the first page: the typefaces, as far as it has their letters; the sound that somebody chose. */
const LATER = /^(fonts|sounds)\//;
const [folder, unlimited] = process.argv.slice(2);
const rows = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
  .map((entry) => {
    const file = join(entry.parentPath ?? entry.path, entry.name);
    const raw = statSync(file).size;
    const br = existsSync(`${file}.br`) ? statSync(`${file}.br`).size : raw;
    return { name: relative(folder, file), raw, br };
  })
  .sort((a, b) => b.br - a.br);

const width = Math.max(...rows.map((row) => row.name.length), 20);
const line = (name, raw, br) => console.log(`${name.padEnd(width)} ${String(raw).padStart(9)} ${String(br).padStart(9)}`);
line(`${folder}/`, "raw", "brotli");
for (const row of rows) line(row.name, row.raw, row.br);
const chunkOf = ({ name }) => CHUNK.exec(name)?.[1];
const sum = (some, key) => some.reduce((total, row) => total + row[key], 0);
const start = rows.filter((row) => !chunkOf(row) && !OTHER_LANGUAGE.test(row.name) && !INSTALLED.test(row.name) && !LATER.test(row.name));
console.log("\nthe app without data, by the page that is opened first:");
const opened = rows.filter((row) => PAGES.has(chunkOf(row))).map((row) => ({ name: chunkOf(row), raw: row.raw + sum(start, "raw"), br: row.br + sum(start, "br") }));
if (opened.length === 0) opened.push({ name: "all pages in one", raw: sum(start, "raw"), br: sum(start, "br") });
for (const { name, raw, br } of opened.sort((a, b) => b.br - a.br)) line(name, raw, br);
line("all that is built", sum(rows, "raw"), sum(rows, "br"));
const { name, br } = opened[0];
if (br > LIMIT && !unlimited) {
  console.error(`✗ To open ${name}, ${br} bytes after brotli are fetched; the limit is ${LIMIT}. \`make profile\` moves what no first view calls behind it.`);
  process.exit(1);
}
