// Reads the files of a site's search just as generator/search/shelf.py does, but ahead: `fetched`
// loads what a query needs, and then all else looks it up without waiting.

import { STARTS_CJK } from "./search-words.js";

/**
 * @typedef {{ slug: string, title: string, authors?: string, year?: string, arxiv?: string, topics?: number[], text?: string }} Paper
 * @typedef {{ slug: string, name: string, ink: number }} Topic
 * @typedef {{ papers: number, chunk: number, lengths: { t: number[], b: number[] }, acronyms: Record<string, import("./search-words.js").Slots[]>, bare: number[], parts: string[] }} Head
 * @typedef {Record<string, Map<number, number>>} Posting How often a term stands in each field of each paper.
 * @typedef {Record<string, Map<number, number[]>>} Places Where it stands there, in order.
 * @typedef {{ names: string[], found: Map<string, any> }} Part
 * @typedef {(name: string) => Promise<any>} Load Returns the content of a JSON file of `search/`.
 * @typedef {{ lunr: any, load: Load, head: Head, topics: Topic[], parts: Map<number, Part>, positions: Map<number, number[][]>, chunks: Map<number, Paper[]>, spelling: Map<string, number> | null, postings: Map<string, Posting> }} Shelf
 */

const EXPANSIONS = 64;

/**
 * Opens the files that every query needs.
 * @param {any} library lunr, or a promise of it.
 * @param {Load} load
 * @returns {Promise<Shelf>}
 */
export async function open(library, load) {
  const [lunr, head, shown] = await Promise.all([library, load("index.json"), load("papers.json")]);
  const parts = new Map(head.parts.length ? [] : [[0, part(head)]]);
  const chunks = new Map(head.parts.length ? [] : [[0, shown.papers]]);
  const { topics } = shown;
  return { lunr, load, head, topics, parts, positions: new Map(), chunks, spelling: null, postings: new Map() };
}

/** @param {any} index lunr's serialised index. @returns {Part} */
const part = ({ invertedIndex }) => ({
  names: invertedIndex.map((/** @type {any} */ entry) => entry[0]),
  found: new Map(invertedIndex),
});

/**
 * Loads what is known of some terms, of all that begin with `starts`, and the places of `placed`.
 * @param {Shelf} shelf
 * @param {{ terms: Iterable<string>, starts: Iterable<string>, placed: Iterable<string> }} needs
 */
export async function fetched(shelf, { terms, starts, placed }) {
  const [parts, positions] = [new Set(), new Set()];
  for (const term of terms) parts.add(partOf(shelf, term));
  for (const start of starts) {
    if (!isStart(start)) continue;
    for (let at = partOf(shelf, start); at <= lastPartOf(shelf, start); at += 1) parts.add(at);
  }
  for (const term of placed) {
    parts.add(partOf(shelf, term));
    positions.add(partOf(shelf, term));
  }
  const parted = shelf.head.parts.length > 0;
  await Promise.all([
    ...[...parts].filter((at) => !shelf.parts.has(at)).map(async (at) => {
      shelf.parts.set(at, part(await shelf.load(`index-${at}.json`)));
    }),
    ...[...positions].filter((at) => !shelf.positions.has(at)).map(async (at) => {
      shelf.positions.set(at, await shelf.load(parted ? `positions-${at}.json` : "positions.json"));
    }),
  ]);
}

/** @param {Shelf} shelf @param {string} term */
function partOf({ head }, term) {
  let first = 0;
  for (let after = head.parts.length; first < after; ) {
    const middle = (first + after) >> 1;
    if (head.parts[middle] <= term) first = middle + 1;
    else after = middle;
  }
  return Math.max(0, first - 1);
}

/** @param {Shelf} shelf @param {string} start */
const lastPartOf = (shelf, start) => partOf(shelf, `${start}\u{10ffff}`);

/** @param {string} start */
const isStart = (start) => [...start].length > 1 || STARTS_CJK.test(start);

/**
 * Returns the part of the index that holds `term`, which was fetched.
 * @param {Shelf} shelf
 * @param {number} at
 */
