// Users of a server that runs, by its command line.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { PROGRAM, type Server } from "./server";

function user(server: Server, args: string[], input: string): void {
  const all = ["--data", join(server.folder, "data"), "user", ...args];
  execFileSync(PROGRAM, all, { input, stdio: ["pipe", "pipe", "pipe"] });
}

/** `trunkline-server user add`. */
export function addUser(server: Server, name: string, password: string, role: "admin" | "agent" = "agent"): void {
  user(server, ["add", name, "--role", role], `${password}\n`);
}

/** `trunkline-server user remove`. */
export function removeUser(server: Server, name: string): void {
  user(server, ["remove", name], "");
}
