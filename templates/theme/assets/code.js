// Hand-written pages: each block of code gets a button that copies it, as on other sites of Material.

const SAID = 4000;

/**
 * Returns what a reader wants of a block: of what a terminal shows only the commands.
 * @param {Element} block
 */
function wanted(block) {
  const text = block.textContent ?? "";
  if (!block.querySelector(".gp")) return text;
  const commands = text.split("\n").filter((line) => line.startsWith("$ "));
  return commands.map((line) => `${line.slice(2)}\n`).join("");
}

/** @param {Element} block @param {HTMLButtonElement} button */
async function copy(block, button) {
  try {
    await navigator.clipboard.writeText(wanted(block));
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), SAID);
  } catch {
    // Without leave to write, the text is chosen, and the reader's own keys copy it.
    getSelection()?.selectAllChildren(block);
  }
}

for (const block of document.querySelectorAll(".op-prose-manual pre > code")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "op-code__copy";
  button.textContent = "Copy";
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", () => copy(block, button));
  const frame = document.createElement("div");
  frame.className = "op-code";
  const pre = /** @type {HTMLElement} */ (block.parentElement);
  pre.replaceWith(frame);
  frame.append(pre, button);
}
