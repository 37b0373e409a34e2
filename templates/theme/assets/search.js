// The search page: the address's words into the field, answers while typing, arrows between them.

import { open, papers as shown, search } from "./search-core.js";
import * as facets from "./search-facets.js";
import { marker } from "./search-marks.js";
import { narrowing } from "./search-narrow.js";
import { spelt } from "./search-query.js";

/**
 * @typedef {import("./search-core.js").Answer} Answer
 * @typedef {import("./search-shelf.js").Paper} Paper
 * @typedef {import("./search-shelf.js").Shelf} Shelf
 * @typedef {import("./search-facets.js").Table} Table
 * @typedef {import("./search-facets.js").Choice} Choice
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

/** @param {number} count */
const papers = (count) => `${count.toLocaleString("en")} ${count === 1 ? "paper" : "papers"}`;

/** @param {string} query */
const again = (query) => element("a", { href: facets.address(query, facets.read(location.search)), "data-search-again": "" }, query);

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

/** @type {Promise<Table | null> | null} */
let narrows = null;

/** Loads once what results are narrowed by. Without it there is still a search. @param {Shelf} from */
function loadFacets(from) {
  narrows ??= json("facets.json").then(
    (columns) => facets.table(columns, from.topics),
    () => (narrows = null),
  );
  return narrows;
}

/**
 * Returns what `raw` finds; without words that is every paper, newest first.
 * @param {Shelf} from @param {string} raw @param {Table | null} table
 * @returns {Promise<Answer>}
 */
async function found(from, raw, table) {
  const answer = await search(from, raw);
  if (raw.trim() || !table) return answer;
  return { ...answer, hits: table.order.map((number) => ({ number, score: 0 })), complete: table.order.length };
}

// ---- one result ----

/** @param {{ text: string, hit: boolean }[]} pieces */
const marked = (pieces) => pieces.map(({ text, hit }) => (hit ? element("mark", {}, text) : text));

/**
 * @param {Paper} paper
 * @param {Shelf} from
 * @param {ReturnType<typeof marker>} mark
 * @param {string} [day] Of its first dated digest.
 */
