// Who has answered an open vote, as it is told while it changes: counts alone. `[data-vote]` holds the vote's number, in it
// `[data-answered]` and `[data-answered-people]` hold a bar each (templates/components/bars.html).
const NUMBER = new Intl.NumberFormat(document.documentElement.lang);

function bar(box, value, whole) {
  if (!box) return;
  box.querySelector("strong").textContent = NUMBER.format(value);
  box.querySelector(".bar-part").setAttribute("width", whole ? Math.min(100, (100 * value) / whole).toFixed(2) : 0);
}

/** False if the vote is not shown here. */
export function turnout(root, told) {
  const box = root.querySelector(`[data-vote="${Number(told.poll)}"]`);
  if (!box) return false;
  bar(box.querySelector("[data-answered]"), told.answered, told.seats);
  bar(box.querySelector("[data-answered-people]"), told.population_answered, told.population_base);
  return true;
}
