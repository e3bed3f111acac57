// The floor's folder, compressed as `make build` compresses the app, for a server of its own.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./server.mjs";

/** A folder for `--assets`, and what removes it. */
export function floorAssets() {
  const folder = mkdtempSync(join(tmpdir(), "trunkline-floor-"));
  cpSync(join(import.meta.dirname, "floor"), folder, { recursive: true });
  execFileSync(process.execPath, [join(ROOT, "scripts/precompress.mjs"), folder]);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
