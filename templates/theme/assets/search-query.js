// Takes a query apart just as generator/search/queries.py does.

import { compounds, fold, numeral, stem, stemmed, trimmed } from "./search-words.js";

/**
 * @typedef {{ whole: string | null, parts: string[], unfinished: boolean, times: number, guessed: boolean }} Word
 *   Parts are folded, not stemmed; `times`: how often the query says it; `guessed`: whether it
 *   stands for a word that no paper has.
 * @typedef {import("./search-words.js").Slots} Slots
 * @typedef {{ text: string, wanted: Word[], excluded: Word[], phrases: Slots[], forbidden: Slots[], isId: boolean, sequence: Slots }} Query
 *   `phrases`: terms that must follow each other, at a null any word may stand; `sequence`: the
 *   parts of all wanted words as they were typed.
 * @typedef {{ word: Word | null, slots: Slots }} Typed
 */

const QUERY_LENGTH = 1000;
const QUERY_WORDS = 128;
const JOINED = 6;
const BINDING = 8;
const SPACE = /[ \t-\r]+/g;
const QUOTE = /[“”„‟«»]/g;
const PIECE = /(-?)"([^"]*)"|[^ "]+/g;
const IDENTIFIER =
  /^ ?(?:[^ ]*[/:] ?)?([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[a-z]{2})?\/[0-9]{7})(?:v[0-9]+)?(?:\.pdf)? ?$/;

/**
 * Returns what `query` looks for; no text is too odd for it.
 * @param {any} lunr
 * @param {string} query
 * @returns {Query}
 */
export function parse(lunr, query) {
  let text = fold([...query].slice(0, QUERY_LENGTH).join("")).replace(SPACE, " ").replace(QUOTE, '"');
  const id = IDENTIFIER.exec(text);
  text = id ? id[1] : text;
  /** @type {Typed[]} */
  let typed = [];
  /** @type {Word[]} */
  const excluded = [];
  /** @type {Slots[]} */
  const phrases = [];
  /** @type {Slots[]} */
  const forbidden = [];
  let beside = 0;
  for (const { 0: piece, 2: inner, index } of text.matchAll(PIECE)) {
    const quoted = inner !== undefined;
    const found = read(lunr, quoted ? inner : piece, !quoted && index + piece.length === text.length);
    const phrase = quoted ? trimmed(stemmed(lunr, found.flatMap(({ slots }) => slots))) : [];
    const words = wordsOf(found);
    if (phrase.length) (piece.startsWith("-") ? forbidden : phrases).push(phrase);
    if (piece.startsWith("-")) excluded.push(...(quoted ? [] : words));
    else typed.push(...found);
    if (!quoted && !piece.startsWith("-")) beside += words.length;
  }
  typed = typed.slice(0, QUERY_WORDS);
  return {
    text,
    wanted: merged(wordsOf(typed)),
    excluded: excluded.slice(0, QUERY_WORDS).map((word) => ({ ...word, unfinished: false })),
    phrases: beside <= BINDING ? phrases.slice(0, QUERY_WORDS) : [],
    forbidden: forbidden.slice(0, QUERY_WORDS),
    isId: id !== null,
    sequence: typed.flatMap(({ slots }) => slots),
  };
}

/** @param {Typed[]} typed @returns {Word[]} */
const wordsOf = (typed) => typed.flatMap(({ word }) => (word ? [word] : []));

/**
 * Returns the words of a piece; of the last piece the last is unfinished.
 * @param {any} lunr
 * @param {string} piece
 * @param {boolean} last
 * @returns {Typed[]}
 */
function read(lunr, piece, last) {
  const id = IDENTIFIER.exec(piece);
  if (id) {
    const slots = [numeral(id[1])];
    return [{ word: { whole: null, parts: slots, unfinished: last, times: 1, guessed: false }, slots }];
  }
  return compounds(lunr, piece).map(({ whole, slots, parts, end }) => {
    const unfinished = last && end === piece.length;
    return { word: parts.length ? { whole, parts, unfinished, times: 1, guessed: false } : null, slots };
  });
}

/**
 * Returns each word once, where it stands first, with how often it stands.
 * @param {Word[]} list
 */
function merged(list) {
  /** @type {Map<string, Word>} */
  const found = new Map();
  for (const word of list) {
    const name = JSON.stringify([word.whole, word.parts]);
    found.set(name, { ...word, times: (found.get(name)?.times ?? 0) + 1 });
  }
  return [...found.values()];
}

/**
 * Returns the terms of the sequence.
 * @param {any} lunr
 * @param {Query} query
 */
export const stems = (lunr, { sequence }) => stemmed(lunr, sequence);

/**
 * Returns each two neighbouring terms once, with the stop words between them.
 * @param {any} lunr
 * @param {Query} query
 * @returns {Slots[]}
 */
export function pairs(lunr, query) {
  const terms = stems(lunr, query);
  const held = terms.flatMap((term, place) => (term === null ? [] : [place]));
  const found = held.slice(1).map((last, place) => terms.slice(held[place], last + 1));
  return [...new Map(found.map((pair) => [pair.join(" "), pair])).values()];
}

/**
 * Returns each two neighbouring terms with the term that they are as one word.
 * @param {any} lunr
 * @param {Query} query
 * @returns {{ span: Slots, term: string }[]}
 */
export function joined(lunr, { sequence }) {
  if (sequence.filter((part) => part !== null).length > JOINED) return [];
  return sequence.slice(1).flatMap((second, place) => {
    const first = sequence[place];
    if (first === null || second === null) return [];
    return [{ span: stemmed(lunr, [first, second]), term: stem(lunr, first + second) }];
  });
}

/**
 * Returns a word as a message shows it.
 * @param {Word} word
 */
export const spelt = ({ whole, parts }) => parts.join(whole ? "-" : " ");
