// The reader's shelf: saved papers, read marks and the last visit, in this browser's storage and nowhere else.

/**
 * @typedef {{ slug: string, name: string, ink: number }} Mark A topic.
 * @typedef {object} Facts What it takes to list and to cite a paper without any network. Unknown is empty.
 * @property {string} slug
 * @property {string} title Plain text.
 * @property {string} tex The title as LaTeX, only where it differs.
 * @property {string[]} authors
 * @property {boolean} more Whether there are more authors.
 * @property {boolean} cut Whether the paper's own page may tell more: a list names few authors and one id.
 * @property {string} published `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
 * @property {string} arxiv
 * @property {string} doi
 * @property {string} kind As in BibTeX; empty for `misc`.
 * @property {string} venue
 * @property {string} url Where else it is found, only where both ids are unknown.
 * @property {string} key Under which bibliographies know it.
 * @property {Mark[]} topics
 * @typedef {Facts & { saved: string, note: string }} Saved `saved`: the day, `YYYY-MM-DD`.
 * @typedef {{ papers: Map<string, Saved>, read: Map<string, string> }} Content Papers in the order of
 *   saving; the day on which each read paper was marked, saved or not.
 * @typedef {"open" | "blocked" | "full" | "newer"} State Of the storage. `newer`: a later version of
 *   this program wrote it, and this one leaves it alone.
 */

/** Of the form in which the shelf is written. */
export const VERSION = 1;
const IDLE = 30 * 60 * 1000; // milliseconds after which the next page is another visit

/** The site's own path: two sites of one host have two shelves. */
export const base = new URL("../", import.meta.url).pathname;
const SHELF = `offprint.shelf:${base}`;
const VISIT = `offprint.visit:${base}`;

// ---- storage, which may be blocked, full, or hold what others wrote ----

/** @type {"open" | "blocked" | "full"} */
let access = "open";

/** @param {string} key */
function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    access = "blocked";
    return null;
  }
}

/** @param {string} key @param {string} value */
function store(key, value) {
  try {
    localStorage.setItem(key, value);
    access = "open";
  } catch {
    access = used() ? "full" : "blocked";
  }
  return access === "open";
}

/** A browser may block by granting no room at all; where something lies, there was room. */
function used() {
  try {
    return localStorage.length > 0;
  } catch {
    return false;
  }
}

// ---- what is kept, in one form for the storage and for a file ----

/** @param {unknown} value @param {number} limit */
const text = (value, limit) => (typeof value === "string" ? value.slice(0, limit) : "");

/** @param {unknown} value @param {RegExp} form */
const formed = (value, form) => (typeof value === "string" && form.test(value) ? value : "");

/** @param {unknown} value @returns {any[]} */
const list = (value) => (Array.isArray(value) ? value : []);

const SLUG = /^(?!\.+$)[\w.~-]{1,200}$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** @param {any} value @returns {Mark | null} */
function mark(value) {
  const slug = formed(value?.slug, SLUG);
  const ink = Number.isInteger(value?.ink) && value.ink >= 0 && value.ink <= 18 ? value.ink : 0;
  return slug ? { slug, name: text(value.name, 200) || slug, ink } : null;
}

/**
 * Returns the paper with nothing but what belongs there; null where slug or title is missing.
 * @param {any} value
 * @returns {Saved | null}
 */
export function paper(value) {
  const slug = formed(value?.slug, SLUG);
  const title = text(value?.title, 2000);
  if (!slug || !title) return null;
  return {
    slug,
    title,
    tex: text(value.tex, 2000),
    authors: list(value.authors).slice(0, 5000).map((name) => text(name, 500)).filter(Boolean),
    more: value.more === true,
    cut: value.cut === true,
    published: formed(value.published, /^\d{4}(-\d\d(-\d\d)?)?$/),
    arxiv: formed(value.arxiv, /^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Za-z-]+)?\/\d{7})$/),
    doi: formed(value.doi, /^10\.\S{1,300}$/),
    kind: formed(value.kind, /^[a-z]{1,30}$/),
    venue: text(value.venue, 500),
    url: formed(value.url, /^https?:\/\/[^\s{}\\<>"]{1,2000}$/),
    key: formed(value.key, /^\w[\w-]{0,200}$/),
    topics: list(value.topics).slice(0, 20).map(mark).filter((one) => one !== null),
    saved: formed(value.saved, DAY),
    note: text(value.note, 20000),
  };
}

/**
 * Returns the content of a storage or of a file; null where it is no shelf.
 * @param {string | null} written
 * @returns {(Content & { version: number, lost: number }) | null} `lost`: papers that could not be read.
 */
