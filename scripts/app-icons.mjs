// Makes the app's icons, public/app-icons/*.png, of the mark in public/favicon.svg: `node scripts/app-icons.mjs`.
// They are committed; this is for when the mark changes. Needs what `scripts/setup.sh test` installs.
import { readFileSync } from "node:fs";
import { chromium } from "@playwright/test";

const mark = readFileSync("public/favicon.svg", "utf8");
const [, colour] = /<rect [^>]*fill="(#\w+)"/.exec(mark);
/** A maskable icon is cut to any shape: its ground has no corners, and the mark stays in the middle 80 %. */
const maskable = mark
  .replace(/ rx="\d+"/, "")
  .replace("<svg", `<svg style="background:${colour}"`)
  .replace('viewBox="0 0 32 32"', 'viewBox="-4 -4 40 40"');
const ICONS = [
  ["192", 192, mark],
  ["512", 512, mark],
  ["maskable-512", 512, maskable],
  // iOS rounds the corners itself.
  ["apple-180", 180, maskable],
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
try {
  for (const [name, size, svg] of ICONS) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
    await page.screenshot({ path: `public/app-icons/${name}.png`, omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}
