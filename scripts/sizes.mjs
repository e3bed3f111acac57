// Prints the size of each built file, raw and brotli, and fails when the app is too heavy:
// `node scripts/sizes.mjs dist`. This is the one place that knows the limit.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";

/**
 * What the browser may fetch, in bytes after brotli, before the first rows can stand: the app without data. The plan is
 * 275,000 (docs/decisions.md says what stands in the way); until then this may only be lowered.
 */
const LIMIT = 450_000;
/** Of the texts only one language is fetched; English stands for all. */
const NOT_AT_START = /^locales\/(?!en-)/;

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
const start = rows.filter((row) => !NOT_AT_START.test(row.name));
const [raw, br] = ["raw", "br"].map((key) => start.reduce((sum, row) => sum + row[key], 0));
line("the app without data", raw, br);
if (br > LIMIT) {
  console.error(`✗ The app without data is ${br} bytes after brotli; the limit is ${LIMIT}.`);
  process.exit(1);
}
