// The map of the collection: names the paper under pointer or arrow keys, draws lines to its
// relatives, opens it. Without this script the dots are links, and a list lies behind the map.

/** @typedef {[slug: string, title: string, topic: number, x: number, y: number, kin: number[]]} Paper */
/** @typedef {{ topics: string[], papers: Paper[] }} Chart */

const SVG = "http://www.w3.org/2000/svg";
/** How far from a dot a pointer still means it, in pixels of the screen. */
const REACH = { mouse: 16, touch: 30 };
/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {Paper[]} papers @param {number} x @param {number} y
 * @returns {{ at: number, far: number }} the nearest paper and its distance
 */
export function nearest(papers, x, y) {
  let at = -1;
  let far = Infinity;
  papers.forEach((paper, number) => {
    const distance = Math.hypot(paper[3] - x, paper[4] - y);
    if (distance < far) [at, far] = [number, distance];
  });
  return { at, far };
}

/**
 * The paper that lies nearest in a direction: what lies aside counts double.
 * @param {Paper[]} papers @param {number} from @param {[number, number]} way
 */
export function next(papers, from, [right, down]) {
  const [, , , x, y] = papers[from];
  let best = from;
  let least = Infinity;
  papers.forEach((paper, number) => {
    const [across, along] = [paper[3] - x, paper[4] - y];
    const ahead = across * right + along * down;
    const aside = Math.abs(across * down) + Math.abs(along * right);
    if (ahead > 0 && aside <= 2 * ahead && ahead + 2 * aside < least) [best, least] = [number, ahead + 2 * aside];
  });
  return best;
}

/** @param {HTMLElement} atlas */
function start(atlas) {
  const links = /** @type {SVGSVGElement} */ (atlas.querySelector(".op-map__links"));
  const said = /** @type {HTMLElement} */ (document.querySelector("[data-atlas-said]"));
  const idle = said.textContent ?? "";
  /** @type {Chart | undefined} */
  let chart;
  let chosen = -1;
  const kin = document.createElementNS(SVG, "path");
  const ring = document.createElementNS(SVG, "circle");
  kin.setAttribute("class", "op-map__kin");
  ring.setAttribute("class", "op-map__ring");
  ring.setAttribute("r", atlas.dataset.radius ?? "8");

  /** @type {Promise<void> | undefined} */
  let loading;
  // The papers come when somebody turns to the map, not before.
  const load = () =>
    (loading ??= fetch(/** @type {string} */ (atlas.dataset.atlas))
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
      .then((found) => {
        chart = found;
        links.append(kin, ring);
      })
      .catch(() => {
        // Links and list still serve.
        loading = undefined;
      }));

  /** @param {number} at */
  const address = (at) => `${atlas.dataset.papers}${chart?.papers[at][0]}/`;

  /** @param {number} at */
  function choose(at) {
    if (!chart || at === chosen) return;
    chosen = at;
    kin.toggleAttribute("hidden", at < 0);
    ring.toggleAttribute("hidden", at < 0);
    if (at < 0) return said.replaceChildren(idle);
    const [, title, topic, x, y, others] = chart.papers[at];
    const papers = chart.papers;
    kin.setAttribute("d", others.map((other) => `M${x} ${y}L${papers[other][3]} ${papers[other][4]}`).join(""));
    ring.setAttribute("cx", String(x));
    ring.setAttribute("cy", String(y));
    const link = document.createElement("a");
    link.href = address(at);
    link.dir = "auto";
    link.textContent = title;
    said.replaceChildren(link, ` ${chart.topics[topic] ?? ""}`);
  }

  /** @param {MouseEvent} event */
  function under(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(links.getScreenCTM()?.inverse());
    const found = nearest(chart?.papers ?? [], at.x, at.y);
    const scale = links.getScreenCTM()?.a ?? 1;
    const kind = /** @type {PointerEvent} */ (event).pointerType === "touch" ? "touch" : "mouse";
    return found.far * scale <= REACH[kind] ? found.at : -1;
  }

  // A finger on its way down the page must not cost anything.
  atlas.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && load());
  atlas.addEventListener("pointermove", (event) => event.pointerType === "mouse" && choose(under(event)));
  atlas.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && document.activeElement !== atlas && choose(-1));
  atlas.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    // A finger hides what it touches: it names a paper, and the name is the link.
    const touched = /** @type {PointerEvent} */ (event).pointerType === "touch";
    if (touched) event.preventDefault();
    if (touched) await load();
    const at = chart ? under(event) : -1;
    if (touched) return choose(at);
    if (at < 0) return;
    event.preventDefault();
    location.assign(address(at));
  });

  atlas.addEventListener("focus", async () => {
    await load();
    if (chart && chosen < 0 && document.activeElement === atlas) choose(nearest(chart.papers, ...middle(links)).at);
  });
  atlas.addEventListener("blur", () => choose(-1));
  atlas.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !chart || chosen < 0) return;
    if (event.key in WAYS) choose(next(chart.papers, chosen, WAYS[event.key]));
    else if (event.key === "Enter") location.assign(address(chosen));
    else return;
    event.preventDefault();
  });
}

/** @param {SVGSVGElement} svg @returns {[number, number]} */
function middle(svg) {
  const { x, y, width, height } = svg.viewBox.baseVal;
  return [x + width / 2, y + height / 2];
}

const atlas = /** @type {HTMLElement | null} */ (document.querySelector("[data-atlas]"));
if (atlas) {
  atlas.tabIndex = 0;
  start(atlas);
}
