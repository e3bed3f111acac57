// Installed in every measured page before its own scripts: app and floor are measured alike.

/** In the page. Times are milliseconds since the navigation began. */
export function probe() {
  const row = "tbody tr[aria-rowindex]";
  // The task that follows the frame, before any that waited longer: what the frame shows is on its way to the screen.
  const afterFrame = () => new Promise((done) => scheduler.postTask(() => done(performance.now()), { priority: "user-blocking" }));
  const painted = () => new Promise((done) => requestAnimationFrame(() => done(afterFrame())));

  const longTasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) longTasks.push({ startTime, duration });
  }).observe({ type: "longtask", buffered: true });

  const firstRows = new Promise((done) => {
    const look = () => document.querySelector(row) && (observer.disconnect(), done(painted()));
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true });
  });

  /** Resolves in the first frame in which all of this is on the screen. */
  const shows = ({ count, first, header, sort }) => {
    const table = document.querySelector("table.table");
    const shown =
      (count === undefined || Number(table.getAttribute("aria-rowcount")) === count + 1) &&
      (first === undefined || table.querySelector(row)?.getAttribute("data-row") === first) &&
      (header === undefined || table.tHead.rows[0].cells[header].getAttribute("aria-sort") === sort);
    return shown;
  };

  let pending;
  /** Waits for the next event of this type, and from its own time until the page shows what is expected. */
  const arm = (type, expected) => {
    pending = new Promise((done, failed) => {
      const begun = (event) => {
        const late = performance.now() + 60_000;
        // Called before the frame is laid out and painted: its own end counts, not that of the next one.
        const look = async () => {
          if (shows(expected)) return done((await afterFrame()) - event.timeStamp);
          if (performance.now() > late) return failed(new Error(`never shown: ${JSON.stringify(expected)}`));
          requestAnimationFrame(look);
        };
        // In this very frame, if the page is done by then.
        requestAnimationFrame(look);
      };
      addEventListener(type, begun, { capture: true, once: true });
    });
    pending.catch(() => {});
  };

  /** Scrolls by so many pixels a frame; the frames' lengths in milliseconds. */
  const scroll = (frames, pixels) =>
    new Promise((done) => {
      const scroller = document.querySelector(".table-scroll");
      const lengths = [];
      let last;
      const frame = (now) => {
        if (last !== undefined) lengths.push(now - last);
        last = now;
        if (lengths.length === frames) return done(lengths);
        scroller.scrollTop += pixels;
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });

  globalThis.bench = { firstRows, arm, pending: () => pending, scroll, longTasks };
}
