// Print what Lighthouse says of pages on its phone, as JSON:
// node lighthouse.mjs PACKAGES CHROMIUM RUNS URL…
// PACKAGES is the folder node_modules. Throttling is simulated. The result is a list of
// {url, scores, performance, faults}: scores from 0 to 100 by category, RUNS performances, and
// the audits of the gated categories that are not perfect.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [packages, chromium, runs, ...urls] = process.argv.slice(2);
const puppeteer = createRequire(import.meta.url)(join(packages, "puppeteer"));
const { default: lighthouse } = await import(pathToFileURL(join(packages, "lighthouse/core/index.js")).href);

const GATED = ["accessibility", "best-practices", "seo"];
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

const score = (category) => Math.round((category.score ?? 0) * 100);

async function measure(url, onlyCategories) {
  // A browser of its own: nothing is cached, nothing is warm.
  const browser = await puppeteer.launch({ executablePath: chromium, args: ARGUMENTS });
  try {
    const port = Number(new URL(browser.wsEndpoint()).port);
    const { lhr } = await lighthouse(url, { port, onlyCategories, logLevel: "error" });
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    return lhr;
  } finally {
    await browser.close();
  }
}

/** The audits that cost points. */
const faults = (lhr) =>
  GATED.flatMap((name) => lhr.categories[name].auditRefs.filter((one) => one.weight))
    .map((one) => lhr.audits[one.id])
    .filter((audit) => audit.score !== null && audit.score < 1)
    .map((audit) => `${audit.id}: ${audit.title}`);

const found = [];
for (const url of urls) {
  const first = await measure(url, [...GATED, "performance"]);
  const performance = [score(first.categories.performance)];
  while (performance.length < Number(runs)) {
    performance.push(score((await measure(url, ["performance"])).categories.performance));
  }
  const scores = Object.fromEntries(GATED.map((name) => [name, score(first.categories[name])]));
  found.push({ url, scores, performance, faults: faults(first) });
}
process.stdout.write(JSON.stringify(found));
