// What the reader narrows results with: lists of checkboxes beside them, what is chosen above them.

/**
 * @typedef {import("./search-facets.js").Table} Table
 * @typedef {import("./search-facets.js").Facet} Facet
 * @typedef {import("./search-facets.js").Value} Value
 * @typedef {import("./search-facets.js").Choice} Choice
 * @typedef {{ box: HTMLInputElement, number: HTMLElement }} Row
 * @typedef {(name: string | null, key: string) => void} Toggle Without a name: all is let go.
 */

const SHOWN = 8;
const WIDE = matchMedia("(min-width: 68rem)");

/**
 * @param {string} tag
 * @param {string} className
 * @param {...(Node | string)} children
 */
function made(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** @param {Value} value */
function label({ name, ink }) {
  const text = made("span", "", name);
  text.dir = "auto";
  if (ink === undefined) return text;
  const mark = made("span", "op-topic", text);
  mark.dataset.ink = String(ink);
  return mark;
}

/**
 * Returns the values that stand at once, and those that are folded away.
 *
 * A short list stays whole. Of a long one the values of most papers stand, and what is chosen;
 * those of no paper are left out. A choice changes nothing in this, so rows keep their places.
 * @param {Facet} facet
 * @param {number[]} counts Of the papers that the words alone find.
 * @param {string[]} chosen
 * @returns {[number[], number[]]}
 */
export function split({ name, values }, counts, chosen) {
  const places = values.map((_, at) => at);
  const most = [...places].sort((a, b) => counts[b] - counts[a] || a - b);
  const ranked = name === "topic" ? most : places;
  if (values.length <= SHOWN) return [ranked, []];
  const first = new Set(most.slice(0, SHOWN).filter((at) => counts[at]));
  const stands = (/** @type {number} */ at) => first.has(at) || chosen.includes(values[at].key);
  return [ranked.filter(stands), ranked.filter((at) => !stands(at) && counts[at])];
}

/**
 * Fills `aside` with checkboxes and `above` with what is chosen.
 * @param {HTMLElement} aside
 * @param {HTMLElement} above
 * @param {Toggle} toggle
 */
export function narrowing(aside, above, toggle) {
  const summary = made("summary", "");
  const body = made("div", "op-facets__lists");
  const fold = /** @type {HTMLDetailsElement} */ (made("details", "op-facets", summary, body));
  const follow = () => (fold.open = WIDE.matches);
  WIDE.addEventListener("change", follow);
  follow();
  aside.append(fold);
  /** @type {Row[][]} */
  let rows = [];

  /** @param {Facet} facet @param {number} at */
  function row(facet, at) {
    const value = facet.values[at];
    const box = /** @type {HTMLInputElement} */ (made("input", ""));
    box.type = "checkbox";
    box.name = facet.name;
    box.value = value.key;
    box.addEventListener("change", () => toggle(facet.name, value.key));
    const number = made("span", "op-tally");
    return { row: { box, number }, item: made("li", "", made("label", "op-check", box, label(value), " ", number)) };
  }

  /** @param {Facet} facet @param {number[]} counts @param {string[]} chosen */
  function list(facet, counts, chosen) {
    const [shown, rest] = split(facet, counts, chosen);
    if (!shown.length) return { own: [], set: null };
    /** @type {Row[]} */
    const own = [];
    const items = (/** @type {number[]} */ places) =>
      made("ul", "", ...places.map((at) => {
        const one = row(facet, at);
        own[at] = one.row;
        return one.item;
      }));
    const set = made("fieldset", "", made("legend", "", facet.legend), items(shown));
    if (rest.length) set.append(made("details", "op-facets__more", made("summary", "", `${rest.length} more ${facet.all}`), items(rest)));
    return { own, set };
  }

  return {
    /**
     * Lays the lists out for the papers that new words found.
     * @param {Table} table @param {Choice} choice @param {number[][]} counts
     */
    lay(table, choice, counts) {
      const open = [...body.querySelectorAll("details[open] input")].map((box) => box.getAttribute("name"));
      const lists = table.facets.map((facet, at) => list(facet, counts[at], choice[facet.name] ?? []));
      rows = lists.map(({ own }) => own);
      body.replaceChildren(...lists.flatMap(({ set }) => set ?? []));
      for (const more of body.querySelectorAll("details")) more.open = open.includes(more.querySelector("input")?.name ?? "");
    },
    /**
     * Shows what is chosen, and what each further choice would leave.
     * @param {Table} table @param {Choice} choice @param {number[][]} counts
     */
    tell({ facets }, choice, counts) {
      facets.forEach(({ name }, at) =>
        rows[at].forEach(({ box, number }, value) => {
          box.checked = Boolean(choice[name]?.includes(box.value));
          box.disabled = !counts[at][value] && !box.checked;
          number.textContent = counts[at][value].toLocaleString("en");
        }));
      const chosen = facets.flatMap(({ name, values }) => values.filter(({ key }) => choice[name]?.includes(key)).map((value) => ({ name, value })));
      summary.textContent = `Narrow the results${chosen.length ? ` (${chosen.length})` : ""}`;
      const buttons = chosen.map(({ name, value }) => {
        const cross = made("span", "", "×");
        cross.setAttribute("aria-hidden", "true");
        return button(() => toggle(name, value.key), made("span", "op-away", "Remove "), label(value), " ", cross);
      });
      if (buttons.length > 1) buttons.push(button(() => toggle(null, ""), "Clear all"));
      above.replaceChildren(...buttons);
      above.hidden = !buttons.length;
    },
  };
}

/** @param {() => void} press @param {...(Node | string)} inside */
function button(press, ...inside) {
  const element = /** @type {HTMLButtonElement} */ (made("button", "", ...inside));
  element.type = "button";
  element.addEventListener("click", press);
  return element;
}
