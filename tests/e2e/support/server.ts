// The real server on a free port with a data folder of its own: its release build, or another that the environment names.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const ROOT = resolve(import.meta.dirname, "../../..");
export const PROGRAM = resolve(ROOT, process.env.TRUNKLINE_E2E_PROGRAM ?? "target/release/trunkline-server");
export const DIST = resolve(ROOT, process.env.TRUNKLINE_E2E_DIST ?? "dist");

export class Server {
  url = "";
  log = "";
  readonly folder = mkdtempSync(join(tmpdir(), "trunkline-e2e-"));
  private child: ChildProcess | undefined;
  private assets = DIST;

  /**
   * Starts with a configuration in TOML; resolves when the server names its address. With `ownFiles` it serves a copy of
   * the built files, and `deploy` can put others in their place.
   */
  static async start(toml: string, ownFiles = false): Promise<Server> {
    const server = new Server();
    if (ownFiles) {
      server.assets = join(server.folder, "dist");
      cpSync(DIST, server.assets, { recursive: true });
    }
    writeFileSync(join(server.folder, "trunkline.toml"), toml);
    await server.run("127.0.0.1:0");
    return server;
  }

  /** Simulates a deploy: every built file gets another name, the old ones are gone, and the page names the new ones. */
  deploy(): void {
    if (this.assets === DIST) throw new Error("deploy: this needs test.use({ settings: { deploys: true } })");
    const HASH = /-([0-9a-f]{16})(?=[._])/g;
    const turned = (text: string) => text.replace(HASH, (_, hash: string) => `-${[...hash].reverse().join("")}`);
    for (const entry of readdirSync(this.assets, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) renameSync(join(entry.parentPath, entry.name), join(entry.parentPath, turned(entry.name)));
    }
    const page = join(this.assets, "index.html");
    writeFileSync(page, turned(readFileSync(page, "utf8")));
    for (const packed of [`${page}.br`, `${page}.gz`]) rmSync(packed, { force: true });
  }

  /** Called before a restart: what a browser asks for meanwhile meets nobody. */
  onRestart: () => void = () => {};

  /** Ends it as an operator would, and starts it again at the same address with the same data. */
  async restart(): Promise<void> {
    this.onRestart();
    await this.end();
    await this.run(new URL(this.url).host);
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    const child = this.child;
    if (!child) return;
    const ended = new Promise<void>((done) => child.once("exit", () => done()));
    child.kill("SIGKILL");
    await ended;
  }

  /** Starts it again, where it was, with the same data. */
  async revive(): Promise<void> {
    await this.run(new URL(this.url).host);
  }

  async stop(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /**
   * The number of requests with this method and a matching path template that the server received, such as
   * `/api/comm100/ticketing/channelAccounts/{id}`: all that it has answered, or that were given up, before this call.
   */
  async received(method: string, path: RegExp): Promise<number> {
    // One more request: when its line is in the log, so are all before it.
    const marker = await fetch(`${this.url}/api/health`);
    const id = marker.headers.get("trunkline-request-id");
    await marker.text();
    while (!this.log.includes(`id=${id} `)) await once(this.child!.stderr!, "data");
    return this.lines().filter((line) => line.method === method && path.test(line.path)).length;
  }

  /** The log's line of each request: method, path template, status; 499 for one that was given up. */
  lines(): { method: string; path: string; status: number }[] {
    const found = this.log.matchAll(/ request id=\w+ method=(\w+) path=(\S+) status=(\d+)/g);
    return [...found].map(([, method, path, status]) => ({ method, path, status: Number(status) }));
  }

  private run(listen: string): Promise<void> {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("TRUNKLINE_")));
    const options = { "--listen": listen, "--data": join(this.folder, "data"), "--config": join(this.folder, "trunkline.toml"), "--assets": this.assets };
    const child = spawn(PROGRAM, Object.entries(options).flat(), { env, stdio: ["ignore", "pipe", "pipe"] });
    this.child = child;
    child.stderr.setEncoding("utf8").on("data", (text: string) => (this.log += text));
    return new Promise((started, failed) => {
      child.once("error", failed);
      child.once("exit", (code) => failed(new Error(`the server ended with ${code} before it was up:\n${this.log}`)));
      createInterface(child.stdout).on("line", (line) => {
        this.log += `${line}\n`;
        const address = /^Trunkline is at (http:\/\/\S+)/.exec(line)?.[1];
        if (!address) return;
        this.url = address.replace(/\/$/, "");
        started();
      });
    });
  }

  /** SIGTERM; the server has five seconds, open streams included. */
  private async end(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((done) => child.once("exit", () => done()));
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 6000);
    await ended;
    clearTimeout(late);
    if (child.signalCode === "SIGKILL") throw new Error("the server did not end within 6 seconds of SIGTERM");
  }
}
