// Two style sheets of all the files in a folder: `node scripts/bundle-css.mjs style out` writes out/first.css, with what
// the static shell of index.html needs to paint, and out/main.css, with the rest.
// main.css comes first of all, it declares the cascade layers; the rest by name. The layers decide who wins, not the order.
// What stands in spare/ is for the gallery: Trunk says which profile it builds, and a release leaves it out.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The static shell's: the layers, the colours and its own. */
const FIRST = ["main.css", "tokens.css", "boot.css"];

const [folder, to] = process.argv.slice(2);
const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".css")).sort();
const release = process.env.TRUNK_PROFILE === "release";
const rest = files.filter((name) => !FIRST.includes(name) && !(release && name.startsWith("spare")));
const joined = (names) =>
  names.map((name) => {
    const css = readFileSync(join(folder, name), "utf8");
    // An @import in the middle of a sheet is ignored by browsers without a word.
    if (/^\s*@import\b/m.test(css)) throw new Error(`${join(folder, name)}: no @import, every file here is joined anyway`);
    return css;
  }).join("\n");
mkdirSync(to, { recursive: true });
writeFileSync(join(to, "first.css"), joined(FIRST));
writeFileSync(join(to, "main.css"), joined(rest));
