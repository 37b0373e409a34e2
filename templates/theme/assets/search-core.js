// Search without a page: folds, splits and looks up words just as generator/words.py and
// generator/search.py do. Whoever changes one side changes both; a test compares them.

/**
 * @typedef {{ slug: string, title: string, authors?: string, year?: string, arxiv?: string, topics?: number[], text?: string }} Paper
 * @typedef {{ slug: string, name: string, ink: number }} Topic
 * @typedef {{ whole: string | null, parts: string[], end: number }} Compound `end`: where it ends in the folded text.
 * @typedef {{ whole: string | null, parts: string[], unfinished: boolean }} Word Parts are folded, not stemmed.
 * @typedef {{ text: string, wanted: Word[], excluded: Word[] }} Query
 * @typedef {{ paper: Paper, score: number }} Hit
 * @typedef {{ hits: Hit[], complete: number, missing: Word[], excluded: number, query: Query }} Answer
 *   `complete`: how many of the first hits have all words; `missing`: words that no paper has;
 *   `excluded`: papers left out because of a `-word`.
 * @typedef {{ lunr: any, index: any, vocabulary: string[], papers: Paper[], topics: Topic[] }} Shelf
 */

const FIELD = "t";
const TERM_LENGTH = 40;
const QUERY_LENGTH = 1000;
const QUERY_WORDS = 32;
const SHORT = 4;
const FEW = 10;
const EXPANSIONS = 64;
const CONTINUED = 0.25;

const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" };
const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
const DROPPED = "'’\\u00ad\\u200b\\u200c\\u200d\\u2060";
const UNSEEN = new RegExp(`[\\p{M}${DROPPED}]+`, "gu");
const LETTER_OR_DIGIT = "(?:(?![\\ue000-\\uffff])[\\p{L}\\p{N}])";
const WORD = `${LETTER_OR_DIGIT}+`;
const WORDS = new RegExp(WORD, "gu");
const COMPOUND = new RegExp(`${WORD}(?:[-\\u2010\\u2013]${WORD}|(?<=[0-9])\\.(?=[0-9])${WORD})*`, "gu");
const JOINT = /[-\u2010\u2013.]/;
const CJK = "[\\u3005-\\u3007\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\u{20000}-\\u{3ffff}]";
const HAS_CJK = new RegExp(CJK, "u");
const STARTS_CJK = new RegExp(`^${CJK}`, "u");
const SEGMENT = new RegExp(`${CJK}+|(?:(?!${CJK})${LETTER_OR_DIGIT})+`, "gu");
const ENGLISH = /^[a-z0-9]+$/;
const ENDINGS = [
  "ability", "ables", "ally", "ances", "ationally", "ations", "atively",
  "ators", "ely", "ements", "ences", "fulness", "ibility", "ically",
  "ings", "ionally", "ioned", "ions", "isms", "ities", "iveness",
  "ivities", "izations", "izers", "ments", "nesses", "ously", "ousness",
];
const SPACE = /[ \t-\r]+/g;
const IDENTIFIER =
  /^ ?(?:[^ ]*[/:] ?)?([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[a-z]{2})?\/[0-9]{7})(?:v[0-9]+)?(?:\.pdf)? ?$/;
// As a title is written: with marks and with what `fold` drops.
const WRITTEN = `[\\p{L}\\p{N}\\p{M}${DROPPED}]+`;
const WRITTEN_COMPOUND = new RegExp(`${WRITTEN}(?:[-\\u2010\\u2011\\u2013.]${WRITTEN})*`, "gu");
const WRITTEN_JOINT = /([-\u2010\u2011\u2013.])/;

/**
 * Returns `text` without case, marks and apostrophes.
 * @param {string} text
 */
export function fold(text) {
  const bare = text.normalize("NFKD").replace(UNSEEN, "").toLowerCase();
  return bare.replace(LETTER, (letter) => LETTERS[letter]);
}

/**
 * Returns what two spellings of one title share.
 * @param {string} text
 */
export const key = (text) => (fold(text).match(WORDS) ?? []).join(" ");

/** @param {string} word */
const shortened = (word) => (word.length > TERM_LENGTH ? [...word].slice(0, TERM_LENGTH).join("") : word);

/** @param {any} lunr @param {string} word */
const counts = (lunr, word) => lunr.stopWordFilter(new lunr.Token(word)) !== undefined;