function known(shelf, at) {
  const found = shelf.parts.get(at);
  if (!found) throw new Error(`part ${at} was not fetched`);
  return found;
}

/**
 * Returns where `term` stands; without a field where it stands nowhere.
 * @param {Shelf} shelf
 * @param {string} term
 * @returns {Posting}
 */
export function posting(shelf, term) {
  let found = shelf.postings.get(term);
  if (!found) {
    found = counted(known(shelf, partOf(shelf, term)).found.get(term));
    shelf.postings.set(term, found);
  }
  return found;
}

/** @param {any} fields @returns {Posting} */
function counted(fields) {
  /** @type {Posting} */
  const found = {};
  for (const field of Object.keys(fields ?? {})) {
    if (field === "_index") continue;
    found[field] = new Map(Object.entries(fields[field]).map(([paper, { n }]) => [Number(paper), n ? n[0] : 1]));
  }
  return found;
}

/**
 * Returns the places of `term`; without a field where it stands nowhere.
 * @param {Shelf} shelf
 * @param {string} term
 * @returns {Places}
 */
export function places(shelf, term) {
  const at = partOf(shelf, term);
  const entry = known(shelf, at).found.get(term);
  if (!entry) return {};
  const all = shelf.positions.get(at);
  if (!all) throw new Error(`positions ${at} were not fetched`);
  const flat = all[entry._index];
  let next = 0;
  /** @type {Places} */
  const found = {};
  for (const [field, papers] of Object.entries(posting(shelf, term))) {
    found[field] = new Map();
    for (const [paper, times] of papers) {
      let place = 0;
      const own = flat.slice(next, next + times).map((step) => (place += step));
      found[field].set(paper, own);
      next += times;
    }
  }
  return found;
}

/**
 * Returns the terms that begin with `start`, those of most papers first, ties in order.
 * @param {Shelf} shelf
 * @param {string} start
 */
export function continuations(shelf, start) {
  if (!isStart(start)) return [];
  const found = [];
  for (let at = partOf(shelf, start); at <= lastPartOf(shelf, start); at += 1) {
    for (const term of beginning(known(shelf, at).names, start)) {
      found.push({ term, size: papersOf(posting(shelf, term)).size });
    }
  }
  // The sort is stable and the terms are in order.
  return found.sort((a, b) => b.size - a.size).slice(0, EXPANSIONS).map(({ term }) => term);
}

/** @param {string[]} names @param {string} start */
function beginning(names, start) {
  let first = 0;
  for (let after = names.length; first < after; ) {
    const middle = (first + after) >> 1;
    if (names[middle] < start) first = middle + 1;
    else after = middle;
  }
  let last = first;
  while (last < names.length && names[last].startsWith(start)) last += 1;
  return names.slice(first, last);
}

/**
 * Returns the papers of a posting, whatever the field.
 * @param {Record<string, Map<number, any>>} fields
 * @returns {Set<number>}
 */
export function papersOf(fields) {
  const found = new Set();
  for (const papers of Object.values(fields)) for (const paper of papers.keys()) found.add(paper);
  return found;
}

/**
 * Returns what results show of papers, in the order of their numbers.
 * @param {Shelf} shelf
 * @param {number[]} numbers
 * @returns {Promise<Paper[]>}
 */
export async function papers(shelf, numbers) {
  const { chunk } = shelf.head;
  const wanted = new Set(numbers.map((number) => Math.floor(number / chunk)));
  await Promise.all([...wanted].filter((at) => !shelf.chunks.has(at)).map(async (at) => {
    shelf.chunks.set(at, await shelf.load(`papers-${at}.json`));
  }));
  return numbers.map((number) => /** @type {Paper[]} */ (shelf.chunks.get(Math.floor(number / chunk)))[number % chunk]);
}

/**
 * Returns the words of all texts as they are written, and how many papers have each.
 * @param {Shelf} shelf
 */
export async function spelling(shelf) {
  if (!shelf.spelling) {
    const { words, papers: counts } = await shelf.load("words.json");
    shelf.spelling = new Map(words.map((/** @type {string} */ word, /** @type {number} */ at) => [word, counts[at]]));
  }
  return shelf.spelling;
}
