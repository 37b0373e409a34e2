// Turns a query and a shelf into a score for each paper that answers, just as
// generator/search/ranking.py does: order and scores agree, which a test compares.

import { joined, pairs, spelt, stems } from "./search-query.js";
import { continuations, papers, papersOf, posting } from "./search-shelf.js";
import { add, counted, gains, phrase, rarity, weights } from "./search-weights.js";
import { completed, fold, key, stem, trimmed } from "./search-words.js";

/**
 * @typedef {import("./search-query.js").Query} Query
 * @typedef {import("./search-query.js").Word} Word
 * @typedef {import("./search-words.js").Slots} Slots
 * @typedef {import("./search-shelf.js").Shelf} Shelf
 * @typedef {import("./search-weights.js").Gains} Gains
 * @typedef {import("./search-weights.js").Weights} Weights
 * @typedef {{ shelf: Shelf, query: Query, own: Weights, stems: Slots, terms: string[], parts: Map<string, Gains>, sums: Gains, having: Set<number>[] }} Ranking
 *   `terms`: those of the stems, each once; `parts`: what each part of a word is worth; `having`: the papers of each word.
 * @typedef {{ scores: Map<number, number>, complete: Set<number>, missing: string[], excluded: number }} Ranked
 *   `complete`: papers with all words; `missing`: words that no paper has; `excluded`: how many
 *   papers a minus left out.
 */

const CONTINUED = 0.25;
const ALIKE = 0.5;
const NEAR = 0.2;
const LIKE_TITLE = 0.5;
const SHORT = 4;
const LONGEST_FORM = 7;
const HALF = 10;

/**
 * Returns what must be fetched before `rank` can answer.
 * @param {Shelf} shelf
 * @param {Query} query
 */
export function needs(shelf, query) {
  const { lunr, head } = shelf;
  const said = held(stems(lunr, query));
  const [terms, starts, placed] = [new Set(said), new Set(), new Set()];
  for (const { whole, parts, unfinished } of [...query.wanted, ...query.excluded]) {
    for (const part of whole ? [...parts, whole] : parts) {
      terms.add(stem(lunr, part));
      for (const form of formsOf(head, stem(lunr, part))) held(form).forEach((term) => placed.add(term));
    }
    for (const part of unfinished ? [parts[parts.length - 1], ...(whole ? [whole] : [])] : []) {
      starts.add(part);
      completed(lunr, part).forEach((term) => terms.add(term));
    }
  }
  for (const { term } of otherForms(shelf, query)) terms.add(term);
  // `end to end` has one term, and it stands beside itself.
  const together = Math.max(terms.size, said.length) > 1 ? said : [];
  for (const term of held([...together, ...query.phrases.flat(), ...query.forbidden.flat()])) placed.add(term);
  return { terms, starts, placed };
}

/** @param {Slots} slots @returns {string[]} */
const held = (slots) => slots.filter((term) => term !== null);

/** @param {import("./search-shelf.js").Head} head @param {string} term @returns {Slots[]} */
const formsOf = ({ acronyms }, term) => (Object.hasOwn(acronyms, term) ? acronyms[term] : []);

/**
 * Returns the score of each paper that answers.
 * @param {Shelf} shelf
 * @param {Query} query
 * @returns {Promise<Ranked>}
 */
export async function rank(shelf, query) {
  if (!query.wanted.length) {
    const found = query.excluded.length ? [] : await meant(shelf, query, shelf.head.bare);
    return { scores: new Map(found.map((paper) => [paper, 3])), complete: new Set(found), missing: [], excluded: 0 };
  }
  const all = stems(shelf.lunr, query);
  const terms = [...new Set(held(all))];
  /** @type {Ranking} */
  const ranking = { shelf, query, own: weights(shelf), stems: all, terms, parts: new Map(), sums: new Map(), having: [] };
  for (const word of query.wanted) ranking.having.push(addWord(ranking, word));
  addOtherForms(ranking);
  addNeighbours(ranking);
  addTitles(ranking);
  return scored(ranking);
}

