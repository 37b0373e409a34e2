// A digest's buttons: hand the page's address on, print the page.

/** @param {HTMLButtonElement} button @param {string} label */
function say(button, label) {
  const before = button.textContent;
  button.textContent = label;
  setTimeout(() => (button.textContent = before), 4000);
}

/** Marks the address that stands on the page, ready for the reader's own copy. */
function mark() {
  const shown = document.querySelector("[data-address]");
  if (!shown) return;
  getSelection()?.selectAllChildren(shown);
  shown.scrollIntoView({ block: "center" });
}

/** @param {HTMLButtonElement} button */
async function share(button) {
  const url = location.href.split("#")[0];
  try {
    if (navigator.share) return await navigator.share({ title: document.querySelector("h1")?.textContent ?? "", url });
    await navigator.clipboard.writeText(url);
    say(button, "Address copied");
  } catch (reason) {
    // Whoever closes the browser's own menu wants nothing more.
    if (/** @type {Error} */ (reason).name !== "AbortError") mark();
  }
}

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-share]"))) {
  button.setAttribute("aria-live", "polite");
  if (!navigator.share) button.textContent = "Copy address";
  button.addEventListener("click", () => share(button));
}
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
