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

/** Two hyphens are a dash to LaTeX, two quotes a quotation mark. @param {string} text */
const latex = (text) => text.replace(/[\\{}~^$&#%_]|(?<=-)-|(?<=`)`|(?<=')'/g, (sign) => LATEX[/** @type {keyof LATEX} */ (sign)] ?? `{}${sign}`);

/** Addresses and ids are printed as they are, so nothing in them is escaped. @param {string} text */
const verbatim = (text) => text.replace(/[{}\\%]/g, encodeURIComponent);

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
const GROUP = /\b(collaboration|consortium|group|initiative|institute|labs?|network|organi[sz]ation|project|society|team|university)$/i;

/** What BibTeX would take apart stays in one piece. @param {string} name */
const bibName = (name) => (/,|\band\b/i.test(name) || GROUP.test(name) ? `{${latex(oneLine(name))}}` : latex(oneLine(name)));

// The types of BibTeX, each with the field that holds its venue.
const KINDS = {
  article: "journal",
  inproceedings: "booktitle",
  incollection: "booktitle",
  inbook: "booktitle",
  phdthesis: "school",
  mastersthesis: "school",
  techreport: "institution",
  ...Object.fromEntries(["book", "booklet", "manual", "misc", "online", "proceedings", "unpublished"].map((kind) => [kind, "howpublished"])),
};

/** @param {Saved} paper @param {string} key */
function bibEntry(paper, key) {
  const kind = /** @type {keyof KINDS} */ (Object.hasOwn(KINDS, paper.kind) ? paper.kind : "misc");
  const [year, month = "", day = ""] = paper.published.split("-");
  const fields = {
    title: bibTitle(paper),
    author: [...paper.authors.map(bibName), ...(paper.more ? ["others"] : [])].join(" and "),
    year,
    month: month.replace(/^0/, ""),
    day: day.replace(/^0/, ""),
    [KINDS[kind]]: latex(oneLine(paper.venue)),
    eprint: paper.arxiv,
    archivePrefix: paper.arxiv && "arXiv",
    doi: verbatim(paper.doi),
    url: place(paper),
    annote: latex(oneLine(paper.note)),
  };
  const lines = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}},\n`);
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
};

/** @param {Saved} paper */
function risEntry(paper) {
  const type = Object.hasOwn(TYPES, paper.kind) ? TYPES[paper.kind] : "GEN";
  const lines = [
    ["TY", type],
    ["ID", paper.key || paper.slug],
    ["TI", paper.title],
    ...paper.authors.map((name) => ["AU", name]),
    ["PY", year(paper)],
    ["DA", paper.published.replaceAll("-", "/")],
    ["T2", paper.venue],
    ["DO", paper.doi],
    ["AN", paper.arxiv && `arXiv:${paper.arxiv}`],
    ["UR", place(paper)],
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