/**
 * Returns the stem of a folded word; words of other scripts stay as they are.
 * @param {any} lunr
 * @param {string} word
 * @returns {string}
 */
export const stem = (lunr, word) => (ENGLISH.test(word) ? lunr.stemmer(new lunr.Token(word)).toString() : word);

/**
 * Returns the words of a folded text in order, hyphenated ones together; stop words are empty.
 * @param {any} lunr
 * @param {string} folded
 * @returns {Compound[]}
 */
export function compounds(lunr, folded) {
  return [...folded.matchAll(COMPOUND)].flatMap(({ 0: run, index }) => {
    if (HAS_CJK.test(run)) {
      return [...run.matchAll(SEGMENT)].map((found) => ({
        whole: null,
        parts: pairs(lunr, found[0]),
        end: index + found.index + found[0].length,
      }));
    }
    const parts = run.split(JOINT);
    const whole = parts.length > 1 ? shortened(parts.join("")) : null;
    return [{ whole, parts: counting(lunr, parts), end: index + run.length }];
  });
}

/** @param {any} lunr @param {string[]} parts */
const counting = (lunr, parts) => parts.filter((part) => counts(lunr, part)).map(shortened);

/** @param {any} lunr @param {string} segment */
function pairs(lunr, segment) {
  const chars = [...segment];
  if (chars.length === 1 || !STARTS_CJK.test(segment)) return counting(lunr, [segment]);
  return chars.slice(1).map((char, place) => chars[place] + char);
}

/** @param {any} lunr @param {string} word */
function completed(lunr, word) {
  if (!ENGLISH.test(word)) return [];
  const found = [];
  for (const ending of ENDINGS) {
    for (let length = 1; length < ending.length; length += 1) {
      if (word.length > length + 2 && word.endsWith(ending.slice(0, length))) {
        found.push(stem(lunr, word + ending.slice(length)));
      }
    }
  }
  return found;
}

/**
 * Returns what `query` looks for; no text is too odd for it.
 * @param {any} lunr
 * @param {string} query
 * @returns {Query}
 */
export function parse(lunr, query) {
  let text = fold([...query].slice(0, QUERY_LENGTH).join("")).replace(SPACE, " ");
  text = IDENTIFIER.exec(text)?.[1] ?? text;
  /** @type {Map<string, Word>} */
  const wanted = new Map();
  /** @type {Word[]} */
  const excluded = [];
  const pieces = text.split(" ");
  pieces.forEach((piece, place) => {
    for (const { whole, parts, end } of compounds(lunr, piece)) {
      if (!parts.length) continue;
      const unfinished = place === pieces.length - 1 && end === piece.length;
      if (piece.startsWith("-")) excluded.push({ whole, parts, unfinished: false });
      else wanted.set(JSON.stringify([whole, parts]), { whole, parts, unfinished });
    }
  });
  return { text, wanted: [...wanted.values()].slice(0, QUERY_WORDS), excluded: excluded.slice(0, QUERY_WORDS) };
}

/**
 * Makes the two files of the site ready for `search`.
 * @param {any} lunr
 * @param {any} index lunr's serialised index.
 * @param {{ papers: Paper[], topics: Topic[] }} shown
 * @returns {Shelf}
 */
export function open(lunr, index, shown) {
  const loaded = lunr.Index.load(index);
  // By code units, as lunr itself wants them; no term has characters where that is not Python's order.
  return { lunr, index: loaded, vocabulary: Object.keys(loaded.invertedIndex).sort(), ...shown };
}

/**
 * Returns the terms that begin with `part`, those of most papers first.
 * @param {Shelf} shelf
 * @param {string} part
 */
function continuations({ vocabulary, index }, part) {
  if ([...part].length < 2 && !STARTS_CJK.test(part)) return [];
  let first = 0;
  for (let after = vocabulary.length; first < after; ) {
    const middle = (first + after) >> 1;
    if (vocabulary[middle] < part) first = middle + 1;
    else after = middle;
  }
  let last = first;
  while (last < vocabulary.length && vocabulary[last].startsWith(part)) last += 1;
  /** @param {string} term */
  const size = (term) => Object.keys(index.invertedIndex[term][FIELD]).length;
  const found = vocabulary.slice(first, last).map((term) => ({ term, size: size(term) }));
  // The sort is stable and the vocabulary is in order.
  return found.sort((a, b) => b.size - a.size).slice(0, EXPANSIONS).map(({ term }) => term);
}

