// Writes the start script as it is served: `node scripts/build-boot.mjs boot.js routes.json out.js`. Removes comments and
// indentation, and fills in the table of routes: which chunk the page at a path needs.
// Only whole-line comments are removed, so no string can be damaged. (Trunk's own minifier can't parse modules.)
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Placeholder of the table in boot.js. */
const PLACEHOLDER = "[/* routes.json */]";

const [script, table, to] = process.argv.slice(2);
const lines = readFileSync(script, "utf8").split("\n").map((line) => line.trim());
if (lines.some((line) => line.startsWith("/*"))) throw new Error(`${script}: comments of whole lines only, with //`);
const chunks = JSON.parse(readFileSync(table, "utf8")).filter(({ chunk }) => chunk).map(({ path, chunk }) => [path, chunk]);
const source = lines.filter((line) => line && !line.startsWith("//")).join("\n");
if (source.split(PLACEHOLDER).length !== 2) throw new Error(`${script}: it needs ${PLACEHOLDER} once`);
mkdirSync(dirname(to), { recursive: true });
writeFileSync(to, `${source.replace(PLACEHOLDER, JSON.stringify(chunks))}\n`);
