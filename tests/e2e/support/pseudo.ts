// A language for tests alone: English accented and 40 % longer, every text between brackets of its own. It is made of the
// English file on its way to the browser and never built.
import type { BrowserContext, Page } from "@playwright/test";
import { english } from "./texts";

const OPEN = "⟦";
const CLOSE = "⟧";
const ACCENTS: Record<string, string> = { a: "ä", e: "ë", i: "ï", o: "ö", u: "ü", c: "ç", n: "ñ", A: "Ä", E: "Ë", I: "Ï", O: "Ö", U: "Ü" };

/** A text as the pseudo-language has it; places stay. */
export function pseudo(text: string): string {
  // Nothing to translate in "{0} %" and "{0} ({1})"; the brackets tell that a text of several values is one.
  if (!/[a-zA-Z]/.test(text)) return text.includes("{1}") ? `${OPEN}${text}${CLOSE}` : text;
  const accented = text.replace(/\{\d\}|[a-zA-Z]/g, (part) => ACCENTS[part] ?? part);
  const more = Math.ceil(text.replace(/\{\d\}/g, "").length * 0.4);
  // A short text becomes one long word, as in German; a long one gets more words.
  const rest = text.length < 12 ? "x".repeat(more) : ` ${"öxöxöx ".repeat(Math.ceil(more / 7)).slice(0, more)}`;
  return `${OPEN}${accented}${rest}${CLOSE}`;
}

/** Lets every page of a context speak it in place of a language. */
export async function speakPseudo(context: BrowserContext, instead = "en"): Promise<void> {
  await context.route(new RegExp(`/locales/${instead}-[0-9a-f]+\\.json$`), (route) => {
    const all = english();
    const forms = (text: string | Record<string, string>) =>
      typeof text === "string" ? pseudo(text) : Object.fromEntries(Object.entries(text).map(([form, words]) => [form, pseudo(words)]));
    const boot = Object.fromEntries(Object.entries(all.boot).map(([key, words]) => [key, pseudo(words)]));
    return route.fulfill({ json: { mark: all.mark, boot, texts: all.texts.map(forms) } });
  });
}

/**
 * Problems of the page's texts, one line each: cut off, overflowing their box or the page, or
 * not from the catalogue. `data` is what the vendors sent: it is nobody's to translate.
 */
