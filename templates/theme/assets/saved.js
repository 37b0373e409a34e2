// The page of saved papers: the list with notes, its order, what is removed and brought back, files.

import { complete, show, since } from "./marks.js";
import * as shelf from "./shelf.js";
import * as takeaway from "./takeaway.js";

/**
 * @typedef {import("./shelf.js").Saved} Saved
 * @typedef {{ paper: Saved, gone: boolean, item: HTMLElement, note: HTMLTextAreaElement, box: HTMLElement, shown: string }} Row
 *   `gone`: removed, and may come back; `shown`: the facts as they stand there.
 */

const PAUSE = 400; // milliseconds without a key before a note is kept
const NAMED = 5; // authors that a list names; of more it names the first three

/** @type {(selector: string) => any} */
const part = (selector) => document.querySelector(`main ${selector}`);

/**
 * Makes an element; text inside stays text.
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** @param {number} number */
const papers = (number) => `${number.toLocaleString("en")} ${number === 1 ? "paper" : "papers"}`;

/** @param {string} day */
function readable(day) {
  const year = day.slice(0, 4) === shelf.today().slice(0, 4) ? undefined : "numeric";
  return day && new Date(`${day}T12:00`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year });
}

// ---- one paper ----

/** Returns a title whose terms such as `RNN-T` do not break. @param {string} title */
const unbroken = (title) => title.split(/(?<![\w-])(\w+-\w)(?![\w-])/).map((piece, i) => (i % 2 ? element("span", { class: "op-nb" }, piece) : piece));

/** @param {Saved} paper */
function authors({ authors: names, more }) {
  if (!more && names.length <= NAMED) return names.join(", ");
  return [...names.slice(0, 3), "and others"].join(", ");
}

/** @param {Saved} paper */
function links({ slug, arxiv, doi }) {
  const found = arxiv
    ? { arXiv: `https://arxiv.org/abs/${arxiv}`, PDF: `https://arxiv.org/pdf/${arxiv}` }
    : doi && { DOI: takeaway.resolved(doi) };
  return Object.entries(found || {}).map(([label, href]) => {
    const id = `${label.toLowerCase()}-${slug}`;
    return element("a", { id, href, rel: "noopener", "aria-labelledby": `${id} t-${slug}` }, label);
  });
}

/** @param {string} name @param {string} slug @param {string} label */
const button = (name, slug, label) =>
  element(
    "button",
    { class: "op-mini", type: "button", [`data-${name}`]: "", id: `${name}-${slug}`, "aria-labelledby": `${name}-${slug} t-${slug}` },
    element("span", {}, label),
  );

/** Returns all that stands above the note. @param {Saved} paper */
function head(paper) {
  const { slug } = paper;
  const title = element("a", { id: `t-${slug}`, href: `../papers/${slug}/`, dir: "auto" }, ...unbroken(paper.title));
  const by = [authors(paper) && element("bdi", {}, authors(paper)), paper.published.slice(0, 4)].filter(Boolean);
  const marks = paper.topics.map(({ slug: topic, name, ink }) =>
    element("a", { class: "op-topic", "data-ink": String(ink), href: `../topics/${topic}/` }, element("span", { dir: "auto" }, name)),
  );
  return [
    element("p", { class: "op-entry__no" }, "saved ", element("br", {}), readable(paper.saved)),
    element("h3", { class: "op-entry__title" }, title),
    ...(by.length ? [element("p", { class: "op-entry__by" }, ...by.flatMap((one, i) => (i ? [" · ", one] : [one])))] : []),
    element(
      "div",
      { class: "op-entry__meta" },
      ...(marks.length ? [element("span", { class: "op-topics" }, ...marks)] : []),
      element("span", { class: "op-do" }, ...links(paper), button("read", slug, "Mark as read"), button("remove", slug, "Remove")),
    ),
  ];
}