/** @param {Ranking} ranking @returns {Promise<Ranked>} */
async function scored(ranking) {
  const { shelf, query, sums, having } = ranking;
  const { kept, excluded } = left(ranking);
  const complete = new Set([...kept].filter((paper) => having.every((papers) => papers.has(paper))));
  const tiers = new Map([...complete].map((paper) => [paper, 1]));
  for (const paper of beginning(ranking)) if (complete.has(paper)) tiers.set(paper, 2);
  for (const paper of await meant(shelf, query, perhapsMeant(ranking, complete))) tiers.set(paper, 3);
  const scores = new Map();
  for (const [paper, sum] of sums) {
    if (kept.has(paper)) scores.set(paper, rounded((tiers.get(paper) ?? 0) + sum / (sum + HALF)));
  }
  const missing = query.wanted.filter((_, place) => !having[place].size).map(spelt);
  return { scores, complete, missing, excluded };
}

/**
 * Adds what `word` is worth; returns the papers that have it.
 * @param {Ranking} ranking
 * @param {Word} word
 */
function addWord(ranking, word) {
  const last = word.parts.length - 1;
  const each = word.parts.map((part, place) => partGains(ranking, part, word.unfinished && place === last));
  for (const found of each) addAll(ranking.sums, found, word.times * (word.guessed ? ALIKE : 1));
  const having = new Set([...each[0].keys()].filter((paper) => each.every((found) => found.has(paper))));
  if (word.whole) {
    const found = partGains(ranking, word.whole, word.unfinished);
    addAll(ranking.sums, found, 1);
    for (const paper of found.keys()) having.add(paper);
  }
  return having;
}

/**
 * Returns what `part` is worth: itself, what it may become, what it is short for.
 * @param {Ranking} ranking
 * @param {string} part
 * @param {boolean} unfinished
 */
function partGains({ shelf, own, parts }, part, unfinished) {
  const name = stem(shelf.lunr, part);
  const terms = [...new Set([name, ...(unfinished ? completed(shelf.lunr, part) : [])])];
  const exact = terms.filter((term) => Object.keys(posting(shelf, term)).length);
  const found = gains(own, exact.map((term) => posting(shelf, term)));
  if (unfinished) {
    const more = continuations(shelf, part).filter((term) => !exact.includes(term));
    improve(found, gains(own, more.map((term) => posting(shelf, term))), exact.length ? CONTINUED : 1);
  }
  for (const form of formsOf(shelf.head, name)) improve(found, gains(own, [counted(phrase(shelf, form))]), ALIKE);
  parts.set(name, found);
  return found;
}

/** @param {Gains} sums @param {Gains} found @param {number} factor */
function addAll(sums, found, factor) {
  for (const [paper, gain] of found) add(sums, paper, factor * gain);
}

/**
 * Puts in what `others` have more.
 * @param {Gains} found
 * @param {Gains} others
 * @param {number} factor
 */
function improve(found, others, factor) {
  for (const [paper, gain] of others) found.set(paper, Math.max(found.get(paper) ?? 0, factor * gain));
}

/**
 * Returns neighbouring terms of `query` with the acronym, or the one word, that they make.
 * @param {Shelf} shelf
 * @param {Query} query
 */
function otherForms(shelf, query) {
  /** @type {Map<string, string[]>} */
  const short = new Map();
  for (const [acronym, forms] of Object.entries(shelf.head.acronyms)) {
    for (const form of forms) short.set(form.join(" "), [...(short.get(form.join(" ")) ?? []), acronym]);
  }
  const terms = stems(shelf.lunr, query);
  const found = [];
  for (let start = 0; start < terms.length; start += 1) {
    for (let end = start + 2; end <= Math.min(start + LONGEST_FORM, terms.length); end += 1) {
      const span = terms.slice(start, end);
      for (const term of short.get(span.join(" ")) ?? []) found.push({ span, term });
    }
  }
  return [...found, ...joined(shelf.lunr, query)];
}

/**
 * Lets papers gain that write neighbouring words as one, or as an acronym.
 * @param {Ranking} ranking
 */
function addOtherForms({ shelf, query, own, terms, parts, sums, having }) {
  const known = new Set(terms);
  for (const { span, term } of otherForms(shelf, query)) {
    if (known.has(term)) continue;
    known.add(term);
    const found = gains(own, [posting(shelf, term)]);
    for (const [paper, gain] of found) {
      let already = 0;
      for (const part of new Set(held(span))) already += parts.get(part)?.get(paper) ?? 0;
      if (ALIKE * gain > already) add(sums, paper, ALIKE * gain - already);
    }
    query.wanted.forEach((word, place) => {
      if (!word.parts.every((part) => span.includes(stem(shelf.lunr, part)))) return;
      for (const paper of found.keys()) having[place].add(paper);
    });
  }
}