export async function textFaults(page: Page, data: string): Promise<string[]> {
  return page.evaluate(
    ({ data, marks }) => {
      const found = new Set<string>();
      const name = (element: Element) => {
        const of = (it: Element) => `${it.localName}${it.id && !/\d$/.test(it.id) ? `#${it.id}` : ""}${[...it.classList].map((part) => `.${part}`).join("")}`;
        return `${element.parentElement ? `${of(element.parentElement)} > ` : ""}${of(element)}`;
      };
      const short = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

      // Names of the vendors and of the console, what the keyboard and HTTP call themselves, and times.
      const own = /^(Trunkline|Comm100|jtel|one-view|Sobot|99digital|Gateway|GET|POST|PUT|PATCH|DELETE|JSON|j|k|K|↑|↓|Enter|Esc|\/|\?|·|English|Deutsch|Français|עברית|简体中文)$/;
      // The pseudo-language replaces English and German.
      const day = "(Mo|Tu|We|Th|Fr|Sa|Su|Di|Mi|Do|Ja|Fe|Ma|Mä|Ap|Ju|Au|Se|So|Oc|Ok|No|De)";
      const dated = new RegExp(`^[\\s\\d.:,/–-]*(${day}\\p{L}*[\\s\\d.:,/–-]*)+(at |um |UTC|GMT|CES?T|MESZ|MEZ|[AP]M|[\\s\\d:+])*$`, "u");
      // The browser's own words for a time that has passed.
      const passed = /^(\d+ \S+( ago)?|yesterday|now|vor \d+ .+|gestern|jetzt)$/;
      // Put together of what a vendor sent in pieces: "Sabine" and "von Hohenfels", a list with commas, a name · an address.
      const words = (text: string): boolean => {
        if (data.includes(`"${text}"`)) return true;
        const parts = text.split(/,?\s+(?:·\s+)?/);
        const begins = (at: number) => data.includes(`"${parts.slice(0, at).join(" ")}"`) && words(parts.slice(at).join(" "));
        return parts.some((_, at) => at > 0 && begins(at));
      };
      const translated = (text: string): boolean =>
        // Several values of a vendor, each isolated from the others' direction.
        (text.includes(" · ") && text.split(" · ").every((part) => translated(part.replace(/[\u2068\u2069]/g, "")))) ||
        !/\p{L}/u.test(text) || text.includes(marks[0]) || text.includes(marks[1]) || own.test(text) || dated.test(text) || passed.test(text) ||
        data.includes(text) || data.includes(JSON.stringify(text).slice(1, -1)) || words(text);

      const hidden = (element: Element) => {
        const style = getComputedStyle(element);
        return style.visibility !== "visible" || style.clipPath !== "none" || Number(style.opacity) === 0;
      };
      // A table's cells tell the whole of their text when the pointer comes over them.
      for (const cell of document.querySelectorAll(".table tbody :is(td, th)")) cell.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = (node.nodeValue ?? "").trim();
        const at = node.parentElement as HTMLElement;
        if (!text || ["SCRIPT", "STYLE", "NOSCRIPT"].includes(at.tagName)) continue;
        if (!at.closest("time, .avatar, .table .assigned, pre, datalist, .content-text") && !translated(text)) found.add(`untranslated: ${short(text)} (${name(at)})`);

        const range = document.createRange();
        range.selectNodeContents(node);
        const rects = [...range.getClientRects()].filter((rect) => rect.width > 0 && rect.height > 0);
        if (!rects.length || at.closest("option, svg, .visually-hidden, .skip-link")) continue;
        const [left, right, top, bottom] = [
          Math.min(...rects.map((rect) => rect.left)),
          Math.max(...rects.map((rect) => rect.right)),
          Math.min(...rects.map((rect) => rect.top)),
          Math.max(...rects.map((rect) => rect.bottom)),
        ];
        let box: HTMLElement | null = at;
        while (box && getComputedStyle(box).display.startsWith("inline") && !/inline-(flex|block|grid)/.test(getComputedStyle(box).display)) box = box.parentElement;
        const inside = box?.getBoundingClientRect();
        if (inside && (right > inside.right + 1 || left < inside.left - 1) && getComputedStyle(box!).overflowX === "visible") {
          found.add(`sticks out of its box: ${short(text)} (${name(box!)})`);
        }
        let said = false;
        for (let up: HTMLElement | null = at; up && up !== document.documentElement; up = up.parentElement) {
          if (hidden(up)) {
            said = true;
            break;
          }
          const style = getComputedStyle(up);
          if (/auto|scroll/.test(style.overflowX)) {
            said = true;
            break;
          }
          const edge = up.getBoundingClientRect();
          const cut = /hidden|clip/.test(style.overflowX) && (right > edge.right + 1 || left < edge.left - 1);
          // A line that doesn't fit may be left out whole.
          const low = /hidden|clip/.test(style.overflowY) && bottom > edge.bottom + 1 && top < edge.bottom - 1;
          // Shortened on purpose, with the whole text on hover.
          const ellipsis = (style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none") && (at.closest("[title]") || up.closest("[title]"));
          if ((cut || low) && !ellipsis) found.add(`cut: ${short(text)} (${name(at)} in ${name(up)})`);
          if (cut || low || (/hidden|clip/.test(style.overflowY) && top >= edge.bottom - 1)) {
            said = true;
            break;
          }
        }
        const width = document.documentElement.clientWidth;
        if (!said && (right > width + 1 || left < -1)) found.add(`beyond the page: ${short(text)} (${name(at)})`);
      }
      for (const element of document.body.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
        for (const attribute of ["aria-label", "title", "placeholder", "alt"]) {
          const text = (element.getAttribute(attribute) ?? "").trim();
          if (text && !translated(text)) found.add(`untranslated ${attribute}: ${short(text)} (${name(element)})`);
        }
      }
      if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.add("the page scrolls sideways");
      return [...found];
    },
    { data, marks: [OPEN, CLOSE] },
  );
}
