// Fails a journey on a console error, a page error, a CSP violation, a request to another host, or
// a credential in anything the browser received.
import type { BrowserContext, Page, Response } from "@playwright/test";

/** One answer the browser received. */
export interface Received {
  method: string;
  url: string;
  status: number;
  body: string;
  headers: Record<string, string>;
}

/** Milliseconds that the end of what was received is waited for when a journey is over. */
const LATE_MS = 10_000;

/**
 * The browser's notice that the guard's own init script, which Playwright puts into every frame, may not run in a frame
 * without rights. It comes whenever an event's HTML body is shown, however short. Journeys about bodies look at the
 * frame's source for scripts themselves.
 */
const FRAME_NOTICE = /^console: Blocked script execution in 'about:srcdoc'/;

/** A built chunk, by its URL. */
const CHUNK = /\/trunkline-\w+-[0-9a-f]{16}\.wasm$/;

export class Guard {
  readonly problems: string[] = [];
  readonly received: Received[] = [];
  private readonly allowed: RegExp[] = [FRAME_NOTICE];
  private readonly reading: Promise<void>[] = [];
  private readonly unread = new Set<Response>();

  constructor(
    private readonly origin: string,
    private readonly secrets: string[],
  ) {}

  /** A message that this test provokes, such as the browser's own line about a 404. */
  allow(pattern: RegExp): void {
    this.allowed.push(pattern);
  }

  async watch(context: BrowserContext): Promise<void> {
    // A violation is logged by the browser as well; this also catches those of report-only policies and says where.
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ""}`);
      });
    });
    // A browser that translates the page takes text nodes away: the app must never write to one that stands, nor take one
    // from beside other nodes (src/reactive.rs, `Text`).
    await context.addInitScript(() => {
      const about = (node: Node, what: string) => {
        const element = node instanceof Element ? node : node.parentElement;
        if (element && !element.closest("#boot, title")) console.error(`a text node ${what}: ${element.outerHTML.slice(0, 160)}`);
      };
      const look = (records: MutationRecord[]) => {
        for (const { type, target, removedNodes, addedNodes } of records) {
          if (type === "characterData") about(target, "was written to");
          const isText = (node: Node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim();
          const others = target.isConnected && [...target.childNodes].some((node) => node.nodeType !== Node.TEXT_NODE);
          if (type === "childList" && addedNodes.length === 0 && others && [...removedNodes].some(isText)) about(target, "was taken from beside others");
        }
      };
      // Until then it is the parser that writes.
      document.addEventListener("DOMContentLoaded", () => {
        new MutationObserver(look).observe(document, { characterData: true, childList: true, subtree: true });
      });
    });
    context.on("page", (page) => this.watchPage(page));
    context.on("response", (response) => this.reading.push(this.read(response)));
    context.on("request", (request) => {
      const url = request.url();
      if (/^https?:/.test(url) && !url.startsWith(`${this.origin}/`)) this.problems.push(`a request to ${url}`);
    });
  }

  /** The problems found, after every response was searched. */
  async found(): Promise<string[]> {
    // A body that never ends cannot be searched; naming it says more than a time-out.
    const begun = [...this.unread];
    let late: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<void>((resolve) => (late = setTimeout(resolve, LATE_MS)));
    await Promise.race([Promise.all(this.reading), tooLate]);
    clearTimeout(late);
    // The browser does not always report the end of a chunk that was prefetched into a blob.
    const endless = begun.filter((response) => this.unread.has(response) && !CHUNK.test(response.url()));
    for (const response of endless) this.problems.push(`${response.url()} did not end`);
    for (const { url, body, headers } of this.received) {
      const all = `${url}\n${JSON.stringify(headers)}\n${body}`;
      for (const secret of this.secrets) if (all.includes(secret)) this.problems.push(`${url} holds ${secret}`);
    }
    return this.problems.filter((problem) => !this.allowed.some((pattern) => pattern.test(problem)));
  }

  private watchPage(page: Page): void {
    page.on("console", (message) => {
      if (message.type() === "error") this.problems.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => this.problems.push(`page: ${error.message}`));
    page.on("crash", () => this.problems.push("the page crashed"));
  }

  private async read(response: Response): Promise<void> {
    // A stream never ends, a redirect or an aborted request has no body.
    const headers = response.headers();
    const stream = headers["content-type"]?.startsWith("text/event-stream");
    this.unread.add(response);
    const body = stream ? "" : await response.text().catch(() => "");
    this.unread.delete(response);
    this.received.push({ method: response.request().method(), url: response.url(), status: response.status(), body, headers });
  }
}