/**
 * Lets papers gain that have neighbouring words of the query side by side.
 * @param {Ranking} ranking
 */
function addNeighbours({ shelf, query, own, sums }) {
  for (const pair of pairs(shelf.lunr, query)) addAll(sums, gains(own, [counted(phrase(shelf, pair))]), NEAR);
}

/**
 * Lets papers gain whose titles have little more than words of the query.
 * @param {Ranking} ranking
 */
function addTitles({ shelf, own, terms, sums }) {
  const [told, counts] = [new Map(), new Map()];
  for (const term of terms) {
    const found = posting(shelf, term);
    const rare = rarity(own, papersOf(found).size);
    for (const paper of (found.t ?? new Map()).keys()) {
      add(told, paper, rare);
      add(counts, paper, 1);
    }
  }
  const share = LIKE_TITLE * Math.min(1, SHORT / Math.max(1, terms.length));
  for (const [paper, rare] of told) add(sums, paper, share * rare * (counts.get(paper) / own.titles[paper]));
}

/**
 * Returns the papers that the quotes and the minus leave, and how many the minus took.
 * @param {Ranking} ranking
 */
function left({ shelf, query, sums }) {
  const kept = new Set(sums.keys());
  const out = [
    ...query.excluded.map((word) => having(shelf, word)),
    ...query.forbidden.map((terms) => papersOf(phrase(shelf, terms))),
  ];
  let excluded = 0;
  for (const papers of out) for (const paper of papers) if (kept.delete(paper)) excluded += 1;
  for (const terms of query.phrases) {
    const found = papersOf(phrase(shelf, terms));
    for (const paper of [...kept]) if (!found.has(paper)) kept.delete(paper);
  }
  return { kept, excluded };
}

/**
 * Returns the papers that have all parts of a finished word, or the parts as one.
 * @param {Shelf} shelf
 * @param {Word} word
 */
function having(shelf, { whole, parts }) {
  const [first, ...rest] = parts.map((part) => papersOf(posting(shelf, stem(shelf.lunr, part))));
  const found = new Set([...first].filter((paper) => rest.every((papers) => papers.has(paper))));
  for (const paper of whole ? papersOf(posting(shelf, stem(shelf.lunr, whole))) : []) found.add(paper);
  return found;
}

/**
 * Returns the papers whose titles begin with the query, if that has several words.
 * @param {Ranking} ranking
 */
function beginning({ shelf, stems: all, terms }) {
  if (terms.length < 2) return [];
  const start = all.indexOf(terms[0]);
  const found = phrase(shelf, trimmed(all)).t ?? new Map();
  return [...found].filter(([, starts]) => starts[0] === start).map(([paper]) => paper);
}

/**
 * Returns papers whose very title or id the query may be, few enough to look at.
 * @param {Ranking} ranking
 * @param {Set<number>} complete
 */
function perhapsMeant({ shelf, query, own, stems: all, terms }, complete) {
  if (query.isId) return [...complete];
  const count = held(all).length;
  const titles = terms.map((term) => posting(shelf, term).t ?? new Map());
  return [...complete].filter(
    (paper) =>
      own.titles[paper] >= count &&
      own.titles[paper] <= 2 * count &&
      titles.every((title) => title.has(paper)),
  );
}

/**
 * Returns those of the papers whose very title or arXiv id the query is.
 * @param {Shelf} shelf
 * @param {Query} query
 * @param {number[]} numbers
 */
async function meant(shelf, { text, isId }, numbers) {
  const title = key(text);
  const shown = await papers(shelf, numbers);
  return numbers.filter((_, place) => {
    const paper = shown[place];
    return (title && title === key(paper.title)) || (isId && text === fold(paper.arxiv ?? ""));
  });
}

/**
 * Returns `score` to six digits: beyond them languages differ, and ties must stay ties.
 * @param {number} score
 */
const rounded = (score) => Math.floor(score * 1e6 + 0.5) / 1e6;
