// Print what pa11y finds on pages, as JSON: node pa11y.cjs PACKAGES CHROMIUM PAGES
// PACKAGES is the folder node_modules. PAGES is a JSON list of {url, sign, press?}: `sign` is a
// selector of what shows once the page is done; `press` is {url, selector}, buttons to press on
// another page before. The result is a list of {url, look, code, selector, context, message},
// every page looked at in light and dark, on a phone and on a desk.
"use strict";

const { join } = require("node:path");

const [packages, chromium, pages] = process.argv.slice(2);
const pa11y = require(join(packages, "pa11y"));
const puppeteer = require(join(packages, "puppeteer"));

const WIDTHS = [360, 1280];
const SCHEMES = ["light", "dark"];
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

/** Opens one page in all its looks. */
async function look(browser, page, { url, sign, press }) {
  if (press) {
    await page.goto(press.url);
    for (const button of await page.$$(press.selector)) await button.click();
  }
  const found = [];
  for (const width of WIDTHS) {
    for (const scheme of SCHEMES) {
      const viewport = { width, height: 900 };
      await page.setViewport(viewport);
      await page.emulateMediaFeatures([
        { name: "prefers-color-scheme", value: scheme },
        { name: "prefers-reduced-motion", value: "reduce" },
      ]);
      await page.goto(url);
      await page.waitForSelector(sign, { visible: true, timeout: 20000 });
      const result = await pa11y(url, { browser, page, viewport, ignoreUrl: true, standard: "WCAG2AA", timeout: 60000 });
      found.push(...result.issues.map((issue) => ({ url, look: `${width} ${scheme}`, ...issue })));
    }
  }
  return found;
}

async function main() {
  const browser = await puppeteer.launch({ executablePath: chromium, args: ARGUMENTS });
  try {
    const page = await browser.newPage();
    const found = [];
    for (const one of JSON.parse(pages)) found.push(...(await look(browser, page, one)));
    process.stdout.write(JSON.stringify(found));
  } finally {
    await browser.close();
  }
}

main().catch((reason) => {
  console.error(reason);
  process.exit(1);
});
