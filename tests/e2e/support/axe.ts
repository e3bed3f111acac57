// Accessibility by axe-core, WCAG 2.2 A and AA. It is injected by evaluation, which a CSP does not concern.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** The rules that look at colours: all that another theme can change. */
export const COLOURS = ["color-contrast", "link-in-text-block"];

/**
 * A dialog that is still coming in is half transparent: what moves once is let come to its end. In closed details time
 * is idle, so invisible animations are not waited for.
 */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = document.getAnimations().filter(({ effect }) => effect instanceof KeyframeEffect && effect.target?.checkVisibility());
    const once = seen.filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    return Promise.allSettled(once.map(({ finished }) => finished)).then(() => undefined);
  });
}

/** Axe's findings with rule and elements; `rules` limits the rules. */
export async function violations(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(SOURCE);
  await settled(page);
  return page.evaluate(async (runOnly) => {
    const axe = (globalThis as unknown as { axe: { run: Function } }).axe;
    const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"] });
    return violations.map(
      (violation: { id: string; help: string; nodes: { target: string[]; failureSummary: string }[] }) =>
        `${violation.id}: ${violation.help}\n  ${violation.nodes.map((node) => node.target.join(" ")).join("\n  ")}`,
    );
  }, rules ?? TAGS);
}

/** Fails with each violation's rule and elements. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([]);
}
