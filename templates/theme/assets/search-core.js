// Search without a page: generator/search/finding.py is its other half.

import { parse } from "./search-query.js";
import { needs, rank } from "./search-ranking.js";
import { fetched } from "./search-shelf.js";
import { mend } from "./search-typos.js";

/**
 * @typedef {import("./search-query.js").Query} Query
 * @typedef {import("./search-shelf.js").Shelf} Shelf
 * @typedef {{ number: number, score: number }} Hit `number`: the paper's, for `papers`.
 * @typedef {{ hits: Hit[], complete: number, guesses: import("./search-typos.js").Guess[], missing: string[], excluded: number, query: Query, asked: Query }} Answer
 *   `complete`: how many papers have all words; `guesses`: words that no paper has, and what was
 *   sought instead; `missing`: those that are like no other; `excluded`: papers left out because
 *   of a minus; `query`: as it was typed; `asked`: as it was answered.
 */

const FEW = 10;

/**
 * Returns the papers that answer `text`, best first, ties by slug.
 *
 * Papers with all words; where these are fewer than ten, so many of the others follow; where
 * there are none, all others do.
 * @param {Shelf} shelf
 * @param {string} text
 * @returns {Promise<Answer>}
 */
export async function search(shelf, text) {
  const query = parse(shelf.lunr, text);
  await fetched(shelf, needs(shelf, query));
  const { query: asked, guesses } = await mend(shelf, query);
  if (guesses.length) await fetched(shelf, needs(shelf, asked));
  const { scores, complete, missing, excluded } = await rank(shelf, asked);
  // The numbers of papers are in the order of their slugs.
  const hits = [...scores].map(([number, score]) => ({ number, score }));
  hits.sort((a, b) => b.score - a.score || a.number - b.number);
  const shown = complete.size ? hits.slice(0, Math.max(complete.size, FEW)) : hits;
  return { hits: shown, complete: complete.size, guesses, missing, excluded, query, asked };
}

export { papers, open } from "./search-shelf.js";
