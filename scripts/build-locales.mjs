// Writes each language's texts as one file that is fetched at start, and the tag that tells `boot.js` their names:
// `node scripts/build-locales.mjs locales target/texts`. A name holds a hash of the content, so it can be kept forever.
//
// The texts have no keys: they stand in the order in which build.rs numbers them, by area and key, and their places are
// numbered by name. `mark` is made of the keys as build.rs makes it: the app takes no file of another build.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Texts of the static page, which `boot.js` fills in by name. */
const BOOT = "boot";

const [from, to] = process.argv.slice(2);
const sorted = (names) => [...names].sort((a, b) => (a < b ? -1 : 1));
const read = (language, area) => JSON.parse(readFileSync(join(from, language, `${area}.json`), "utf8"));

/** The names and texts of a language, in order. */
function texts(language) {
  const areas = sorted(readdirSync(join(from, language)).map((name) => name.replace(/\.json$/, ""))).filter((area) => area !== BOOT);
  return areas.flatMap((area) => {
    const all = read(language, area);
    return sorted(Object.keys(all)).map((key) => [`${area}.${key}`, all[key]]);
  });
}

/** FNV-1a over the names: 8 hexadecimal digits. */
function mark(names) {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(names.map((name) => `${name}\n`).join(""))) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** A text, or each of its plural forms, with numbers for names. */
function numbered(text) {
  if (typeof text === "string") return replace(text, places(text));
  const names = sorted(new Set(["count", ...Object.values(text).flatMap(places)]));
  return Object.fromEntries(Object.entries(text).map(([form, words]) => [form, replace(words, names)]));
}
const places = (text) => sorted(new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)));
const replace = (text, names) => text.replace(/\{(\w+)\}/g, (_, name) => `{${names.indexOf(name)}}`);

rmSync(to, { recursive: true, force: true });
mkdirSync(join(to, "locales"), { recursive: true });
const attributes = sorted(readdirSync(from)).map((language) => {
  const all = texts(language);
  const content = JSON.stringify({
    mark: mark(all.map(([name]) => name)),
    boot: read(language, BOOT),
    texts: all.map(([, text]) => numbered(text)),
  });
  const name = `${language}-${createHash("sha256").update(content).digest("hex").slice(0, 16)}.json`;
  writeFileSync(join(to, "locales", name), content);
  return ` data-${language}="/locales/${name}"`;
});
writeFileSync(join(to, "tag.html"), `<meta name="app-texts"${attributes.join("")}>\n`);
