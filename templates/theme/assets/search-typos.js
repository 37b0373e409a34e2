// Finds the word that a misspelt one most likely means, just as generator/search/typos.py does.

import { joined } from "./search-query.js";
import { continuations, posting, spelling } from "./search-shelf.js";
import { completed, stem } from "./search-words.js";

/**
 * @typedef {import("./search-query.js").Query} Query
 * @typedef {import("./search-query.js").Word} Word
 * @typedef {import("./search-shelf.js").Shelf} Shelf
 * @typedef {{ typed: string, shown: string }} Guess
 */

/**
 * Returns the query with a near word for each that no paper has, and what was changed.
 * @param {Shelf} shelf
 * @param {Query} query
 * @returns {Promise<{ query: Query, guesses: Guess[] }>}
 */
export async function mend(shelf, query) {
  /** @type {Map<string, string>} */
  const swaps = new Map();
  for (const word of query.wanted) {
    for (const part of unknown(shelf, query, word)) {
      const near = nearest(part, await spelling(shelf));
      if (near) swaps.set(part, near);
    }
  }
  /** @template {string | null} T @param {T[]} parts */
  const swapped = (parts) => parts.map((part) => (part === null ? part : (swaps.get(part) ?? part)));
  const wanted = query.wanted.map((word) =>
    word.parts.some((part) => swaps.has(part))
      ? { ...word, whole: null, parts: swapped(word.parts), unfinished: false, guessed: true }
      : word,
  );
  return {
    query: { ...query, wanted, sequence: swapped(query.sequence) },
    guesses: [...swaps].map(([typed, shown]) => ({ typed, shown })),
  };
}

/**
 * Returns the parts of `word` for which there is no paper, none where it is known as one.
 * @param {Shelf} shelf
 * @param {Query} query
 * @param {Word} word
 */
function unknown(shelf, query, { whole, parts, unfinished }) {
  if (whole && isKnown(shelf, whole, unfinished)) return [];
  const kept = new Set(query.phrases.flat());
  const last = parts.length - 1;
  return parts.filter(
    (part, place) =>
      !kept.has(stem(shelf.lunr, part)) &&
      !isKnown(shelf, part, unfinished && place === last) &&
      !isJoined(shelf, query, part),
  );
}

/** @param {Shelf} shelf @param {string} term */
const has = (shelf, term) => Object.keys(posting(shelf, term)).length > 0;

/** @param {Shelf} shelf @param {string} part @param {boolean} unfinished */
function isKnown(shelf, part, unfinished) {
  const terms = [stem(shelf.lunr, part), ...(unfinished ? completed(shelf.lunr, part) : [])];
  return terms.some((term) => has(shelf, term)) || (unfinished && continuations(shelf, part).length > 0);
}

/** @param {Shelf} shelf @param {Query} query @param {string} part */
function isJoined(shelf, query, part) {
  const own = stem(shelf.lunr, part);
  return joined(shelf.lunr, query).some(({ span, term }) => span.includes(own) && has(shelf, term));
}

/**
 * Returns the known word with the fewest letters to change, null if more than a few.
 * @param {string} word
 * @param {Map<string, number>} known
 */
function nearest(word, known) {
  const letters = [...word];
  let least = letters.length < 4 ? 0 : letters.length < 8 ? 1 : 2;
  let best = null;
  for (const [candidate, size] of least ? known : []) {
    const others = [...candidate];
    if (Math.abs(others.length - letters.length) > least || !beginAlike(letters, others)) continue;
    const apart = distance(letters, others, least);
    if (apart > least || (apart > 1 && letters[0] !== others[0])) continue;
    // The known words are in order, so that of equals the first stays.
    if (!best || apart < best.apart || (apart === best.apart && size > best.size)) best = { candidate, apart, size };
    least = best.apart;
  }
  return best && best.candidate;
}

/** @param {string[]} a @param {string[]} b */
const beginAlike = (a, b) => a[0] === b[0] || a[1] === b[1] || a[0] === b[1] || a[1] === b[0];

/**
 * Counts the letters to add, drop, change or swap between two words; stops beyond `most`.
 * @param {string[]} a
 * @param {string[]} b
 * @param {number} most
 */
function distance(a, b, most) {
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i += 1) {
    const line = [i];
    for (let j = 1; j <= b.length; j += 1) {
      line[j] = Math.min(row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1), row[j] + 1, line[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        line[j] = Math.min(line[j], before[j - 2] + 1);
      }
    }
    if (Math.min(...line) > most && Math.min(...row) > most) return most + 1;
    [before, row] = [row, line];
  }
  return row[b.length];
}