function result(paper, from, mark, day) {
  const { slug } = paper;
  const title = element("a", { id: `t-${slug}`, href: `../papers/${slug}/`, dir: "auto" }, ...marked(mark(paper.title)));
  const data = { "data-slug": slug, ...(day ? { "data-day": day } : {}) };
  const entry = element("article", { class: "op-entry", ...data }, element("h3", { class: "op-entry__title" }, title));
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

/**
 * Returns the line above the results.
 * @param {Answer} answer What is shown of it.
 * @param {string} query
 * @param {Answer} whole Before it was narrowed.
 */
function told({ hits, complete, guesses, asked: parsed }, query, whole) {
  const of = hits.length < whole.hits.length && whole.complete ? `${complete.toLocaleString("en")} of ${papers(whole.complete)}` : papers(complete);
  if (!query) return `${of}, newest first`;
  const quoted = `“${guesses.length ? spelling(parsed) : query}”`;
  if (!hits.length && whole.hits.length) return `None of ${papers(whole.hits.length)} for ${quoted} fits what is chosen`;
  if (hits.length && !whole.complete) return `No paper has all words of ${quoted}; those that come nearest:`;
  if (hits.length > complete) return `${of} for ${quoted}, then ${papers(hits.length - complete)} with some of the words`;
  if (hits.length) return `${of} for ${quoted}`;
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
  const more = /** @type {HTMLButtonElement} */ (element("button", { class: "op-btn", type: "button", hidden: "" }, "Show more"));
  const aside = /** @type {HTMLElement} */ (root.querySelector("[data-search-facets]"));
  const chips = element("div", { class: "op-chosen", role: "group", "aria-label": "Chosen", hidden: "" });
  const lists = narrowing(aside, chips, toggle);
  /** @type {Choice} */
  let choice = {};
  /** @type {string | null} */
  let laid = null; // the words for which the lists are laid out
  status.tabIndex = -1;
  list.before(chips, advice);
  list.after(more);
  let timer = 0;
  let turn = 0;

  function clear() {
    list.replaceChildren();
    advice.replaceChildren();
    advice.hidden = more.hidden = true;
  }

  /** Takes the lists of facets away; chosen or not, they come back with results. */
  function unfold() {
    laid = null;
    aside.hidden = chips.hidden = true;
    chips.replaceChildren();
  }

  /**
   * Returns the part of `whole` that fits what is chosen, and shows what there is to choose.
   * @param {Answer} whole @param {Table} table @param {string} raw
   * @returns {Answer}
   */
  function narrow(whole, table, raw) {
    choice = facets.known(table, choice);
    const numbers = whole.hits.map(({ number }) => number);
    const { fitting, counts } = facets.narrowed(table, choice, numbers);
    if (laid !== raw) lists.lay(table, choice, facets.narrowed(table, {}, numbers).counts);
    laid = raw;
    lists.tell(table, choice, counts);
    aside.hidden = !numbers.length;
    const fits = (/** @type {{ number: number }} */ { number }) => fitting.has(number);
    return { ...whole, hits: whole.hits.filter(fits), complete: whole.hits.slice(0, whole.complete).filter(fits).length };
  }

  /** @param {Answer} whole @param {Shelf} from @param {Table | null} table @param {string} raw @param {number} mine */
  async function show(whole, from, table, raw, mine) {
    const answer = table ? narrow(whole, table, raw) : whole;
    const query = raw.trim();
    const mark = marker(from, answer.asked);
    const left = answer.hits.slice();
    const next = async () => {
      const numbers = left.splice(0, PAGE).map(({ number }) => number);
      const found = await shown(from, numbers);
      return found.map((paper, at) => result(paper, from, mark, table?.days[numbers[at]]));
    };
    const first = await next();
    // What was asked in the meantime has its own answer under way.
    if (mine !== turn || input.value !== raw) return;
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
    if (whole.hits.length && !answer.hits.length) advice.append(release(whole.hits.length));
    else advice.append(...help(answer, query));
    advice.hidden = !advice.hasChildNodes();
    status.textContent = told(answer, query, whole);
    if (idle) idle.hidden = answer.hits.length > 0;
  }

  /** @param {number} all */
  function release(all) {
    const button = element("button", { class: "op-btn", type: "button" }, `Show all ${papers(all)}`);
    button.addEventListener("click", () => toggle(null, ""));
    return element("p", {}, button);
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
    const mine = ++turn;
    if (!query && !Object.keys(choice).length) {
      clear();
      unfold();
      status.textContent = "";
      if (idle) idle.hidden = false;
      return;
    }
    if (!shelf) status.textContent = "Loading the index…";
    try {
      const from = await load();
      const table = await loadFacets(from);
      if (!table && Object.keys(choice).length) throw new Error("facets.json");
      const whole = await found(from, raw, table);
      if (mine === turn) await show(whole, from, table, raw, mine);
    } catch {
      if (mine !== turn) return;
      clear();
      unfold();
      status.textContent = "The search index could not be loaded. Check the connection and search again.";
      if (idle) idle.hidden = false;
    }
  }

  /** @param {"pushState" | "replaceState"} how */
  function note(how) {
    try {
      history[how](history.state, "", facets.address(input.value.trim(), choice));
    } catch {
      // Some browsers limit how often an address may change; the next change will do.
    }
  }

  function ask() {
    note("replaceState");
    return answer();
  }

  /**
   * Chooses a value or lets it go; the way back undoes that.
   * @param {string | null} name @param {string} key
   */
  function toggle(name, key) {
    const at = [...chips.children].indexOf(/** @type {Element} */ (document.activeElement));
    const gone = at >= 0 || advice.contains(document.activeElement);
    choice = name ? facets.toggled(choice, name, key) : {};
    note("pushState");
    answer().then(() => {
      const next = chips.children[Math.min(at, chips.children.length - 1)] ?? (status.textContent ? status : input);
      if (gone) /** @type {HTMLElement} */ (next).focus();
    });
  }

  function leave() {
    input.value = "";
    choice = {};
    input.focus();
    ask();
  }

  function read() {
    choice = facets.read(location.search);
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    return answer();
  }

  input.addEventListener("focus", () => load().then(loadFacets).catch(() => {}), { once: true });
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
  move(root, list, input, leave);
  read();
}

/**
 * Lets the keyboard go through the results: arrows choose, Enter opens as links do, Esc clears.
 * @param {HTMLElement} root
 * @param {HTMLElement} list
 * @param {HTMLInputElement} input
 * @param {() => void} leave
 */
function move(root, list, input, leave) {
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
    if (event.key === "Escape" && from.closest("[data-search-facets], .op-chosen")) input.focus();
    if (from !== input && !inList) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const all = titles();
      const place = inList ? all.findIndex((title) => item.contains(title)) : -1;
      const next = event.key === "ArrowDown" ? Math.min(place + 1, all.length - 1) : place - 1;
      if (!inList && (event.key === "ArrowUp" || !all.length)) return;
      event.preventDefault();
      (next < 0 ? input : all[next]).focus();
    } else if (event.key === "Escape" && (inList || list.hasChildNodes() || input.value)) {
      event.preventDefault();
      leave();
    }
  });
}

const root = /** @type {HTMLElement | null} */ (document.querySelector("[data-search]"));
if (root) start(root);
