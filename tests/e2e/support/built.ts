// The files of dist/ as a browser receives them.
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { DIST } from "./server";

/** The names of all files below a folder. */
export function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** A built file's bytes as text, unpacked. */
export function content(name: string): string {
  const bytes = readFileSync(join(DIST, name));
  if (name.endsWith(".br")) return brotliDecompressSync(bytes).toString("latin1");
  if (name.endsWith(".gz")) return gunzipSync(bytes).toString("latin1");
  return bytes.toString("latin1");
}

/** The names of the WebAssembly files that the page knows: the start, and each part. */
export function modules(): string[] {
  const page = content("index.html");
  const start = /\bdata-wasm="?\/([\w-]+\.wasm)/.exec(page)?.[1];
  const parts: Record<string, string> = JSON.parse(/\bdata-chunks='([^']*)'/.exec(page)?.[1] ?? "{}");
  if (!start) throw new Error("index.html names no module");
  return [start, ...Object.values(parts).map((path) => path.slice(1))];
}
