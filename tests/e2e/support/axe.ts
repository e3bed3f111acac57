// Accessibility by axe-core, WCAG 2.2 A and AA. It is injected by evaluation, which a CSP does not concern.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails with each violation's rule and elements. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(SOURCE);
  const violations = await page.evaluate(async (tags) => {
    const axe = (globalThis as unknown as { axe: { run: Function } }).axe;
    const { violations } = await axe.run(document, { runOnly: tags });
    return violations.map(
      (violation: { id: string; help: string; nodes: { target: string[]; failureSummary: string }[] }) =>
        `${violation.id}: ${violation.help}\n  ${violation.nodes.map((node) => node.target.join(" ")).join("\n  ")}`,
    );
  }, TAGS);
  expect(violations).toEqual([]);
}
