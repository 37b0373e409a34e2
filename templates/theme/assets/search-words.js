// Folds, splits and stems text just as generator/words.py does. Whoever changes one side
// changes both; a test compares them.

/**
 * @typedef {(string | null)[]} Slots Words as they follow each other, null for a stop word.
 * @typedef {{ whole: string | null, slots: Slots, parts: string[], end: number }} Compound
 *   `parts`: the slots without stop words; `end`: where it ends in the folded text.
 */

const TERM_LENGTH = 40;

/** @type {Record<string, string>} */
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" };
const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
export const DROPPED = "'’\\u00ad\\u200b\\u200c\\u200d\\u2060";
const UNSEEN = new RegExp(`[\\p{M}${DROPPED}]+`, "gu");
const LETTER_OR_DIGIT = "(?:(?![\\ue000-\\uffff])[\\p{L}\\p{N}])";
const WORD = `${LETTER_OR_DIGIT}+`;
const WORDS = new RegExp(WORD, "gu");
const COMPOUND = new RegExp(`${WORD}(?:[-\\u2010\\u2013]${WORD}|(?<=[0-9])\\.(?=[0-9])${WORD})*`, "gu");
export const JOINT = /[-\u2010\u2013.]/;
export const CJK = "[\\u3005-\\u3007\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\u{20000}-\\u{3ffff}]";
export const HAS_CJK = new RegExp(CJK, "u");
export const STARTS_CJK = new RegExp(`^${CJK}`, "u");
const SEGMENT = new RegExp(`${CJK}+|(?:(?!${CJK})${LETTER_OR_DIGIT})+`, "gu");
const ENGLISH = /^[a-z0-9]+$/;
const ENDINGS = [
  "ability", "ables", "ally", "ances", "ationally", "ations", "atively",
  "ators", "ely", "ements", "ences", "fulness", "ibility", "ically",
  "ings", "ionally", "ioned", "ions", "isms", "ities", "iveness",
  "ivities", "izations", "izers", "ments", "nesses", "ously", "ousness",
];

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

/**
 * Returns the word by which an arXiv id is found.
 * @param {string} arxiv
 */
export const numeral = (arxiv) => arxiv.slice(arxiv.lastIndexOf("/") + 1).replace(".", "");

/** @param {string} word */
const shortened = (word) => (word.length > TERM_LENGTH ? [...word].slice(0, TERM_LENGTH).join("") : word);

/** @param {any} lunr @param {string} word */
export const counts = (lunr, word) => lunr.stopWordFilter(new lunr.Token(word)) !== undefined;

/**
 * Returns the stem of a folded word; words of other scripts stay as they are.
 * @param {any} lunr
 * @param {string} word
 * @returns {string}
 */
export const stem = (lunr, word) => (ENGLISH.test(word) ? lunr.stemmer(new lunr.Token(word)).toString() : word);

/**
 * Returns the words of a folded text in order, hyphenated ones together.
 * @param {any} lunr
 * @param {string} folded
 * @returns {Compound[]}
 */
export function compounds(lunr, folded) {
  return [...folded.matchAll(COMPOUND)].flatMap(({ 0: run, index }) => {
    if (HAS_CJK.test(run)) {
      return [...run.matchAll(SEGMENT)].map((found) =>
        compound(null, pairs(lunr, found[0]), index + found.index + found[0].length),
      );
    }
    const parts = run.split(JOINT);
    return [compound(parts.length > 1 ? shortened(parts.join("")) : null, counting(lunr, parts), index + run.length)];
  });
}

/** @param {string | null} whole @param {Slots} slots @param {number} end @returns {Compound} */
const compound = (whole, slots, end) => ({ whole, slots, parts: slots.filter((part) => part !== null), end });

/** @param {any} lunr @param {string[]} parts @returns {Slots} */
const counting = (lunr, parts) => parts.map((part) => (counts(lunr, part) ? shortened(part) : null));

/** @param {any} lunr @param {string} segment @returns {Slots} */
function pairs(lunr, segment) {
  const chars = [...segment];
  if (chars.length === 1 || !STARTS_CJK.test(segment)) return counting(lunr, [segment]);
  return chars.slice(1).map((char, place) => chars[place] + char);
}

/**
 * Returns the stems of folded words.
 * @param {any} lunr
 * @param {Slots} slots
 * @returns {Slots}
 */
export const stemmed = (lunr, slots) => slots.map((word) => (word === null ? null : stem(lunr, word)));

/**
 * Returns `slots` without stop words at either end.
 * @param {Slots} slots
 * @returns {Slots}
 */
export function trimmed(slots) {
  const held = slots.flatMap((term, place) => (term === null ? [] : [place]));
  return held.length ? slots.slice(held[0], held[held.length - 1] + 1) : [];
}

/** @param {any} lunr @param {string} word */
export function completed(lunr, word) {
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
