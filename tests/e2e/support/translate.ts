// The browser's page translation, as Chrome does it: each text node is taken away, and two nested <font> elements with
// the words stand in its place; what comes in later is translated too.
import type { Page } from "@playwright/test";

/**
 * A translator's treatment of a text node: `replace` (Chrome: another node in two <font>s), or `wrap` (the same node moved into
 * two <font>s, as some extensions do).
 */
export type Manner = "replace" | "wrap";

/**
 * Translates the page from now on. The words stay as they are, so that a journey finds them by the names it knows: what
 * it must not find any more is what the app has taken away.
 */
export async function translate(page: Page, manner: Manner = "replace"): Promise<void> {
  await page.evaluate((manner) => {
    const font = () => Object.assign(document.createElement("font"), { dir: "auto" });
    const skipped = (element: Element | null) =>
      !element || element.closest("font, script, style, textarea, template, [translate=no], .notranslate") !== null;
    const words = (text: Text) => {
      const parent = text.parentElement;
      if (!text.data.trim() || !parent || skipped(parent)) return;
      const [outer, inner] = [font(), font()];
      outer.append(inner);
      if (manner === "wrap") {
        text.replaceWith(outer);
        inner.append(text);
      } else {
        inner.append(text.data);
        text.replaceWith(outer);
      }
    };
    const all = (root: Node) => {
      if (root instanceof Text) return words(root);
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const found: Text[] = [];
      while (walker.nextNode()) found.push(walker.currentNode as Text);
      found.forEach(words);
    };
    document.documentElement.classList.add("translated-ltr");
    // The title is no text node in the page: a translator sets it as a whole.
    all(document.body);
    new MutationObserver((records) => {
      for (const { addedNodes } of records) addedNodes.forEach((node) => node.isConnected && all(node));
    }).observe(document.body, { childList: true, subtree: true });
  }, manner);
}
