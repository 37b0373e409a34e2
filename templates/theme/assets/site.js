// What every page can do: change its scheme, reach the search field.

const root = document.documentElement;

/** @param {string | undefined} scheme */
function remember(scheme) {
  try {
    if (scheme) localStorage.setItem("offprint.scheme", scheme);
    else localStorage.removeItem("offprint.scheme");
  } catch {
    // Storage is blocked: the choice holds for this page.
  }
}

function changeScheme() {
  const device = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const next = root.dataset.shown === "dark" ? "light" : "dark";
  // Back at the device's own scheme there is no choice left to keep, and the page follows it again.
  if (next === device) delete root.dataset.scheme;
  else root.dataset.scheme = next;
  root.dataset.shown = next;
  remember(root.dataset.scheme);
}

for (const button of document.querySelectorAll("[data-scheme-switch]")) {
  const tell = () => button.setAttribute("aria-pressed", String(root.dataset.shown === "dark"));
  new MutationObserver(tell).observe(root, { attributeFilter: ["data-shown"] });
  button.addEventListener("click", changeScheme);
  tell();
}

function seekField() {
  const fields = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll(".op-cover--head .op-field input, .op-quick input")]);
  const field = fields.find((each) => each.checkVisibility?.() ?? each.offsetParent);
  if (field) {
    field.focus();
    field.select();
  } else /** @type {HTMLElement | null} */ (document.querySelector(".op-tosearch"))?.click();
}

addEventListener("keydown", (event) => {
  const typing = /** @type {Element} */ (event.target).closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
  event.preventDefault();
  seekField();
});

// What scrolls by itself must be reachable by key, also where the browser does not see to it.
const boxes = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});
const wide = ".op-prose-manual pre > code, .op-prose-manual table, .op-scroll, .op-wide:not(a *), math[display=block]";
for (const box of document.querySelectorAll(wide)) boxes.observe(box);