/**
 * Returns references of the papers that have `part`, and notes the terms that found them.
 * @param {Shelf} shelf
 * @param {string} part
 * @param {boolean} unfinished
 * @param {Map<string, number>} boosts
 */
function having(shelf, part, unfinished, boosts) {
  const terms = new Map(unfinished ? continuations(shelf, part).map((term) => [term, CONTINUED]) : []);
  const own = [stem(shelf.lunr, part), ...(unfinished ? completed(shelf.lunr, part) : [])];
  for (const term of own) if (term in shelf.index.invertedIndex) terms.set(term, 1);
  /** @type {Set<string>} */
  const found = new Set();
  for (const [term, boost] of terms) {
    boosts.set(term, Math.max(boost, boosts.get(term) ?? 0));
    for (const ref of Object.keys(shelf.index.invertedIndex[term][FIELD])) found.add(ref);
  }
  return found;
}

/**
 * @param {Shelf} shelf
 * @param {Word} word
 * @param {Map<string, number>} boosts
 */
function papersWith(shelf, word, boosts) {
  const last = word.parts.length - 1;
  let found = having(shelf, word.parts[last], word.unfinished, boosts);
  for (const part of word.parts.slice(0, last)) {
    const more = having(shelf, part, false, boosts);
    found = new Set([...found].filter((ref) => more.has(ref)));
  }
  return word.whole ? new Set([...found, ...having(shelf, word.whole, word.unfinished, boosts)]) : found;
}

/**
 * Returns lunr's own score of each paper that has any of the terms.
 * @param {Shelf} shelf
 * @param {Map<string, number>} boosts
 * @returns {Map<string, number>}
 */
function fits({ index }, boosts) {
  if (!boosts.size) return new Map();
  const found = index.query((/** @type {any} */ query) => {
    for (const [term, boost] of boosts) query.term(term, { boost, usePipeline: false });
  });
  return new Map(found.map((/** @type {any} */ match) => [match.ref, match.score]));
}

/**
 * Returns the papers that answer `text`, best first, ties by slug.
 *
 * Papers with all its words; where these are fewer than ten, so many of the others follow;
 * where there are none, all others do.
 * @param {Shelf} shelf
 * @param {string} text
 * @returns {Answer}
 */
export function search(shelf, text) {
  const query = parse(shelf.lunr, text);
  const boosts = new Map();
  /** @type {Map<string, number>} */
  const covered = new Map();
  const missing = [];
  for (const word of query.wanted) {
    const found = papersWith(shelf, word, boosts);
    if (!found.size) missing.push(word);
    for (const ref of found) covered.set(ref, (covered.get(ref) ?? 0) + 1);
  }
  const fit = fits(shelf, boosts);
  let excluded = 0;
  for (const word of query.excluded) {
    for (const ref of papersWith(shelf, word, new Map())) if (covered.delete(ref)) excluded += 1;
  }
  const { scores, complete } = scored(shelf, query, covered, fit);
  const hits = [...scores].map(([ref, score]) => ({ paper: shelf.papers[ref], score }));
  hits.sort((a, b) => b.score - a.score || (a.paper.slug < b.paper.slug ? -1 : 1));
  return { hits: complete ? hits.slice(0, Math.max(complete, FEW)) : hits, complete, missing, excluded, query };
}

/**
 * @param {Shelf} shelf
 * @param {Query} query
 * @param {Map<string, number>} covered
 * @param {Map<string, number>} fit
 * @returns {{ scores: Map<number, number>, complete: number }}
 */
function scored({ papers }, query, covered, fit) {
  const asked = query.wanted.length;
  const complete = [];
  const scores = new Map();
  for (const [ref, count] of covered) {
    if (count === asked) complete.push(Number(ref));
    const own = fit.get(ref) ?? 0;
    scores.set(Number(ref), (count === asked || asked <= SHORT ? count : 0) + own / (1 + own));
  }
  // A title of stop words alone has no word in the index.
  const title = key(query.text);
  const meant = (asked ? complete : [...papers.keys()]).filter((ref) => {
    const paper = papers[ref];
    return (title && title === key(paper.title)) || query.text === fold(paper.arxiv ?? "");
  });
  for (const ref of meant) scores.set(ref, (scores.get(ref) ?? 0) + 1);
  return { scores, complete: asked ? complete.length : meant.length };
}

