// The built files of texts, as the app gets them.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DIST } from "./server";

export interface Catalogue {
  mark: string;
  boot: Record<string, string>;
  texts: (string | Record<string, string>)[];
}

/** The built English texts. */
export function english(): Catalogue {
  const name = readdirSync(join(DIST, "locales")).find((file) => /^en-.*\.json$/.test(file));
  if (!name) throw new Error("dist/locales has no English texts; scripts/build.sh builds them.");
  return JSON.parse(readFileSync(join(DIST, "locales", name), "utf8"));
}
