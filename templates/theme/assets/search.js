// The search page: the address's words into the field, answers while typing, arrows between them.

import { open, papers as shown, search } from "./search-core.js";
import { marker } from "./search-marks.js";
import { spelt } from "./search-query.js";

/**
 * @typedef {import("./search-core.js").Answer} Answer
 * @typedef {import("./search-shelf.js").Paper} Paper
 * @typedef {import("./search-shelf.js").Shelf} Shelf
 */

const PAGE = 30;
const PAUSE = 80; // milliseconds without a key before an answer

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

/** @param {string} query */
const address = (query) => (query ? `?${new URLSearchParams({ q: query })}` : location.pathname);

/** @param {number} count */
const papers = (count) => `${count.toLocaleString("en")} ${count === 1 ? "paper" : "papers"}`;

/** @param {string} query */
const again = (query) => element("a", { href: address(query), "data-search-again": "" }, query);

// ---- the index ----

/** @param {string} file */
async function json(file) {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response.json();
}

const lunr = () =>
  new Promise((resolve, reject) => {
    const script = element("script", { src: "lunr.js" });
    script.addEventListener("load", () => resolve(/** @type {any} */ (window).lunr));
    script.addEventListener("error", () => reject(new Error("lunr.js")));
    document.head.append(script);
  });

/** @type {Promise<Shelf> | null} */
let shelf = null;

/** Loads once; after a failure the next call tries again. */
function load() {
  shelf ??= open(lunr(), json).catch((reason) => {
    shelf = null;
    throw reason;
  });
  return shelf;
}

// ---- one result ----

/** @param {{ text: string, hit: boolean }[]} pieces */
const marked = (pieces) => pieces.map(({ text, hit }) => (hit ? element("mark", {}, text) : text));

/**
 * @param {Paper} paper
 * @param {Shelf} from
 * @param {ReturnType<typeof marker>} mark
 */
function result(paper, from, mark) {
  const { slug } = paper;
  const title = element("a", { id: `t-${slug}`, href: `../papers/${slug}/`, dir: "auto" }, ...marked(mark(paper.title)));
  const entry = element("article", { class: "op-entry", "data-slug": slug }, element("h3", { class: "op-entry__title" }, title));
  const by = [paper.authors ? element("bdi", {}, ...marked(mark(paper.authors))) : "", paper.year ?? ""].filter(Boolean);
  if (by.length) entry.append(element("p", { class: "op-entry__by" }, ...by.flatMap((part, i) => (i ? [" · ", part] : [part]))));
  if (paper.text) entry.append(element("p", { class: "op-entry__note", dir: "auto" }, ...marked(mark(paper.text))));
  const meta = [topics(paper, from), links(paper)].filter((part) => part.hasChildNodes());
  if (meta.length) entry.append(element("div", { class: "op-entry__meta" }, ...meta));
  return element("li", {}, entry);
}

/** @param {Paper} paper @param {Shelf} from */
function topics(paper, from) {
  const marks = (paper.topics ?? []).map((place) => {
    const { slug, name, ink } = from.topics[place];
    const label = element("span", { dir: "auto" }, name);
    return element("a", { class: "op-topic", "data-ink": String(ink), href: `../topics/${slug}/` }, label);
  });
  return element("span", { class: "op-topics" }, ...marks);
}

/** @param {Paper} paper */
function links({ slug, arxiv }) {
  const found = element("span", { class: "op-do" });
  if (arxiv) {
    const href = `https://arxiv.org/abs/${encodeURI(arxiv)}`;
    const id = `arxiv-${slug}`;
    found.append(element("a", { id, href, rel: "noopener", "aria-labelledby": `${id} t-${slug}` }, "arXiv"));
  }
  return found;
}

// ---- what is said when words are missing ----

/**
 * Returns sentences that help on, none where every word was found.
 * @param {Answer} answer
 * @param {string} query
 */
function help({ hits, guesses, missing, excluded, asked }, query) {
  const lines = [];
  if (guesses.length) {
    const typed = guesses.map((guess) => `“${guess.typed}”`).join(" or ");
    lines.push(element("p", {}, `No paper has ${typed}. A guess: `, again(spelling(asked)), "."));
  }
  if (missing.length && missing.length < asked.wanted.length) {
    lines.push(element("p", {}, `No paper has ${missing.map((word) => `“${word}”`).join(" or ")}.`));
  }
  if (!hits.length && asked.phrases.length) {
    const without = again(asked.wanted.map(spelt).join(" "));
    lines.push(element("p", {}, "No paper has the words in quotes side by side. Without the quotes: ", without, "."));
  } else if (!hits.length && excluded) {
    const without = again(asked.wanted.map(spelt).join(" "));
    lines.push(element("p", {}, `${papers(excluded)} left out by what has a minus: `, without, "."));
  }
  if (!hits.length) {
    const onward = element("a", { href: "../topics/" }, "topics");
    lines.push(element("p", {}, query ? "Try fewer or other words, or look through the " : "Look through the ", onward, "."));
  }
  return lines;
}

/**
 * Returns a query that asks for the same without a guess.
 * @param {Answer["asked"]} asked
 */
const spelling = ({ wanted, excluded }) => [...wanted.map(spelt), ...excluded.map((word) => `-${spelt(word)}`)].join(" ");

