// On every page: what is new, what is read, Save buttons, and the number of saved papers in the masthead.

import * as shelf from "./shelf.js";

/** @typedef {import("./shelf.js").Facts} Facts */

const newest = document.querySelector("[data-newest]")?.getAttribute("data-newest") || null;
/** What was first featured after this day is new. */
export const since = shelf.visit(newest, Date.now());

// ---- facts, from a list's entry or from a paper's page ----

/** @param {Element | null} element */
const words = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();

const MORE = /, and others$/;

/** @param {ParentNode} within */
const topics = (within) =>
  [...within.querySelectorAll("a.op-topic")].map((link) => ({
    slug: link.getAttribute("href")?.split("/").at(-2) ?? "",
    name: words(link),
    ink: Number(link.getAttribute("data-ink")),
  }));

/**
 * Returns what an entry of a list tells. Long lists of authors end in "and others" there.
 * @param {HTMLElement} entry
 * @returns {Facts}
 */
function ofEntry(entry) {
  const names = words(entry.querySelector(".op-entry__by bdi"));
  const year = words(entry.querySelector(".op-entry__by")).match(/(?:^| · )(\d{4})$/)?.[1];
  const href = (/** @type {string} */ kind) => entry.querySelector(`.op-do [id^="${kind}-"]`)?.getAttribute("href") ?? "";
  return {
    slug: entry.dataset.slug ?? "",
    title: words(entry.querySelector(".op-entry__title a")),
    tex: "",
    authors: names.replace(MORE, "").split(", ").filter(Boolean),
    more: MORE.test(names),
    cut: true,
    published: year ?? "",
    arxiv: decodeURI(href("arxiv").split("/abs/")[1] ?? ""),
    doi: decodeURIComponent(href("doi").split("doi.org/")[1] ?? ""),
    kind: "",
    venue: "",
    url: "",
    key: "",
    topics: topics(entry),
  };
}

/**
 * Returns what a paper's page tells: all there is. Null where it is the page of no paper.
 * @param {Document} page
 * @returns {Facts | null}
 */
function ofPage(page) {
  const told = /** @type {HTMLElement | null} */ (page.querySelector("[data-paper]"))?.dataset;
  if (!told) return null;
  return {
    slug: told.paper ?? "",
    title: told.title || words(page.querySelector("h1")),
    tex: told.tex ?? "",
    authors: [...(page.querySelector(".op-crowd p") ?? page.querySelector(".op-authors"))?.querySelectorAll("bdi") ?? []].map(words),
    more: page.querySelector(".op-crowd") !== null,
    cut: false,
    published: told.published ?? "",
    arxiv: told.arxiv ?? "",
    doi: told.doi ?? "",
    kind: told.kind ?? "",
    venue: told.venue ?? "",
    url: told.url ?? "",
    key: told.key ?? "",
    topics: topics(page.querySelector(".op-margin") ?? page),
  };
}

/**
 * Fetches what a list could not tell of a saved paper; without network it stays as it is.
 * @param {string} slug
 */
export async function complete(slug) {
  try {
    const answer = await fetch(shelf.address(slug));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [before, told] = [shelf.saved(slug), ofPage(page)];
    // A paper that the site has no longer keeps what is known of it.
    if (before && (told?.slug === slug || answer.status === 404)) shelf.save({ ...before, cut: false, ...told });
  } catch {
    // The next look at the list tries again.
  }
}

// ---- what is shown ----

/** @param {HTMLElement} near Inside an entry, or on a paper's page. */
const slugOf = (near) => {
  const holder = /** @type {HTMLElement | null} */ (near.closest("[data-slug], [data-paper]"));
  return holder?.dataset.slug ?? holder?.dataset.paper ?? "";
};

const LABELS = { save: ["Save", "Saved"], read: ["Mark as read", "Read"] };

/** @param {HTMLButtonElement} button @param {"save" | "read"} kind @param {boolean} on */
function press(button, kind, on) {
  button.setAttribute("aria-pressed", String(on));
  button.disabled = ["blocked", "newer"].includes(shelf.state());
  /** @type {Element} */ (button.querySelector("span")).textContent = LABELS[kind][Number(on)];
}

