// What a term adds to the score of each paper, just as generator/search/weights.py measures it.

import { places } from "./search-shelf.js";

/**
 * @typedef {import("./search-shelf.js").Posting} Posting
 * @typedef {import("./search-shelf.js").Places} Places
 * @typedef {import("./search-shelf.js").Shelf} Shelf
 * @typedef {Map<number, number>} Gains What papers gain, by their number.
 * @typedef {{ papers: number, titles: number[], norms: number[] }} Weights
 */

const TITLE = 3;
const AUTHOR = 2;
const SATURATION = 1.5;
const LENGTH = 0.6;

/** @param {Shelf} shelf @returns {Weights} */
export function weights({ head: { papers, lengths } }) {
  const whole = lengths.t.map((title, paper) => TITLE * title + lengths.b[paper]);
  const total = whole.reduce((sum, length) => sum + length, 0);
  const norms = whole.map((length) => 1 - LENGTH + (total ? (LENGTH * length * papers) / total : LENGTH));
  return { papers, titles: lengths.t, norms };
}

/**
 * Returns how much a word counts that `count` papers have.
 * @param {Weights} own
 * @param {number} count
 */
export const rarity = (own, count) => Math.log(1 + (own.papers - count + 0.5) / (count + 0.5));

/**
 * Returns what each paper gains by terms that count as one.
 * @param {Weights} own
 * @param {Posting[]} postings
 * @returns {Gains}
 */
export function gains(own, postings) {
  /** @type {Gains} */
  const sums = new Map();
  for (const posting of postings) {
    for (const [paper, weight] of weighed(own, posting)) add(sums, paper, weight);
  }
  const rare = rarity(own, sums.size);
  for (const [paper, weight] of sums) sums.set(paper, (rare * weight * (SATURATION + 1)) / (weight + SATURATION));
  return sums;
}

/** @param {Weights} own @param {Posting} posting @returns {Gains} */
function weighed({ norms }, { t, b, a }) {
  /** @type {Gains} */
  const found = new Map();
  for (const [paper, times] of t ?? []) add(found, paper, (TITLE * times) / norms[paper]);
  for (const [paper, times] of b ?? []) add(found, paper, times / norms[paper]);
  for (const [paper, times] of a ?? []) add(found, paper, AUTHOR * times);
  return found;
}

/** @param {Gains} sums @param {number} paper @param {number} gain */
export const add = (sums, paper, gain) => sums.set(paper, (sums.get(paper) ?? 0) + gain);

/**
 * Returns where `terms` follow each other: the first one's places by field and paper.
 * @param {Shelf} shelf
 * @param {import("./search-words.js").Slots} terms
 * @returns {Places}
 */
export function phrase(shelf, terms) {
  const steps = terms.flatMap((term, step) => (term === null ? [] : [{ step, places: places(shelf, term) }]));
  /** @type {Places} */
  const found = {};
  if (steps.some((one) => !Object.keys(one.places).length)) return found;
  for (const field of Object.keys(steps[0].places)) {
    const followed = follow(steps.map((one) => ({ step: one.step, places: one.places[field] })));
    if (followed.size) found[field] = followed;
  }
  return found;
}

/** @param {{ step: number, places: Map<number, number[]> }[]} steps */
function follow([first, ...rest]) {
  const found = new Map();
  for (const [paper, starts] of first.places) {
    if (!rest.every(({ places }) => places.has(paper))) continue;
    const later = rest.map(({ step, places }) => ({ step, own: new Set(places.get(paper)) }));
    const kept = starts.filter((start) => later.every(({ step, own }) => own.has(start + step)));
    if (kept.length) found.set(paper, kept);
  }
  return found;
}

/**
 * Returns a phrase's places as a posting.
 * @param {Places} found
 * @returns {Posting}
 */
export const counted = (found) =>
  Object.fromEntries(
    Object.entries(found).map(([field, papers]) => [
      field,
      new Map([...papers].map(([paper, starts]) => [paper, starts.length])),
    ]),
  );
