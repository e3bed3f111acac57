// Prints the size of each built file, raw and brotli, and fails when the app is too heavy:
// `node scripts/sizes.mjs dist`. This is the one place that knows the limit.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";

/**
 * What the browser may fetch, in bytes after brotli, before a page's first rows can stand: the app without data, for
 * whichever page is opened first. It may only be lowered. It was 250,000 before lists kept odd records, changing texts
 * survived a translated page and forms compared before they saved; docs/decisions.md says what weighs.
 */
const LIMIT = 272_000;
/** Fetched by its own page only; `start` is every page's. */
const PAGE = /^trunkline-(?!start-)([a-z_]+)-[0-9a-f]{16}\.wasm$/;
/** Of the texts only one language is fetched; English stands for all. */
const OTHER_LANGUAGE = /^locales\/(?!en-)/;
/** Fetched by who installs the app, never for a page. */
const INSTALLED = /^(manifest\.webmanifest|app-icons\/.*)$/;

const [folder] = process.argv.slice(2);
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
const isPage = ({ name }) => PAGE.test(name);
const sum = (some, key) => some.reduce((total, row) => total + row[key], 0);
const start = rows.filter((row) => !isPage(row) && !OTHER_LANGUAGE.test(row.name) && !INSTALLED.test(row.name));
console.log("\nthe app without data, by the page that is opened first:");
const opened = rows.filter(isPage).map((row) => ({ name: PAGE.exec(row.name)[1], raw: row.raw + sum(start, "raw"), br: row.br + sum(start, "br") }));
if (opened.length === 0) opened.push({ name: "all pages in one", raw: sum(start, "raw"), br: sum(start, "br") });
for (const { name, raw, br } of opened.sort((a, b) => b.br - a.br)) line(name, raw, br);
line("all that is built", sum(rows, "raw"), sum(rows, "br"));
const { name, br } = opened[0];
if (br > LIMIT) {
  console.error(`✗ To open ${name}, ${br} bytes after brotli are fetched; the limit is ${LIMIT}.`);
  process.exit(1);
}