/**
 * Returns a function that cuts a text into pieces and says of each whether the query found it.
 * @param {any} lunr
 * @param {Query} query
 * @returns {(text: string) => { text: string, hit: boolean }[]}
 */
export function marker(lunr, query) {
  const words = query.wanted.flatMap(({ whole, parts }) => (whole ? [...parts, whole] : parts));
  const open = query.wanted.filter(({ unfinished }) => unfinished);
  const starts = open.flatMap(({ whole, parts }) => [parts[parts.length - 1], ...(whole ? [whole] : [])]);
  const stems = new Set([...words, ...starts.flatMap((start) => completed(lunr, start))].map((word) => stem(lunr, word)));
  const begun = starts.filter((start) => start.length > 1 || STARTS_CJK.test(start));
  /** @param {string} word */
  const isHit = (word) =>
    word !== "" &&
    counts(lunr, word) &&
    (stems.has(stem(lunr, word)) || begun.some((start) => word.startsWith(start)));
  return (text) => {
    const pieces = [];
    let after = 0;
    for (const { 0: run, index } of text.matchAll(WRITTEN_COMPOUND)) {
      pieces.push({ text: text.slice(after, index), hit: false }, ...cut(run, isHit));
      after = index + run.length;
    }
    pieces.push({ text: text.slice(after), hit: false });
    return joined(pieces);
  };
}

/** @param {string} run @param {(word: string) => boolean} isHit */
function cut(run, isHit) {
  if (HAS_CJK.test(run)) return cutCjk(run, isHit);
  if (WRITTEN_JOINT.test(run) && isHit(fold(run).split(JOINT).join(""))) return [{ text: run, hit: true }];
  return run.split(WRITTEN_JOINT).map((text) => ({ text, hit: isHit(fold(text)) }));
}

/** @param {string} run @param {(word: string) => boolean} isHit */
function cutCjk(run, isHit) {
  return (run.match(new RegExp(`(?:${CJK}\\p{M}*)+|(?:(?!${CJK})[^])+`, "gu")) ?? []).flatMap((segment) => {
    if (!STARTS_CJK.test(segment)) return [{ text: segment, hit: isHit(fold(segment)) }];
    const chars = segment.match(/\P{M}\p{M}*/gu) ?? [];
    const folded = chars.map(fold);
    const hits = chars.map((_, place) => isHit(folded[place]));
    folded.forEach((char, place) => {
      if (place && isHit(folded[place - 1] + char)) hits[place - 1] = hits[place] = true;
    });
    return chars.map((text, place) => ({ text, hit: hits[place] }));
  });
}

/** @param {{ text: string, hit: boolean }[]} pieces */
function joined(pieces) {
  /** @type {{ text: string, hit: boolean }[]} */
  const found = [];
  for (const { text, hit } of pieces) {
    const last = found[found.length - 1];
    if (last && (last.hit === hit || text === "")) last.text += text;
    else if (text) found.push({ text, hit });
  }
  return found;
}

/**
 * Returns the word of a title that is nearest to a word that no paper has, or null.
 *
 * At most one letter apart in short words, two in longer ones.
 * @param {Shelf} shelf
 * @param {Word} word
 */
export function nearest({ lunr, papers }, word) {
  const sought = word.whole ?? word.parts[0];
  const most = sought.length < 4 ? 0 : sought.length < 7 ? 1 : 2;
  let found = null;
  let least = most + 1;
  for (const title of most ? papers.map((paper) => fold(paper.title)) : []) {
    for (const candidate of title.match(WORDS) ?? []) {
      if (Math.abs(candidate.length - sought.length) >= least || !counts(lunr, candidate)) continue;
      const apart = distance(sought, candidate);
      if (apart < least || (apart === least && found !== null && candidate < found)) [found, least] = [candidate, apart];
    }
  }
  return found;
}

/**
 * Counts the letters to add, drop, change or swap between two words.
 * @param {string} a
 * @param {string} b
 */
function distance(a, b) {
  let [before, row] = [[], Array.from({ length: b.length + 1 }, (_, place) => place)];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min(change, row[j] + 1, next[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}
