// How old things are, by the reader's calendar: a site that is built from its files alone
// knows no today. Where no script runs, the days themselves stand there.

const DAY = 86_400_000;
const now = new Date();
const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());

/** @param {string | undefined} day */
const age = (day) => (today - Date.parse(`${day}T00:00:00Z`)) / DAY;

/** @param {number} days */
function words(days) {
  if (days === 0) return "today";
  return days === 1 ? "yesterday" : `${days.toLocaleString("en")} days ago`;
}

/** @param {string} chosen */
const all = (chosen) => /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(chosen));

for (const place of all("[data-age]")) {
  const days = age(place.dataset.age);
  // The newest digest may be of tomorrow where the reader is.
  if (days >= 0) place.append(` · ${words(days)}`);
}

for (const notice of all("[data-stale]")) {
  notice.hidden = !(age(notice.dataset.stale) > Number(notice.dataset.after));
}