/** @param {HTMLElement} item */
function stamp(item) {
  const link = item.querySelector("a");
  if (!link || item.querySelector(".op-new")) return;
  const made = document.createElement("span");
  made.className = "op-new";
  made.textContent = "New";
  link.before(made, " ");
}

/**
 * Shows on all below `root` what is saved, read and new.
 * @param {ParentNode} root
 */
export function show(root) {
  const items = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-slug], [data-day]"));
  for (const item of items) {
    const { slug = "", day = "" } = item.dataset;
    item.classList.toggle("is-read", shelf.readOn(slug) !== undefined);
    if (since && day > since) stamp(item);
  }
  for (const kind of /** @type {const} */ (["save", "read"])) {
    for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (root.querySelectorAll(`[data-${kind}]`))) {
      const slug = slugOf(button);
      press(button, kind, (kind === "save" ? shelf.saved(slug) : shelf.readOn(slug)) !== undefined);
    }
  }
}

/** Makes the Save button of an entry that a script wrote. @param {HTMLElement} entry */
function equip(entry) {
  if (entry.querySelector("[data-save]") || entry.closest("[data-shelf]")) return;
  const { slug = "" } = entry.dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.id = `save-${slug}`;
  button.className = "op-mini";
  button.dataset.save = "";
  button.setAttribute("aria-labelledby", `save-${slug} t-${slug}`);
  button.append(document.createElement("span"));
  let row = entry.querySelector(".op-do") ?? entry.querySelector(".op-entry__meta");
  if (!row) {
    row = entry.appendChild(document.createElement("div"));
    row.className = "op-entry__meta";
  }
  row.append(button);
}

function count() {
  const number = shelf.papers().length;
  for (const place of document.querySelectorAll("[data-saved-count]")) {
    place.textContent = number ? `\u00a0${number.toLocaleString("en")}` : "";
  }
}

function refresh() {
  show(document);
  count();
}

// ---- what is pressed ----

/** @param {HTMLButtonElement} button */
function toggleSaved(button) {
  const slug = slugOf(button);
  const entry = /** @type {HTMLElement | null} */ (button.closest("article[data-slug]"));
  if (shelf.saved(slug)) return shelf.remove(slug);
  const facts = entry ? ofEntry(entry) : ofPage(document);
  if (!facts) return false;
  const kept = shelf.save(facts);
  if (kept && facts.cut) complete(slug);
  return kept;
}

document.addEventListener("click", ({ target }) => {
  const button = /** @type {Element} */ (target).closest?.("button[data-save], button[data-read]");
  if (!(button instanceof HTMLButtonElement)) return;
  const slug = slugOf(button);
  const kept = "save" in button.dataset ? toggleSaved(button) : shelf.markRead(slug, !shelf.readOn(slug));
  if (!kept) /** @type {Element} */ (button.querySelector("span")).textContent = "No room to keep it";
});

// ---- start ----

const main = document.querySelector("main");
for (const entry of document.querySelectorAll("article[data-slug]")) equip(/** @type {HTMLElement} */ (entry));
refresh();
shelf.watch(refresh);

// Results and filtered lists are written by other scripts.
if (main) {
  new MutationObserver((changes) => {
    for (const node of changes.flatMap((change) => [...change.addedNodes])) {
      if (!(node instanceof HTMLElement) || !node.querySelector("article[data-slug]")) continue;
      for (const entry of node.querySelectorAll("article[data-slug]")) equip(/** @type {HTMLElement} */ (entry));
      show(node);
    }
  }).observe(main, { childList: true, subtree: true });
}

// The page of a saved paper brings its newest facts.
const here = ofPage(document);
const kept = here && shelf.saved(here.slug);
if (kept && JSON.stringify({ ...kept, ...here }) !== JSON.stringify(kept)) shelf.save(here);

// Who reads a page for an hour is still on the same visit.
let noted = Date.now();
for (const sign of ["pointerdown", "keydown", "scroll"]) {
  addEventListener(
    sign,
    () => {
      if (Date.now() - noted < 60_000) return;
      noted = Date.now();
      shelf.visit(newest, noted);
    },
    { passive: true },
  );
}
