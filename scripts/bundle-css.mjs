// One style sheet of all the files in a folder: `node scripts/bundle-css.mjs style out.css`.
// main.css comes first, it declares the cascade layers; the rest by name. The layers decide who wins, not the order.
// What stands in spare/ is for the gallery: Trunk says which profile it builds, and a release leaves it out.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const [folder, to] = process.argv.slice(2);
const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".css")).sort();
const release = process.env.TRUNK_PROFILE === "release";
const first = files.filter((name) => name === "main.css");
const rest = files.filter((name) => name !== "main.css" && !(release && name.startsWith("spare")));
const sheets = [...first, ...rest].map((name) => {
  const css = readFileSync(join(folder, name), "utf8");
  // An @import in the middle of a sheet is ignored by browsers without a word.
  if (/^\s*@import\b/m.test(css)) throw new Error(`${join(folder, name)}: no @import, every file here is joined anyway`);
  return css;
});
mkdirSync(dirname(to), { recursive: true });
writeFileSync(to, sheets.join("\n"));
