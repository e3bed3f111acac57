// Checks beyond axe: target sizes, horizontal scrolling, focus order and visibility.
import type { Page } from "@playwright/test";

/** Two frames: one for a new layout, one for what follows it. */
export const painted = (page: Page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Targets under 24 by 24 px, but for links within a text. */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>("a[href], button, input:not([type=hidden]), select, textarea, summary, [role=tab], [role=menuitem]")) {
      // A click on the label is one on the field: both count.
      const label = element.closest("label") ?? (element instanceof HTMLInputElement && /checkbox|radio/.test(element.type) ? element.labels?.[0] : null);
      // A link may lie over the whole of its card.
      const card = getComputedStyle(element, "::after").position === "absolute" ? element.offsetParent : null;
      const boxes = [element, ...(label ? [label] : []), ...(card ? [card] : [])].map((part) => part.getBoundingClientRect());
      const width = Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left));
      const height = Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top));
      if (!element.checkVisibility({ visibilityProperty: true }) || width === 0 || element.matches(".skip-link")) continue;
      if (element.matches("p a, li p a")) continue;
      if (width < 23.5 || height < 23.5) found.push(`${Math.round(width)}×${Math.round(height)}: ${element.outerHTML.slice(0, 120)}`);
    }
    return found;
  });

/** By how much the page is wider than the window, and what sticks out. */
export const sideways = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && (box.right > width + 1 || box.left < -1) && !element.closest(".table-scroll, .visually-hidden");
    });
    return [`${document.documentElement.scrollWidth} px of ${width}`, ...wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 100))];
  });

/**
 * Goes through the page by Tab, from its beginning until the focus comes round. Says where the focus doesn't show, lies
 * under something else, and which element Tab never reaches: a trap, or a hole.
 */
export async function tabFaults(page: Page): Promise<string[]> {
  const expected = await page.evaluate(() => {
    const root = document.querySelector("dialog[open]") ?? document.body;
    const all = [...root.querySelectorAll<HTMLElement>("a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex]")];
    const stops = all.filter((element) => {
      if (element.tabIndex < 0 || element.matches(":disabled") || !element.checkVisibility({ visibilityProperty: true })) return false;
      // The page behind an open menu of a small screen.
      if (element.closest("[inert]")) return false;
      if (element.closest("details:not([open])") && !element.matches("summary")) return false;
      // Of a group of radio buttons one is a stop.
      if (element instanceof HTMLInputElement && element.type === "radio" && !element.checked) {
        return ![...root.querySelectorAll<HTMLInputElement>("input[type=radio]:checked")].some((other) => other.name === element.name);
      }
      return true;
    });
    stops.forEach((element, at) => element.setAttribute("data-stop", String(at)));
    (document.activeElement as HTMLElement | null)?.blur();
    // Tab starts where the last click or focus was: at the beginning.
    if (root === document.body) {
      document.body.tabIndex = -1;
      document.body.focus();
      document.body.removeAttribute("tabindex");
    }
    return stops.length;
  });
  const seen = new Set<string>();
  const faults: string[] = [];
  let last: string | null = null;
  for (let press = 0; press < expected + 20 && seen.size < expected; press += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(async () => {
      const element = document.activeElement as HTMLElement | null;
      if (!element || element === document.body) return null;
      element.scrollIntoView({ block: "nearest" });
      const style = getComputedStyle(element);
      const outlined = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2;
      const box = element.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 12)];
      const uncovered = () => {
        const top = document.elementFromPoint(x, y);
        return !top || element.contains(top) || top.contains(element) || top.closest("label")?.control === element;
      };
      // The previously focused element may still be fading.
      if (!uncovered()) await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const free = uncovered();
      const cover = free ? "" : document.elementFromPoint(x, y)?.outerHTML.slice(0, 110);
      return { stop: element.getAttribute("data-stop"), what: element.outerHTML.slice(0, 110), outlined, free, cover };
    });
    if (!at) continue;
    // A date has a stop for each of its parts.
    if (at.stop !== null && at.stop === last) continue;
    last = at.stop;
    if (at.stop !== null && seen.has(at.stop)) {
      if (seen.size < expected) faults.push(`the focus came back to ${at.what}`);
      break;
    }
    if (at.stop !== null) seen.add(at.stop);
    if (!at.outlined) faults.push(`the focus doesn't show: ${at.what}`);
    if (!at.free) faults.push(`the focus is covered: ${at.what} by ${at.cover}`);
  }
  const missed = await page.evaluate(
    (seen) =>
      [...document.querySelectorAll("[data-stop]")]
        .filter((element) => !seen.includes(element.getAttribute("data-stop") ?? "") && element.checkVisibility({ visibilityProperty: true }))
        .map((element) => `Tab doesn't reach ${element.outerHTML.slice(0, 110)}`),
    [...seen],
  );
  return [...faults, ...missed];
}
