// By what results are narrowed: the table of facets.json, the reader's choice, what fits it.

/**
 * @typedef {{ key: string, name: string, ink?: number }} Value `key`: as the address has it.
 * @typedef {{ name: string, legend: string, all: string, values: Value[], of: number[][] }} Facet
 *   `of`: the places in `values` of each paper, by the paper's number.
 * @typedef {{ facets: Facet[], order: number[], days: (string | undefined)[] }} Table
 *   `order`: all papers, newest first; `days`: of each paper's first dated digest, by number.
 * @typedef {Record<string, string[]>} Choice Keys of values by the name of their facet.
 * @typedef {{ digests: { slug: string, name: string, day?: string }[], order: number[], topics: number[][], in: number[][], years: number[], code: number[] }} Columns
 */

const NAMES = ["topic", "digest", "year", "code"];

/**
 * Returns the table, its rows by the papers' numbers.
 * @param {Columns} columns
 * @param {{ slug: string, name: string, ink: number }[]} topics
 * @returns {Table}
 */
export function table(columns, topics) {
  const { digests, order } = columns;
  const years = [...new Set(columns.years)].filter(Boolean).sort((a, b) => b - a);
  const place = new Map(years.map((year, at) => [year, at]));
  /** @template T @param {T[]} column @returns {T[]} */
  const numbered = (column) => {
    const found = new Array(order.length);
    order.forEach((number, row) => (found[number] = column[row]));
    return found;
  };
  const named = (/** @type {{ slug: string, name: string }[]} */ all) => all.map(({ slug, ...rest }) => ({ key: slug, ...rest }));
  const first = (/** @type {number[]} */ places) => places.map((at) => digests[at].day ?? "").filter(Boolean).sort()[0];
  return {
    facets: [
      { name: "topic", legend: "Topic", all: "topics", values: named(topics), of: numbered(columns.topics) },
      { name: "digest", legend: "Digest", all: "digests", values: named(digests), of: numbered(columns.in) },
      {
        name: "year",
        legend: "Year of the paper",
        all: "years",
        values: years.map((year) => ({ key: String(year), name: String(year) })),
        of: numbered(columns.years.map((year) => (year ? [/** @type {number} */ (place.get(year))] : []))),
      },
      { name: "code", legend: "Has", all: "", values: [{ key: "1", name: "Code" }], of: numbered(columns.code.map((has) => (has ? [0] : []))) },
    ],
    order,
    days: numbered(columns.in.map(first)),
  };
}

/**
 * Returns what an address chooses: `topic=a,b` and `topic=a&topic=b` are one.
 * @param {string} query
 * @returns {Choice}
 */
export function read(query) {
  const given = new URLSearchParams(query);
  const values = (/** @type {string} */ name) => [...new Set(given.getAll(name).flatMap((value) => value.split(",")).filter(Boolean))];
  return Object.fromEntries(NAMES.map((name) => [name, values(name)]).filter(([, chosen]) => chosen.length));
}

/**
 * Returns the address of a search, relative to the page.
 * @param {string} query
 * @param {Choice} choice
 */
export function address(query, choice) {
  const given = new URLSearchParams(query ? { q: query } : {});
  for (const name of NAMES) if (choice[name]?.length) given.set(name, choice[name].join(","));
  return given.size ? `?${given.toString().replaceAll("%2C", ",")}` : location.pathname;
}

/**
 * Returns `choice` without what the table does not know.
 * @param {Table} table
 * @param {Choice} choice
 * @returns {Choice}
 */
export function known({ facets }, choice) {
  const kept = facets.map(({ name, values }) => {
    const keys = new Set(values.map(({ key }) => key));
    return [name, (choice[name] ?? []).filter((key) => keys.has(key))];
  });
  return Object.fromEntries(kept.filter(([, keys]) => keys.length));
}

/**
 * Returns `choice` with `key` if it was without, else without.
 * @param {Choice} choice
 * @param {string} name
 * @param {string} key
 * @returns {Choice}
 */
export function toggled(choice, name, key) {
  const before = choice[name] ?? [];
  const after = before.includes(key) ? before.filter((one) => one !== key) : [...before, key];
  const { [name]: _, ...rest } = choice;
  return after.length ? { ...rest, [name]: after } : rest;
}

/**
 * Returns which papers fit, and how many of each facet's values there would be.
 *
 * Within a facet any chosen value will do, and each facet must be met. A facet's counts look
 * away from what is chosen in itself: they tell what one more tick brings.
 * @param {Table} table
 * @param {Choice} choice
 * @param {number[]} numbers
 * @returns {{ fitting: Set<number>, counts: number[][] }} `counts`: by facet and by value.
 */
export function narrowed({ facets }, choice, numbers) {
  const wanted = facets.map(({ name, values }) => {
    const keys = new Set(choice[name]);
    return keys.size ? new Set(values.flatMap(({ key }, at) => (keys.has(key) ? [at] : []))) : null;
  });
  const counts = facets.map(({ values }) => values.map(() => 0));
  const fitting = new Set();
  for (const number of numbers) {
    const missed = facets.flatMap(({ of }, at) => (!wanted[at] || of[number].some((value) => wanted[at]?.has(value)) ? [] : [at]));
    if (!missed.length) fitting.add(number);
    if (missed.length > 1) continue;
    facets.forEach(({ of }, at) => {
      if (missed.every((one) => one === at)) for (const value of of[number]) counts[at][value] += 1;
    });
  }
  return { fitting, counts };
}
