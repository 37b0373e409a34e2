// Runs before the first paint: says that scripts work, and shows the scheme that the reader chose.
(() => {
  const root = document.documentElement;
  const device = matchMedia("(prefers-color-scheme: dark)");
  let chosen = null;
  try {
    chosen = localStorage.getItem("offprint.scheme");
  } catch {
    // Storage is blocked: the device decides.
  }
  if (chosen === "light" || chosen === "dark") root.dataset.scheme = chosen;
  const show = () => {
    root.dataset.shown = root.dataset.scheme ?? (device.matches ? "dark" : "light");
  };
  device.addEventListener("change", show);
  root.classList.add("js");
  show();
})();
