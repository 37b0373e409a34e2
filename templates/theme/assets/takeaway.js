// Saved papers as text to take along: BibTeX, RIS, Markdown, and JSON that can come back.

import { address, content, edit, packed, today } from "./shelf.js";

/**
 * @typedef {import("./shelf.js").Saved} Saved
 * @typedef {import("./shelf.js").Content} Content
 */

/** @param {string} text */
const oneLine = (text) => text.replace(/\s+/g, " ").trim();

/** @param {Saved} paper */
const year = ({ published }) => published.slice(0, 4);

/** Where the paper itself is found; the site's own page where nothing else is known. @param {Saved} paper */
const place = ({ doi, arxiv, url, slug }) => (doi ? resolved(doi) : arxiv ? `https://arxiv.org/abs/${arxiv}` : url || address(slug));

/** @param {string} doi */
export const resolved = (doi) => `https://doi.org/${doi.split("/").map(encodeURIComponent).join("/")}`;

// ---- BibTeX ----

const LATEX = {
  "\\": "\\textbackslash{}",
  // BibTeX counts braces also behind a backslash.
  "{": "\\textbraceleft{}",
  "}": "\\textbraceright{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  $: "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  _: "\\_",
};

// Two hyphens are a dash to LaTeX, two quotes a quotation mark; `&lt;` and `<b>` are text here, but
// markup to programs that read what registries send.
const ACTIVE = /[\\{}~^$&#%_]|(?<=-)-|(?<=`)`|(?<=')'|(?<=&)(?=#?[\p{L}\p{N}_]{1,30};)|(?<=<)(?=\/?[a-z][\w:-]*[\s/>])/giu;

/** @param {string} text */
const latex = (text) => text.replace(ACTIVE, (sign) => LATEX[/** @type {keyof LATEX} */ (sign)] ?? `{}${sign}`);

/** Programs take addresses and ids as they stand, so only what would end a field is escaped. @param {string} text */
const verbatim = (text) => text.replace(/[ {}\\^"]/g, encodeURIComponent);

/** @param {string} text */
function balanced(text) {
  let depth = 0;
  for (const sign of text) {
    depth += sign === "{" ? 1 : sign === "}" ? -1 : 0;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** Styles write titles small; braces keep RNN-T and MgNO as they are. @param {string} text */
const titled = (text) => latex(text).replace(/\p{L}[\p{L}\p{N}_-]*\p{Lu}[\p{L}\p{N}_-]*/gu, "{$&}");

/** Returns a title with its formulas untouched. @param {Saved} paper */
const bibTitle = ({ tex, title }) =>
  oneLine(tex || title)
    .split(/(\$[^$]+\$)/)
    .map((piece, i) => (tex && i % 2 && balanced(piece) && !/\\$/.test(piece.slice(0, -1)) ? piece : titled(piece)))
    .join("");

// The last word of a name that no single person has.
const GROUP = /\b(collaboration|consortium|group|initiative|institute|labs?|network|organi[sz]ation|project|society|team|university)[.,]*$/i;
// What bibliographies part lists and names at.
const APART = /[,;={}\\]|(^|\s)(and|others)(\s|$)/i;

/** Returns a name's parts as the site's own files have them; `given` is empty where it stays whole. @param {string} name */
function person(name) {
  const whole = oneLine(name);
  const [, front, suffix = ""] = /^(.+?),?\s+((?:jr|sr|ii|iii|iv)\.?)$/i.exec(whole) ?? [whole, whole];
  const words = front.split(" ");
  const small = words.slice(0, -1).findIndex((word) => /^\p{Ll}/u.test(word));
  const start = small < 0 ? words.length - 1 : small;
  if (!start || APART.test(front) || GROUP.test(whole)) return { family: whole, given: "", suffix: "" };
  return { family: words.slice(start).join(" "), given: words.slice(0, start).join(" "), suffix };
}

/** @param {string} name */
function bibName(name) {
  const { family, given, suffix } = person(name);
  return given ? [family, suffix, given].filter(Boolean).map(latex).join(", ") : `{${latex(family)}}`;
}

/** As EndNote has it, two commas stand for one that is the name's own. @param {string} name */
function risName(name) {
  const { family, given, suffix } = person(name);
  return given ? [family, given, suffix].filter(Boolean).join(", ") : family.replace(",", ",,");
}

// The types of BibTeX, each with the field that holds its venue.
const KINDS = {
  article: "journal",
  inproceedings: "booktitle",
  incollection: "booktitle",
  inbook: "booktitle",
  phdthesis: "school",
  mastersthesis: "school",
  techreport: "institution",
  book: "publisher",
  dataset: "organization",
  manual: "organization",
  online: "organization",
  software: "organization",
  booklet: "howpublished",
  misc: "howpublished",
  unpublished: "howpublished",
};
// Types that say nothing where it is not known what the paper stands in.
const NAMELESS = ["article", "inproceedings", "incollection", "inbook"];
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** @param {Saved} paper @param {string} key */
function bibEntry(paper, key) {
  const known = Object.hasOwn(KINDS, paper.kind) && (paper.venue || !NAMELESS.includes(paper.kind));
  const kind = /** @type {keyof KINDS} */ (known ? paper.kind : "misc");
  const [year, month = "", day = ""] = paper.published.split("-");
  const fields = {
    title: bibTitle(paper),
    author: [...paper.authors.map(bibName), ...(paper.more ? ["others"] : [])].join(" and "),
    [KINDS[kind]]: latex(oneLine(paper.venue)),
    year,
    month: MONTHS[Number(month) - 1],
    day: day.replace(/^0/, ""),
    eprint: paper.arxiv,
    archivePrefix: paper.arxiv && "arXiv",
    doi: verbatim(paper.doi),
    url: place(paper),
    annote: latex(oneLine(paper.note)),
  };
  const lines = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `  ${name} = ${name === "month" ? value : `{${value}}`},\n`);
  return `@${kind}{${key},\n${lines.join("")}}\n`;
}

/** The key is the site's own, and where it is not known the paper's part of its address. @param {Saved[]} papers */
export function bibtex(papers) {
  const taken = new Set();
  const entries = papers.map((paper) => {
    let key = paper.key || paper.slug;
    // Only lists of two sites can share one.
    while (taken.has(key)) key += "x";
    taken.add(key);
    return bibEntry(paper, key);
  });
  return entries.join("\n");
}

// ---- RIS ----

/** @type {Record<string, string>} */
const TYPES = {
  article: "JOUR",
  inproceedings: "CPAPER",
  incollection: "CHAP",
  inbook: "CHAP",
  book: "BOOK",
  phdthesis: "THES",
  mastersthesis: "THES",
  techreport: "RPRT",
  unpublished: "UNPB",
  online: "ELEC",
  dataset: "DATA",
  software: "COMP",
};
// Types whose venue is who published them.
const PUBLISHED_BY = ["BOOK", "THES", "RPRT"];

/** @param {Saved} paper */
function risEntry(paper) {
  const type = Object.hasOwn(TYPES, paper.kind) ? TYPES[paper.kind] : "GEN";
  const lines = [
    ["TY", type],
    ["ID", paper.key || paper.slug],
    ["TI", paper.tex || paper.title],
    ...paper.authors.map((name) => ["AU", risName(name)]),
    ["PY", year(paper)],
    ["DA", paper.published.replaceAll("-", "/")],
    [PUBLISHED_BY.includes(type) ? "PB" : "T2", paper.venue],
    ["DO", paper.doi],
    ["AN", paper.arxiv && `arXiv:${paper.arxiv}`],
    ["UR", place(paper)],
    ["DP", "Offprint"],
    ["N1", paper.note],
  ];
  const told = lines.map(([tag, value]) => [tag, oneLine(value)]).filter(([, value]) => value);
  return [...told, ["ER", ""]].map(([tag, value]) => `${tag}  - ${value}\r\n`).join("");
}

/** @param {Saved[]} papers */
export const ris = (papers) => papers.map(risEntry).join("\r\n");

// ---- Markdown ----

/** @param {string} text */
const plain = (text) => text.replace(/[\\`*_{}[\]<>&|~$^=#]/g, "\\$&");

/** @param {string} line What opens a list or a heading does so only at its start. */
const quoted = (line) => `  > ${plain(line.trim()).replace(/^(\d+)?([-+.):])/, "$1\\$2")}`.trimEnd();

/** @param {Saved} paper */
function item(paper) {
  const names = [...paper.authors, ...(paper.more ? ["and others"] : [])];
  const by = [names.join(", "), year(paper)].filter(Boolean).map((part) => ` · ${plain(oneLine(part))}`);
  const note = paper.note.trim() ? ["", ...paper.note.trim().split(/\r\n|\r|\n/).map(quoted), ""] : [];
  const href = place(paper);
  // Brackets in pairs may stand in a link.
  const link = /^[^()]*(\([^()]*\)[^()]*)*$/.test(href) ? href : href.replaceAll("(", "%28").replaceAll(")", "%29");
  return [`- [${plain(oneLine(paper.title))}](${link})${by.join("")}`, ...note].join("\n");
}

/** @param {Saved[]} papers */
export const markdown = (papers) => `# Saved papers\n\n${papers.map(item).join("\n")}\n`;

// ---- JSON ----

/** Returns the whole shelf, read marks included, as the text of a file that `add` takes once parsed. */
export function json() {
  const { papers, ...rest } = packed(content());
  return `${JSON.stringify({ ...rest, papers: papers.map((one) => ({ ...one, page: address(one.slug) })) }, null, 1)}\n`;
}

/** @param {string} mine @param {string} theirs */
function joined(mine, theirs) {
  if (mine.includes(theirs)) return mine;
  return theirs.includes(mine) ? theirs : `${mine}\n\n${theirs}`;
}

/** @param {string | undefined} one @param {string | undefined} other */
const earlier = (one, other) => [one, other].filter(Boolean).sort()[0];

/**
 * Adds what another shelf holds. A paper on both keeps both notes and the earlier day.
 * @param {Content} from
 * @returns {{ kept: boolean, added: number, known: number }} `kept`: false where there was no room.
 */
export function add(from) {
  let added = 0;
  const kept = edit(({ papers, read }) => {
    for (const theirs of from.papers.values()) {
      const mine = papers.get(theirs.slug);
      if (!mine) added += 1;
      papers.set(theirs.slug, {
        ...(mine?.cut && !theirs.cut ? theirs : (mine ?? theirs)),
        saved: earlier(mine?.saved, theirs.saved) ?? today(),
        note: joined(mine?.note ?? "", theirs.note),
      });
    }
    for (const [slug, day] of from.read) read.set(slug, earlier(read.get(slug), day) ?? day);
  });
  return { kept, added, known: from.papers.size - added };
}
