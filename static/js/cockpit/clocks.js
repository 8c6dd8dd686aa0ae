// What shows the time of the server: the hour at the top, and the seconds left in which an act can still be undone.

const HOUR = { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false, timeZone: "Europe/Rome" };

/** `now()` is the server's clock in milliseconds. */
export function ticking(root, now) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, HOUR);
  const tick = () => {
    for (const clock of root.querySelectorAll("[data-hour]")) show(clock, format.format(now()));
    for (const age of root.querySelectorAll("[data-age]")) show(age, ago(age.dataset, now()));
    for (const act of root.querySelectorAll("[data-undo-until]")) {
      const left = Math.ceil((Date.parse(act.dataset.undoUntil) - now()) / 1_000);
      if (left <= 0) act.hidden = true;
      else show(act.querySelector("[data-left]"), String(left));
    }
  };
  tick();
  return setInterval(tick, 250);
}

function ago({ age, seconds, minutes }, now) {
  const past = Math.max(0, Math.round((now - Date.parse(age)) / 1_000));
  if (!age || past > 3_600) return ""; // of yesterday nobody needs the minutes
  return past < 60 ? seconds.replace("{n}", past) : minutes.replace("{n}", Math.floor(past / 60));
}

function show(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
