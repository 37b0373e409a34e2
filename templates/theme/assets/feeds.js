// The list of feeds: a button beside each that copies its address, a link that opens it in an app.

const SAID = 2000;

/** @param {HTMLButtonElement} button */
function dress(button) {
  const label = button.textContent;
  const row = button.closest("[data-feed]");
  const shown = row?.querySelector("[data-address]");

  /** @param {string} text */
  const say = (text) => {
    button.textContent = text;
    setTimeout(() => (button.textContent = label), SAID);
  };

  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(shown?.textContent ?? "");
      say("Copied");
    } catch {
      // Without leave to write, the address is shown and chosen, and the reader's own keys copy it.
      row?.querySelector("details")?.setAttribute("open", "");
      if (shown) getSelection()?.selectAllChildren(shown);
      say("Press Ctrl+C");
    }
  });
}

for (const app of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-app]"))) {
  // Apps know this scheme, standards do not: as an address in the page it would be an error.
  app.href = `feed:${app.closest("[data-feed]")?.querySelector("[data-address]")?.textContent}`;
}
for (const button of document.querySelectorAll("button[data-copy]")) dress(/** @type {HTMLButtonElement} */ (button));
