// The page for an address that leads nowhere: names the papers whose titles are nearest to it.

import { open, papers, search } from "./search-core.js";

const MOST = 6;
const ENDING = /\.(?:html?|md|txt|pdf|atom|rss|xml|json|bib|ris)$/i;
const TELLING = /\p{L}|\d{4}\.\d{4}/u; // words, or an arXiv id
const FOLDERS = new Set(["papers", "topics", "digests", "authors", "feeds", "search", "page", "index"]);

/** Returns the words that an address asks for, none where it has none. @param {string} path */
function asked(path) {
  try {
    const parts = decodeURIComponent(path).split("/").map((part) => part.replace(ENDING, ""));
    const last = parts.filter((part) => TELLING.test(part) && !FOLDERS.has(part)).pop() ?? "";
    return last.replace(/[-_+\s]+/g, " ").trim();
  } catch {
    return ""; // The address is no valid text.
  }
}

/** @param {string} address */
async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** @param {string} address */
const lunr = (address) =>
  new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(/** @type {any} */ (window).lunr);
    script.onerror = () => reject(new Error(address));
    document.head.append(script);
  });

/** Returns the papers that have words of the address, best first. @param {string} folder @param {string} words */
async function nearest(folder, words) {
  const shelf = await open(lunr(`${folder}lunr.js`), (file) => json(folder + file));
  const { hits } = await search(shelf, words);
  return papers(shelf, hits.slice(0, MOST).map(({ number }) => number));
}

/** @param {HTMLElement} section @param {string} words */
async function suggest(section, words) {
  const { folder = "", papers = "" } = section.dataset;
  const found = await nearest(folder, words);
  const list = /** @type {HTMLElement} */ (section.querySelector("ul"));
  for (const { slug, title } of found) {
    const link = document.createElement("a");
    link.href = `${papers}${slug}/`;
    link.dir = "auto";
    link.textContent = title;
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  section.hidden = !found.length;
}

// Below the folder of the site: on some hosts that has a name which would read as a question.
const home = new URL(document.querySelector(".op-wordmark")?.getAttribute("href") ?? "/", location.href).pathname;
const words = asked(location.pathname.startsWith(home) ? location.pathname.slice(home.length) : location.pathname);
const field = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-asked]"));
const section = /** @type {HTMLElement | null} */ (document.querySelector("[data-nearest]"));
if (field) field.value = words;
// The index is large: who saves data searches by hand. What fails leaves the page as it was.
const saves = /** @type {any} */ (navigator).connection?.saveData;
if (section && words && !saves) suggest(section, words).catch(() => {});
