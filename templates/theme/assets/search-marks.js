// Says which pieces of a text a query found, as the text writes them.

import { joined, stems } from "./search-query.js";
import { CJK, completed, counts, DROPPED, fold, HAS_CJK, JOINT, STARTS_CJK, stem } from "./search-words.js";

/**
 * @typedef {import("./search-query.js").Query} Query
 * @typedef {import("./search-shelf.js").Shelf} Shelf
 * @typedef {{ text: string, hit: boolean, term?: string | null }} Piece `term`: of a word, null for a stop word.
 * @typedef {{ lunr: any, terms: Set<string>, begun: string[], phrases: import("./search-words.js").Slots[] }} Sought
 */

// As a title is written: with marks and with what `fold` drops.
const WRITTEN = `[\\p{L}\\p{N}\\p{M}${DROPPED}]+`;
const WRITTEN_COMPOUND = new RegExp(`${WRITTEN}(?:[-\\u2010\\u2011\\u2013.]${WRITTEN})*`, "gu");
const WRITTEN_JOINT = /([-\u2010\u2011\u2013.])/;
const CJK_OR_NOT = new RegExp(`(?:${CJK}\\p{M}*)+|(?:(?!${CJK})[^])+`, "gu");

/**
 * Returns a function that cuts a text into pieces and says of each whether the query found it.
 * @param {Shelf} shelf
 * @param {Query} query As it was answered.
 * @returns {(text: string) => { text: string, hit: boolean }[]}
 */
export function marker(shelf, query) {
  const sought = soughtBy(shelf, query);
  return (text) => {
    /** @type {Piece[]} */
    const pieces = [];
    let after = 0;
    for (const { 0: run, index } of text.matchAll(WRITTEN_COMPOUND)) {
      pieces.push({ text: text.slice(after, index), hit: false }, ...cut(run, sought));
      after = index + run.length;
    }
    pieces.push({ text: text.slice(after), hit: false });
    for (const phrase of sought.phrases) markPhrase(pieces, phrase);
    return joinedPieces(pieces);
  };
}

/**
 * Words that stand in quotes count where the phrase stands, others everywhere.
 * @param {Shelf} shelf
 * @param {Query} query
 * @returns {Sought}
 */
function soughtBy({ lunr, head }, query) {
  const quoted = new Set(query.phrases.flat().filter((term) => term !== null && !STARTS_CJK.test(term)));
  const free = query.wanted.filter(({ parts }) => parts.some((part) => !quoted.has(stem(lunr, part))));
  const open = free.filter(({ unfinished }) => unfinished);
  const starts = open.flatMap(({ whole, parts }) => [parts[parts.length - 1], ...(whole ? [whole] : [])]);
  const words = free.flatMap(({ whole, parts }) => (whole ? [...parts, whole] : parts));
  const own = [...words, ...starts.flatMap((start) => completed(lunr, start))].map((word) => stem(lunr, word));
  const pairs = joined(lunr, query).map(({ term }) => term);
  const line = stems(lunr, query).join(" ");
  const forms = Object.entries(head.acronyms).flatMap(([term, all]) => all.map((form) => ({ term, form })));
  return {
    lunr,
    terms: new Set([
      ...own,
      ...pairs,
      ...forms.filter(({ form }) => ` ${line} `.includes(` ${form.join(" ")} `)).map(({ term }) => term),
    ]),
    begun: starts.filter((start) => start.length > 1 || STARTS_CJK.test(start)),
    phrases: [...query.phrases, ...forms.filter(({ term }) => own.includes(term)).map(({ form }) => form)],
  };
}

/** @param {string} word @param {Sought} sought */
const isHit = (word, { lunr, terms, begun }) =>
  word !== "" && counts(lunr, word) && (terms.has(stem(lunr, word)) || begun.some((start) => word.startsWith(start)));

/** @param {string} run @param {Sought} sought @returns {Piece[]} */
function cut(run, sought) {
  if (HAS_CJK.test(run)) return cutCjk(run, sought);
  const whole = WRITTEN_JOINT.test(run) && isHit(fold(run).split(JOINT).join(""), sought);
  return run.split(WRITTEN_JOINT).map((text) => {
    const word = fold(text);
    if (!word || WRITTEN_JOINT.test(text)) return { text, hit: whole };
    return { text, hit: whole || isHit(word, sought), term: counts(sought.lunr, word) ? stem(sought.lunr, word) : null };
  });
}

/** @param {string} run @param {Sought} sought @returns {Piece[]} */
function cutCjk(run, sought) {
  return (run.match(CJK_OR_NOT) ?? []).flatMap((segment) => {
    if (!STARTS_CJK.test(segment)) return [{ text: segment, hit: isHit(fold(segment), sought) }];
    const chars = segment.match(/\P{M}\p{M}*/gu) ?? [];
    const folded = chars.map(fold);
    const hits = chars.map((_, place) => isHit(folded[place], sought));
    folded.forEach((char, place) => {
      if (place && isHit(folded[place - 1] + char, sought)) hits[place - 1] = hits[place] = true;
    });
    return chars.map((text, place) => ({ text, hit: hits[place] }));
  });
}

/**
 * Marks each place where the terms of `phrase` follow each other, with what stands between.
 * @param {Piece[]} pieces
 * @param {import("./search-words.js").Slots} phrase
 */
function markPhrase(pieces, phrase) {
  const words = pieces.flatMap(({ term }, place) => (term === undefined ? [] : [{ term, place }]));
  for (let first = 0; first + phrase.length <= words.length; first += 1) {
    if (!phrase.every((term, after) => term === null || words[first + after].term === term)) continue;
    const last = words[first + phrase.length - 1].place;
    for (let place = words[first].place; place <= last; place += 1) pieces[place].hit = true;
  }
}

/** @param {Piece[]} pieces */
function joinedPieces(pieces) {
  /** @type {{ text: string, hit: boolean }[]} */
  const found = [];
  for (const { text, hit } of pieces) {
    const last = found[found.length - 1];
    if (last && (last.hit === hit || text === "")) last.text += text;
    else if (text) found.push({ text, hit });
  }
  return found;
}
