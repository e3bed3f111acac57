// The real server of a build, on a free port, with a data folder of its own.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

/** The output of `make build`; `--build DIR` names a copy, so that building doesn't disturb a run. */
export const ROOT = resolve(import.meta.dirname, "../..");

/**
 * Starts it with a configuration in TOML. `assets` serves another folder than the build's app; `data` uses another
 * server's data folder. `stop` ends it and removes what it stored.
 */
export async function startServer(toml, { build = ROOT, assets = join(build, "dist"), data } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "trunkline-bench-"));
  writeFileSync(join(folder, "trunkline.toml"), toml);
  const options = { "--listen": "127.0.0.1:0", "--data": data ?? join(folder, "data"), "--config": join(folder, "trunkline.toml"), "--assets": assets };
  // Variables that the shell set for another server must not reach this one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("TRUNKLINE_")));
  const child = spawn(join(build, "target/release/trunkline-server"), Object.entries(options).flat(), { env, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (log = (log + text).slice(-4000)));
  const ended = new Promise((done) => child.once("exit", done));
  const url = await new Promise((started, failed) => {
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`the server ended with ${code} before it was up:\n${log}`)));
    createInterface(child.stdout).on("line", (line) => {
      const address = /^Trunkline is at (http:\/\/\S+)/.exec(line)?.[1];
      if (address) started(address.replace(/\/$/, ""));
    });
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, data: options["--data"], stop };
}
