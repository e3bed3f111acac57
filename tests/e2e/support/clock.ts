// A browser's clock that is wrong, or is set while the page is open. The monotonic one goes on as it is.
import type { BrowserContext, Page } from "@playwright/test";

/** Sets the clock of every page that opens from now on off by so many milliseconds. */
export async function setClockOff(context: BrowserContext, milliseconds: number): Promise<void> {
  await context.addInitScript((off) => {
    const Right = Date;
    const clock = globalThis as unknown as { clockOff: number; Date: DateConstructor };
    clock.clockOff = off;
    clock.Date = class extends Right {
      constructor(...given: unknown[]) {
        super(...((given.length ? given : [Right.now() + clock.clockOff]) as []));
      }
      static now() {
        return Right.now() + clock.clockOff;
      }
    } as DateConstructor;
  }, milliseconds);
}

/** Sets the clock of an open page. */
export async function jump(page: Page, milliseconds: number): Promise<void> {
  await page.evaluate((off) => {
    (globalThis as unknown as { clockOff: number }).clockOff += off;
  }, milliseconds);
}