/** @param {Answer} answer @param {string} query */
function told({ hits, complete, guesses, asked: parsed }, query) {
  const quoted = `“${guesses.length ? spelling(parsed) : query}”`;
  if (hits.length && !complete) return `No paper has all words of ${quoted}; those that come nearest:`;
  if (hits.length > complete) return `${papers(complete)} for ${quoted}, then ${papers(hits.length - complete)} with some of the words`;
  if (hits.length) return `${papers(complete)} for ${quoted}`;
  if (parsed.wanted.length) return `No paper for ${quoted}`;
  if (parsed.excluded.length) return "A word with a minus leaves papers out; add a word to look for";
  return `${quoted} has no word that tells papers apart`;
}

// ---- the page ----

/** @param {HTMLElement} root */
function start(root) {
  const form = /** @type {HTMLFormElement} */ (root.querySelector("[data-search-form]"));
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
  const status = /** @type {HTMLElement} */ (root.querySelector("[data-search-status]"));
  const list = /** @type {HTMLElement} */ (root.querySelector("[data-search-results]"));
  const idle = /** @type {HTMLElement | null} */ (root.querySelector("[data-search-idle]"));
  const advice = element("div", { class: "op-empty", hidden: "" });
  const more = element("button", { class: "op-btn", type: "button", hidden: "" }, "Show more");
  list.before(advice);
  list.after(more);
  let timer = 0;

  function clear() {
    list.replaceChildren();
    advice.replaceChildren();
    advice.hidden = more.hidden = true;
  }

  /** @param {Answer} answer @param {Shelf} from @param {string} raw */
  async function show(answer, from, raw) {
    const query = raw.trim();
    const mark = marker(from, answer.asked);
    const left = answer.hits.slice();
    const next = async () => {
      const found = await shown(from, left.splice(0, PAGE).map(({ number }) => number));
      return found.map((paper) => result(paper, from, mark));
    };
    const first = await next();
    // A word typed in the meantime has its own answer under way.
    if (input.value !== raw) return;
    clear();
    list.append(...first);
    offer(left.length);
    more.onclick = async () => {
      more.disabled = true;
      const added = await next().finally(() => (more.disabled = false));
      list.append(...added);
      offer(left.length);
      added[0]?.querySelector("a")?.focus();
    };
    advice.append(...help(answer, query));
    advice.hidden = !advice.hasChildNodes();
    status.textContent = told(answer, query);
    if (idle) idle.hidden = answer.hits.length > 0;
  }

  /** @param {number} left */
  function offer(left) {
    more.hidden = !left;
    more.textContent = `Show ${Math.min(left, PAGE)} more of ${left.toLocaleString("en")}`;
  }

  async function answer() {
    clearTimeout(timer);
    const raw = input.value;
    const query = raw.trim();
    if (!query) {
      clear();
      status.textContent = "";
      if (idle) idle.hidden = false;
      return;
    }
    if (!shelf) status.textContent = "Loading the index…";
    try {
      const from = await load();
      await show(await search(from, raw), from, raw);
    } catch {
      clear();
      status.textContent = "The search index could not be loaded. Check the connection and search again.";
      if (idle) idle.hidden = false;
    }
  }

  function note() {
    try {
      history.replaceState(history.state, "", address(input.value.trim()));
    } catch {
      // Some browsers limit how often an address may change; the next change will do.
    }
  }

  function ask() {
    note();
    return answer();
  }

  function read() {
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    return answer();
  }

  input.addEventListener("focus", () => load().catch(() => {}), { once: true });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
    // On a phone the keyboard hides the answers.
    if (matchMedia("(pointer: coarse)").matches) input.blur();
  });
  advice.addEventListener("click", (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest("[data-search-again]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    input.value = link.textContent ?? "";
    input.focus();
    ask();
  });
  addEventListener("popstate", read);
  move(root, list, input, ask);
  read();
}

/**
 * Lets the keyboard go through the results: arrows choose, Enter opens as links do, Esc clears.
 * @param {HTMLElement} root
 * @param {HTMLElement} list
 * @param {HTMLInputElement} input
 * @param {() => void} ask
 */
function move(root, list, input, ask) {
  const titles = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll(".op-entry__title a")]);
  for (const kind of ["focusin", "focusout"]) {
    list.addEventListener(kind, (event) => {
      /** @type {HTMLElement} */ (event.target).closest("li")?.classList.toggle("is-chosen", kind === "focusin");
    });
  }
  root.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const from = /** @type {HTMLElement} */ (event.target);
    const item = from.closest("li");
    const inList = item !== null && list.contains(item);
    if (from !== input && !inList) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const all = titles();
      const place = inList ? all.findIndex((title) => item.contains(title)) : -1;
      const next = event.key === "ArrowDown" ? Math.min(place + 1, all.length - 1) : place - 1;
      if (!inList && (event.key === "ArrowUp" || !all.length)) return;
      event.preventDefault();
      (next < 0 ? input : all[next]).focus();
    } else if (event.key === "Escape" && (inList || input.value)) {
      event.preventDefault();
      input.value = "";
      input.focus();
      ask();
    }
  });
}

const root = /** @type {HTMLElement | null} */ (document.querySelector("[data-search]"));
if (root) start(root);
