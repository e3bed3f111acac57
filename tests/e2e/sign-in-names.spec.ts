// Signing in as people type, beside another console, and behind a proxy.
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { Server } from "./support/server";
import { expect, test } from "./support/test";
import { addUser, removeUser } from "./support/users";

const NAME = "Ärzte";
const PASSWORD = "Zwölf Körbe am Tor";

async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

for (const [how, name, password] of [
  ["typed in decomposed form", NAME.normalize("NFD"), PASSWORD.normalize("NFD")],
  ["typed in small letters", "ärzte", PASSWORD],
  ["pasted with a mark that nobody sees", `\u202a${NAME}\u202c`, PASSWORD],
]) {
  test(`a name and a password with umlauts are accepted when ${how}`, async ({ page, server }) => {
    addUser(server, NAME, PASSWORD);
    await signIn(page, name, password);
    await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
    const session = await (await page.request.get("/api/session")).json();
    expect(session.user.name).toBe(NAME);
  });
}

test("a second user whose name differs in case or composition only is refused", async ({ server }) => {
  addUser(server, NAME, PASSWORD);
  for (const name of ["ärzte", NAME.normalize("NFD"), "ÄRZTE"]) {
    expect(() => addUser(server, name, PASSWORD), name).toThrow(/There already is a user named/);
  }
});

test("a common password is refused", async ({ server }) => {
  expect(() => addUser(server, "ada", "password1")).toThrow(/one of the first that are guessed/);
});

test("two consoles on one host at two ports both stay signed in", async ({ server, browser }) => {
  const other = await Server.start("[sandbox]\nticket_seconds = 0\n");
  // Not the guarded browser: it visits two servers.
  const context = await browser.newContext();
  try {
    const [one, two] = [await context.newPage(), await context.newPage()];
    await one.goto(server.url);
    await one.getByRole("button", { name: "Continue as demo admin" }).click();
    await expect(one.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
    await two.goto(other.url);
    await two.getByRole("button", { name: "Continue as demo agent" }).click();
    await expect(two.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
    for (const [page, name, home] of [[one, "demo admin", "Overview"], [two, "demo agent", "Inbox"]] as const) {
      await page.reload();
      await expect(page.getByRole("heading", { level: 1, name: home })).toBeVisible();
      expect(await page.evaluate(async () => (await (await fetch("/api/session")).json()).user.name)).toBe(name);
    }
  } finally {
    await context.close();
    await other.stop();
  }
});

test("a proxy without forwarding headers is offered no demo user", async ({ server, browser }) => {
  const target = new URL(server.url);
  // As nginx does for `proxy_pass http://127.0.0.1:8080;`: HTTP/1.0, the server's own address as Host, no word of the browser's.
  const proxy = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, host: target.host, connection: "close" };
    const onward = request({ host: target.hostname, port: target.port, method: incoming.method, path: incoming.url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    // Node speaks HTTP/1.1 by itself: its first line is written before the headers are sent.
    const own = onward as unknown as { _storeHeader(line: string, headers: unknown): void };
    const store = own._storeHeader.bind(onward);
    own._storeHeader = (line, all) => store(line.replace("HTTP/1.1", "HTTP/1.0"), all);
    incoming.pipe(onward);
    onward.on("error", () => outgoing.destroy());
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`http://localhost:${(proxy.address() as AddressInfo).port}/`);
    await expect(page.getByLabel("Password", { exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: "Continue as demo admin" })).toHaveCount(0);
    await page.goto(server.url);
    await expect(page.getByRole("button", { name: "Continue as demo admin" })).toBeVisible();
  } finally {
    await context.close();
    proxy.closeAllConnections();
    proxy.close();
  }
});

test.describe("with upstreams", () => {
  test.use({ vendors: "upstream", settings: { toml: "# demo_users is not set" } });

  test("there are no demo users by default", async ({ page }) => {
    await page.goto("/");
    await expect(page.getByLabel("Password", { exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: "Continue as demo admin" })).toHaveCount(0);
  });
});

test("with the last user removed, no demo user is offered", async ({ page, server }) => {
  addUser(server, "ada", "correct horse battery");
  removeUser(server, "ada");
  await page.goto("/");
  await expect(page.getByLabel("Password", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Continue as demo admin" })).toHaveCount(0);
});
