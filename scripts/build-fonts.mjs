// The app's typefaces, from the packages of scripts/fonts: `node scripts/build-fonts.mjs node_modules out` writes out/fonts/ with the
// files, a sheet that names them and their licences, and out/tag.html, which tells the start script the sheet's name.
// Names have a hash of the content. Inter is for Latin and for digits, Heebo for Hebrew. Each file is fetched by the browser
// when a page has a letter of it; Chinese and other scripts stay the system's.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** One family for the app; of faces with a letter in common the last one counts. */
const FAMILY = "Trunkline";
const FACES = [
  { of: "heebo", subset: "hebrew" },
  { of: "inter", subset: "latin-ext" },
  { of: "inter", subset: "latin" },
];

const [modules, to] = process.argv.slice(2);
const out = join(to, "fonts");
rmSync(to, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

function write(name, ending, content) {
  const file = `${name}-${createHash("sha256").update(content).digest("hex").slice(0, 16)}.${ending}`;
  writeFileSync(join(out, file), content);
  return file;
}

const rules = FACES.map(({ of, subset }) => {
  const folder = join(modules, "@fontsource-variable", of);
  const name = `${of}-${subset}`;
  // The package's own sheet says which letters a file has.
  const sheet = readFileSync(join(folder, "wght.css"), "utf8");
  const range = new RegExp(`${name}-wght-normal\\.woff2[^}]*unicode-range:\\s*([^;]+);`).exec(sheet)?.[1];
  if (!range) throw new Error(`${folder}: no ${subset}`);
  const file = write(name, "woff2", readFileSync(join(folder, "files", `${name}-wght-normal.woff2`)));
  return `@font-face{font-family:${FAMILY};font-weight:100 900;font-display:swap;src:url(${file}) format("woff2");unicode-range:${range}}`;
});
for (const of of new Set(FACES.map(({ of }) => of))) {
  writeFileSync(join(out, `${of}-license.txt`), readFileSync(join(modules, "@fontsource-variable", of, "LICENSE")));
}
writeFileSync(join(to, "tag.html"), `<meta name="app-fonts" content="/fonts/${write("fonts", "css", rules.join("\n"))}">\n`);
