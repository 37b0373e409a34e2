// The filter of a topic's page: over the whole topic, not only the papers that the page shows.

import * as shelf from "./shelf.js";

/**
 * A line of the topic's data; only what a list needs.
 * @typedef {{ slug: string, url: string, title: string, authors: string[], abstract: string | null, note: string | null,
 *   tldr: string | null, published: string | null, featured: { digest: string, date: string | null }[],
 *   topics: { slug: string }[], links: { arxiv: string | null, pdf: string | null, code: string[] }, folded?: string }} Row
 */

const AT_ONCE = 60;
const NAMED = 5;
const MONTHS = "January February March April May June July August September October November December".split(" ");
const FIELDS = ["q", "year", "digest", "order", "code", "unread"];

/** @param {string} text */
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** @param {string} date `YYYY-MM-DD` */
const readable = (date) => {
  const [year, month, day] = date.split("-").map(Number);
  return `${day} ${MONTHS[month - 1]} ${year}`;
};

/** @param {Row} row */
const firstDay = (row) => row.featured.find((mention) => mention.date)?.date ?? null;

/**
 * Returns an element with a class and what is in it.
 * @param {string} name @param {string} className @param {(string | Node)[]} inside
 */
function made(name, className, ...inside) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...inside);
  return element;
}

const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-filter]"));
const list = /** @type {HTMLElement} */ (document.querySelector("[data-list]"));
const found = /** @type {HTMLElement} */ (document.querySelector("[data-found]"));
const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
const own = [...list.childNodes];
const base = form.dataset.base ?? "";
/** @type {Promise<Row[]> | null} */
let loading = null;
let asked = 0;

/** @returns {Promise<Row[]>} The whole topic, newest first. */
function rows() {
  loading ??= fetch(form.dataset.filter ?? "")
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)))))
    .then((text) => text.split("\n").filter(Boolean).map((line) => JSON.parse(line)));
  return loading;
}

/** What is chosen, without what is not. */
function chosen() {
  const values = new FormData(form);
  return Object.fromEntries(FIELDS.map((name) => [name, String(values.get(name) ?? "").trim()]).filter(([, value]) => value));
}

/** @param {Row} row @param {Record<string, string>} wanted @param {string[]} words */
function fits(row, wanted, words) {
  row.folded ??= fold([row.title, row.authors.join(" "), row.note, row.tldr, row.abstract].filter(Boolean).join("\n"));
  return (
    words.every((word) => row.folded?.includes(word)) &&
    (!wanted.year || (row.published ?? "").startsWith(wanted.year)) &&
    (!wanted.digest || row.featured.some((mention) => mention.digest === wanted.digest)) &&
    (!wanted.code || row.links.code.length > 0) &&
    (!wanted.unread || shelf.readOn(row.slug) === undefined)
  );
}

/** @param {Row[]} all @param {string} order */
function ordered(all, order) {
  if (order === "title") return [...all].sort((a, b) => a.title.localeCompare(b.title, "en") || (a.slug < b.slug ? -1 : 1));
  if (order !== "oldest") return all;
  // The undated stay last, as in the list itself.
  return [...all.filter(firstDay).reverse(), ...all.filter((row) => !firstDay(row))];
}

/** @param {Row} row @param {string} beside What hangs beside the entry. */
function entry(row, beside) {
  const link = made("a", "", row.title.replaceAll("$", ""));
  link.id = `t-${row.slug}`;
  link.setAttribute("href", base + row.url);
  link.dir = "auto";
  const article = made("article", "op-entry");
  article.dataset.slug = row.slug;
  const day = firstDay(row);
  if (day) article.dataset.day = day;
  if (beside) article.append(made("p", "op-entry__no", beside));
  article.append(made("h3", "op-entry__title", link));
  const names = row.authors.length > NAMED ? [...row.authors.slice(0, 3), "and others"] : row.authors;
  const year = (row.published ?? "").slice(0, 4);
  if (names.length || year) {
    const who = names.length ? [made("bdi", "", names.join(", "))] : [];
    article.append(made("p", "op-entry__by", ...who, names.length && year ? " · " : "", year));
  }
  const said = row.note ?? row.tldr;
  if (said) {
    const short = row.note ? [] : [made("b", "", "In short"), " "];
    const note = made("p", `op-entry__note${row.note ? "" : " op-entry__short"}`, ...short, made("bdi", "", said));
    note.dir = "auto";
    article.append(note);
  }
  article.append(meta(row));
  return made("li", "", article);
}

