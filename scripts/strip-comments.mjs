// The start script without its comments and indentation: `node scripts/strip-comments.mjs boot.js out.js`.
// Only lines that are nothing but a comment go, so no string can be harmed. (Trunk's own minifier can't read modules.)
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const [from, to] = process.argv.slice(2);
const lines = readFileSync(from, "utf8").split("\n").map((line) => line.trim());
if (lines.some((line) => line.startsWith("/*"))) throw new Error(`${from}: comments of whole lines only, with //`);
mkdirSync(dirname(to), { recursive: true });
writeFileSync(to, lines.filter((line) => line && !line.startsWith("//")).join("\n") + "\n");