export function parse(written) {
  let found;
  try {
    found = JSON.parse(written ?? "");
  } catch {
    return null;
  }
  if (found?.offprint !== "shelf" || !(found.version >= 1)) return null;
  const all = list(found.papers).map(paper);
  const papers = all.filter((one) => one !== null);
  const read = list(found.read).filter((pair) => formed(pair?.[0], SLUG) && formed(pair?.[1], DAY));
  return {
    version: found.version,
    papers: new Map(papers.map((one) => [one.slug, one])),
    read: new Map(read.map(([slug, day]) => [slug, day])),
    lost: all.length - papers.length,
  };
}

/** Returns what `parse` takes, once written as JSON. @param {Content} content */
export const packed = ({ papers, read }) => ({ offprint: "shelf", version: VERSION, papers: [...papers.values()], read: [...read] });

const NOTHING = { version: 0, papers: new Map(), read: new Map() };
/** @type {{ raw: string | null, content: Content & { version: number } }} */
let last = { raw: null, content: NOTHING };

/** Returns what the storage holds now, whichever window wrote it. */
export function content() {
  const raw = stored(SHELF);
  if (raw !== last.raw) last = { raw, content: parse(raw) ?? NOTHING };
  return last.content;
}

/**
 * Changes the shelf as it is now, and tells everyone; false where nothing could be kept.
 * @param {(content: Content) => void} change
 */
export function edit(change) {
  const { papers, read, version } = content();
  if (version > VERSION) return false;
  const next = { papers: new Map(papers), read: new Map(read) };
  change(next);
  // What lies there and is no shelf may be worth something to somebody.
  if (last.raw !== null && !version) store(`${SHELF}.broken`, last.raw);
  const kept = store(SHELF, JSON.stringify(packed(next)));
  tell();
  return kept;
}

/** Returns how far the storage can be used. @returns {State} */
export const state = () => (content().version > VERSION ? "newer" : access);

// ---- the shelf ----

/** Today where the reader is. */
export function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** Returns the saved papers, first saved first. */
export const papers = () => [...content().papers.values()];

/** @param {string} slug */
export const saved = (slug) => content().papers.get(slug);

/** Returns the day on which the paper was marked as read. @param {string} slug */
export const readOn = (slug) => content().read.get(slug);

/**
 * Puts a paper on the shelf, or its newer facts; day and note stay.
 * @param {Facts & Partial<Saved>} facts
 */
export const save = (facts) =>
  edit(({ papers }) => {
    const before = papers.get(facts.slug);
    const next = paper({ saved: today(), note: "", ...facts, ...(before && { saved: before.saved, note: before.note }) });
    if (next) papers.set(next.slug, next);
  });

/** @param {string} slug @param {string} note */
export const annotate = (slug, note) =>
  edit(({ papers }) => {
    const before = papers.get(slug);
    if (before) papers.set(slug, { ...before, note });
  });

/** @param {string} slug */
export const remove = (slug) => edit(({ papers }) => papers.delete(slug));

/** @param {string} slug @param {boolean} isRead */
export const markRead = (slug, isRead) =>
  edit(({ read }) => {
    if (isRead) read.set(slug, read.get(slug) ?? today());
    else read.delete(slug);
  });

/** Returns the absolute address of a paper's page. @param {string} slug */
export const address = (slug) => new URL(`${base}papers/${slug}/`, location.href).href;

// ---- changes, also from other windows ----

/** @type {(() => void)[]} */
const watchers = [];

/** Calls `watcher` after each change of the shelf, wherever it was made. @param {() => void} watcher */
export const watch = (watcher) => watchers.push(watcher);

const tell = () => watchers.forEach((watcher) => watcher());

addEventListener("storage", ({ key }) => {
  if (key === SHELF || key === null) tell();
});
// A page that comes back as it was left has slept through all changes.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) tell();
});

// ---- visits ----

/**
 * Returns the day of the newest digest that was there at the visit before this one; what was first
 * featured later is new. Null: nothing is, for this is the first visit, or nothing can be kept.
 * Days are those of digests: the reader's clock only parts one visit from the next.
 * @param {string | null} newest Day of the site's newest digest.
 * @param {number} now Milliseconds.
 * @returns {string | null}
 */
export function visit(newest, now) {
  let before;
  try {
    before = JSON.parse(stored(VISIT) ?? "null");
  } catch {
    before = null;
  }
  const seen = formed(before?.seen, DAY);
  const same = Number.isFinite(before?.at) && Math.abs(now - before.at) < IDLE;
  const since = same ? formed(before?.since, DAY) : seen;
  // A site may take back a digest; its day must not hide for ever what comes after.
  const next = same && seen > (newest ?? "") ? seen : (newest ?? seen);
  store(VISIT, JSON.stringify({ since: since || next, seen: next, at: now }));
  return seen && since ? since : null;
}