/** @param {Row} row */
function meta(row) {
  const chips = row.topics.flatMap(({ slug }) => {
    const chip = form.querySelector(`[data-chip="${CSS.escape(slug)}"]`);
    return chip ? [/** @type {Element} */ (chip.cloneNode(true))] : [];
  });
  /** @type {[string, string, string | null | undefined][]} */
  const places = [
    ["arxiv", "arXiv", row.links.arxiv],
    ["pdf", "PDF", row.links.pdf],
    ["code", "Code", row.links.code[0]],
  ];
  const links = places.flatMap(([kind, label, href]) => {
    if (!href || !/^https?:\/\//.test(href)) return [];
    const link = made("a", "", label);
    link.id = `${kind}-${row.slug}`;
    link.setAttribute("href", href);
    link.setAttribute("rel", "noopener");
    link.setAttribute("aria-labelledby", `${kind}-${row.slug} t-${row.slug}`);
    return [link];
  });
  return made("div", "op-entry__meta", made("span", "op-topics", ...chips), made("span", "op-do", ...links));
}

/** @param {Row[]} shown @param {string} order @param {number} upTo */
function draw(shown, order, upTo) {
  let before = "";
  const items = shown.slice(0, upTo).map((row) => {
    const day = firstDay(row);
    const when = order === "title" ? "" : day ? readable(day) : "Undated";
    const beside = when === before ? "" : when;
    before = when;
    return entry(row, beside);
  });
  found.replaceChildren(made("ol", "op-list op-hanging", ...items));
  if (shown.length > upTo) {
    const more = made("button", "op-btn", `Show ${Math.min(AT_ONCE, shown.length - upTo)} more`);
    more.setAttribute("type", "button");
    more.addEventListener("click", () => {
      draw(shown, order, upTo + AT_ONCE);
      /** @type {HTMLElement | null} */ (found.querySelectorAll(".op-entry__title a")[upTo] ?? null)?.focus();
    });
    found.append(made("p", "op-more-button", more));
  }
}

/** Shows the found papers or the page's own; never both, for their ids are the same. @param {boolean} active */
function swap(active) {
  if (list.hidden === active) return;
  list.hidden = active;
  found.hidden = !active;
  found.replaceChildren();
  list.replaceChildren(...(active ? [] : own));
}

async function apply() {
  const mine = ++asked;
  const wanted = chosen();
  const active = Object.keys(wanted).length > 0;
  const query = new URLSearchParams(wanted).toString();
  history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
  swap(active);
  if (!active) {
    status.textContent = "";
    return;
  }
  try {
    const all = await rows();
    if (mine !== asked) return;
    const words = fold(wanted.q ?? "").split(/\s+/).filter(Boolean);
    const shown = ordered(all.filter((row) => fits(row, wanted, words)), wanted.order ?? "");
    draw(shown, wanted.order ?? "", AT_ONCE);
    status.textContent = `${shown.length.toLocaleString("en")} of ${all.length.toLocaleString("en")} papers`;
  } catch {
    swap(false);
    status.textContent = "The list of this topic could not be loaded: this page’s papers are all that can be shown.";
  }
}

function restore() {
  const asked = new URLSearchParams(location.search);
  for (const name of FIELDS) {
    const field = /** @type {HTMLInputElement | HTMLSelectElement} */ (form.elements.namedItem(name));
    if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = asked.has(name);
    else field.value = asked.get(name) ?? "";
    // An address may name a digest that the topic no longer has.
    if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = "";
  }
  apply();
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", apply);
form.addEventListener("reset", () => setTimeout(apply));
addEventListener("popstate", restore);
restore();
