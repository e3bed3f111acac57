// Two style sheets of all the files in a folder: `node scripts/bundle-css.mjs style out` writes out/critical.css, with what
// the static shell of index.html needs for its first paint, and out/main.css with the rest.
// main.css comes first because it declares the cascade layers; the others follow by name. Layers decide precedence, not order.
// A release leaves out dev/, which only the gallery uses. Trunk sets TRUNK_PROFILE.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Styles of the static shell: cascade layers, colours, its own rules. */
const CRITICAL = ["main.css", "tokens.css", "boot.css"];

const [folder, to] = process.argv.slice(2);
const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".css")).sort();
const release = process.env.TRUNK_PROFILE === "release";
const rest = files.filter((name) => !CRITICAL.includes(name) && !(release && name.startsWith("dev/")));
const joined = (names) =>
  names.map((name) => {
    const css = readFileSync(join(folder, name), "utf8");
    // Browsers silently ignore an @import in the middle of a sheet.
    if (/^\s*@import\b/m.test(css)) throw new Error(`${join(folder, name)}: no @import, every file here is joined anyway`);
    return css;
  }).join("\n");
mkdirSync(to, { recursive: true });
writeFileSync(join(to, "critical.css"), joined(CRITICAL));
writeFileSync(join(to, "main.css"), joined(rest));
