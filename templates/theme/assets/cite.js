// The box of citations: its forms behind tabs, and a button that copies the one shown.

const SAID = 2000;

/** @param {HTMLElement} box */
function dress(box) {
  const tabs = /** @type {HTMLElement[]} */ ([...box.querySelectorAll("[role=tab]")]);
  const copy = /** @type {HTMLButtonElement} */ (box.querySelector("[data-copy]"));

  /** @param {HTMLElement} tab */
  const paneOf = (tab) => /** @type {HTMLElement} */ (document.getElementById(tab.getAttribute("aria-controls") ?? ""));

  /** @param {HTMLElement} chosen */
  const show = (chosen) => {
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      paneOf(tab).hidden = tab !== chosen;
    }
  };

  /** @param {string} text */
  const say = (text) => {
    copy.textContent = text;
    setTimeout(() => (copy.textContent = "Copy"), SAID);
  };

  for (const [place, tab] of tabs.entries()) {
    tab.addEventListener("click", () => show(tab));
    tab.addEventListener("keydown", (event) => {
      const last = tabs.length - 1;
      /** @type {Record<string, number>} */
      const ways = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: last };
      if (!(event.key in ways)) return;
      event.preventDefault();
      const next = tabs[(ways[event.key] + tabs.length) % tabs.length];
      show(next);
      next.focus();
    });
  }

  copy.addEventListener("click", async () => {
    const pane = paneOf(tabs.find((tab) => tab.getAttribute("aria-selected") === "true") ?? tabs[0]);
    try {
      await navigator.clipboard.writeText(pane.textContent ?? "");
      say("Copied");
    } catch {
      // Without leave to write, the text is chosen, and the reader's own keys copy it.
      getSelection()?.selectAllChildren(pane);
      say("Press Ctrl+C");
    }
  });
}

for (const box of document.querySelectorAll("[data-cite]")) dress(/** @type {HTMLElement} */ (box));