/** @param {Saved} paper @returns {Row} */
function row(paper) {
  const { slug } = paper;
  const note = /** @type {HTMLTextAreaElement} */ (
    element("textarea", { id: `note-${slug}`, "aria-labelledby": `l-${slug} t-${slug}`, rows: "1", dir: "auto", placeholder: " ", maxlength: "20000" })
  );
  const label = element("label", { id: `l-${slug}`, for: note.id }, "Your note");
  const box = element("div", { class: "op-yournote" }, label, note);
  const made = { paper, gone: false, item: element("li", {}), note, box, shown: "" };
  listen(made);
  return made;
}

/** Shows the paper, or that it was removed. The note stays in its place, so that typing goes on. @param {Row} made */
function draw(made) {
  const { paper, gone, item, box, note } = made;
  if (document.activeElement !== note) note.value = paper.note;
  const shown = JSON.stringify([{ ...paper, note: "" }, gone]);
  if (made.shown === shown) return;
  const focused = item.contains(document.activeElement) ? document.activeElement?.id : undefined;
  made.shown = shown;
  if (gone) {
    const said = element("p", { class: "op-undo" }, "Removed: ", element("bdi", { id: `t-${paper.slug}` }, paper.title), " ", button("undo", paper.slug, "Undo"));
    item.replaceChildren(said);
  } else if (box.isConnected && item.contains(box)) {
    while (box.previousSibling) box.previousSibling.remove();
    box.before(...head(paper));
  } else {
    item.replaceChildren(element("article", { class: "op-entry", "data-slug": paper.slug }, ...head(paper), box));
  }
  if (focused) document.getElementById(focused)?.focus();
}

/** @param {Row} made */
function listen(made) {
  const { slug } = made.paper;
  let timer = 0;
  function keep() {
    clearTimeout(timer);
    timer = 0;
    if (made.gone || made.note.value === shelf.saved(slug)?.note) return;
    const kept = shelf.annotate(slug, made.note.value);
    const label = /** @type {Element} */ (made.box.firstElementChild);
    label.textContent = kept ? "Your note" : "Your note: there is no room to keep it";
  }
  made.note.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(keep, PAUSE);
  });
  made.note.addEventListener("change", keep);
  addEventListener("pagehide", () => timer && keep());
  made.item.addEventListener("click", ({ target }) => {
    const pressed = /** @type {Element} */ (target).closest("button");
    if (pressed?.matches("[data-remove]")) {
      keep();
      if (shelf.remove(slug)) document.getElementById(`undo-${slug}`)?.focus();
    } else if (pressed?.matches("[data-undo]")) {
      if (shelf.save(made.paper)) document.getElementById(`remove-${slug}`)?.focus();
    }
  });
}

// ---- the list ----

/** @type {Map<string, Row>} */
const rows = new Map();

const form = /** @type {HTMLFormElement} */ (part(".op-filter"));
const list = /** @type {HTMLElement} */ (part("[data-shelf]"));

/** @type {Record<string, (one: Saved, other: Saved) => number>} */
const ORDERS = {
  saved: (one, other) => other.saved.localeCompare(one.saved),
  title: (one, other) => one.title.localeCompare(other.title, "en"),
  year: (one, other) => other.published.localeCompare(one.published),
};

/** Returns the papers in the chosen order; of equals the last saved comes first. @param {Saved[]} of */
const sorted = (of) => [...of].reverse().sort(ORDERS[String(new FormData(form).get("order"))]);

/** Puts the rows into their order, and leaves those alone that have their place. */
function arrange() {
  const unread = new FormData(form).has("unread");
  const wanted = sorted([...rows.values()].map(({ paper }) => paper))
    .map(({ slug }) => /** @type {Row} */ (rows.get(slug)))
    .filter(({ paper, gone }) => !unread || gone || !shelf.readOn(paper.slug));
  const items = new Set(wanted.map(({ item }) => item));
  for (const item of [...list.children]) if (!items.has(/** @type {HTMLElement} */ (item))) item.remove();
  wanted.forEach(({ item }, place) => {
    if (list.children[place] !== item) list.insertBefore(item, list.children[place] ?? null);
  });
  part("[data-all-read]").hidden = wanted.length > 0 || shelf.papers().length === 0;
}

