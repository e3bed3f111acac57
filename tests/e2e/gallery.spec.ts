// The gallery of components is for those who build them: a release has neither its page nor its texts.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { content, filesOf } from "./support/built";
import { DIST } from "./support/server";
import { expect, test } from "./support/test";

const ROOT = resolve(import.meta.dirname, "../..");
const GALLERY = join("src", "ui", "gallery.rs");

/** Sentences that stand in the gallery's source and nowhere else in what the app is made of. */
function sentences(): string[] {
  const source = readFileSync(join(ROOT, GALLERY), "utf8");
  const all = [...source.matchAll(/"([A-Z][^"\\{}]* [^"\\{}]*)"/g)].map(([, text]) => text as string);
  const others = ["src", "api/src", "locales", "style"].flatMap((folder) =>
    filesOf(join(ROOT, folder)).map((name) => join(folder, name)).filter((name) => name !== GALLERY),
  );
  const rest = others.map((name) => readFileSync(join(ROOT, name), "utf8")).join("\n");
  return all.filter((text) => text.length >= 12 && !rest.includes(text));
}

test("the gallery has no address in a release", async ({ signInAs }) => {
  const page = await signInAs("admin", "/gallery");
  await expect(page.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Go to the overview" })).toBeVisible();
});

test("no built file contains the gallery's texts", () => {
  const texts = sentences();
  expect(texts.length).toBeGreaterThan(15);
  const built = filesOf(DIST).map((name) => ({ name, text: content(name) }));
  // Proof that this search finds texts that the code does contain.
  expect(built.some(({ text }) => text.includes("dialog[open]"))).toBe(true);
  const found = built.flatMap(({ name, text }) => {
    return texts.filter((sentence) => text.includes(sentence)).map((sentence) => `${name}: ${sentence}`);
  });
  expect(found).toEqual([]);
});
