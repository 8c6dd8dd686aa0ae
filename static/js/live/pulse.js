// The one wording of how a page learns of news: for the cockpit, the screen of a hall, a delegate's page, the public page.
// With components in templates/live/_pulse.html; give what it returns to `Live` as `pulse`.

/** `element` holds the words; what is said aloud changes with the state alone, not with the seconds. */
export function pulse(element) {
  const [words, ago] = [element.querySelector("[data-pulse-words]"), element.querySelector("[data-pulse-ago]")];
  let before = "";

  return ({ is, since, full }) => {
    if (is === "waiting" && before) return; // a short cut is not worth a word: what was said still stands
    const said = is === "polled" && full ? "full" : is;
    element.dataset.is = is;
    if (said !== before) words.textContent = element.dataset[said] ?? "";
    ago.textContent = is === "cut" ? element.dataset.ago.replace("{n}", Math.max(0, Math.round(since / 1_000))) : "";
    before = said;
  };
}