function refresh() {
  const now = shelf.papers();
  const before = rows.size;
  for (const paper of now) {
    const known = rows.get(paper.slug);
    if (known) known.paper = paper;
    else rows.set(paper.slug, row(paper));
  }
  for (const [slug, known] of rows) {
    known.gone = !shelf.saved(slug);
    draw(known);
  }
  if (rows.size > before) arrange();
  show(list);
  tell(now);
}

/** @param {Saved[]} now */
function tell(now) {
  const state = shelf.state();
  const usable = state === "open" || state === "full";
  part(".op-folio").hidden = part("[data-facts]").hidden = form.hidden = !now.length;
  part(".op-folio").firstChild.textContent = now.length.toLocaleString("en");
  part(".op-folio small").textContent = now.length === 1 ? "paper" : "papers";
  part("[data-read-count]").textContent = `${now.filter(({ slug }) => shelf.readOn(slug)).length} of ${now.length}`;
  part("[data-empty]").hidden = now.length > 0 || !usable;
  part("[data-blocked]").hidden = state !== "blocked";
  part("[data-newer]").hidden = state !== "newer";
  for (const each of document.querySelectorAll("[data-export]")) /** @type {HTMLButtonElement} */ (each).disabled = !now.length;
  part("[data-import]").disabled = !usable;
}

// ---- files ----

/** @type {Record<string, [name: string, type: string, write: (papers: Saved[]) => string]>} */
const FILES = {
  bibtex: ["saved-papers.bib", "application/x-bibtex", takeaway.bibtex],
  ris: ["saved-papers.ris", "application/x-research-info-systems", takeaway.ris],
  markdown: ["saved-papers.md", "text/markdown", takeaway.markdown],
  json: ["saved-papers.json", "application/json", takeaway.json],
};

/** @param {string} form */
function download(form) {
  const [name, type, write] = FILES[form];
  const href = URL.createObjectURL(new Blob([write(sorted(shelf.papers()))], { type: `${type};charset=utf-8` }));
  element("a", { href, download: name }).click();
  // The download has begun, and reads from memory.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** Returns what came of it, in a sentence or two. @param {File} file */
async function taken(file) {
  const found = shelf.parse(await file.text());
  if (!found) return `“${file.name}” is no list of saved papers. What can be imported is the JSON file that this page exports.`;
  if (found.version > shelf.VERSION) return `“${file.name}” comes from a newer version of this page, which may know more than this one: nothing was changed.`;
  const { kept, added, known } = takeaway.add(found);
  if (!kept) return `There is no room in the browser’s storage for “${file.name}”: nothing was changed.`;
  const rest = known && ` ${papers(known)} ${known === 1 ? "was" : "were"} here already; notes of both lists are kept.`;
  const lost = found.lost && ` ${papers(found.lost)} could not be read.`;
  return `${papers(added)} added.${rest || ""}${lost || ""}`;
}

// ---- the page ----

/** Fetches one after the other what lists did not tell. */
async function completeAll() {
  for (const { slug, cut } of shelf.papers()) if (cut) await complete(slug);
}

function start() {
  const asked = new URLSearchParams(location.search);
  const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem("order"));
  const unread = /** @type {HTMLInputElement} */ (form.elements.namedItem("unread"));
  const order = asked.get("order") ?? "";
  if (Object.hasOwn(ORDERS, order)) select.value = order;
  unread.checked = asked.has("unread");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => {
    const chosen = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    if (chosen.get("order") === "saved") chosen.delete("order");
    history.replaceState(history.state, "", chosen.size ? `?${chosen}` : location.pathname);
    arrange();
  });
  const input = part("[data-import-file]");
  part("[data-import]").addEventListener("click", () => input.click());
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    part("[role=status]").textContent = await taken(file);
    input.value = "";
    arrange();
    completeAll();
  });
  for (const each of document.querySelectorAll("[data-export]")) {
    each.addEventListener("click", () => download(each.getAttribute("data-export") ?? ""));
  }
  if (since) {
    part("[data-since]").textContent = readable(since);
    part("[data-new]").hidden = false;
  }
  shelf.watch(refresh);
  refresh();
  arrange();
  completeAll();
}

start();
