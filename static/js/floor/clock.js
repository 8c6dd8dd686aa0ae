// The clock of a speech, the same on a laptop, a phone and a projector: it counts from instants of the server, by the
// server's clock (`now()`, milliseconds), never by the reader's own. Components: templates/floor/_clock.html.

const WARNING = 60; // seconds

/** Whole seconds that are left at an instant; below zero beyond the end. A paused clock stands where it was stopped. */
export function left({ ends, paused }, now) {
  return Math.floor((Date.parse(ends) - (paused ? Date.parse(paused) : now)) / 1_000);
}

/** 3:12, and +0:23 beyond the end. */
export function written(seconds) {
  const size = Math.abs(seconds);
  return `${seconds < 0 ? "+" : ""}${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
}

export function phaseOf(seconds, isPaused) {
  if (isPaused) return "paused";
  if (seconds < 0) return "overrun";
  return seconds <= WARNING ? "warning" : "running";
}

const PHASES = ["running", "warning", "overrun", "paused"];

function tick(clock, now) {
  const seconds = left(clock.dataset, now);
  const phase = phaseOf(seconds, Boolean(clock.dataset.paused));
  say(clock.querySelector("[data-speech-time]"), written(seconds));
  if (!clock.classList.contains(`is-${phase}`)) {
    clock.classList.remove(...PHASES.map((one) => `is-${one}`));
    clock.classList.add(`is-${phase}`);
  }
  const words = clock.dataset[`words${phase[0].toUpperCase()}${phase.slice(1)}`];
  if (words) say(clock.querySelector("[data-speech-phase]"), words); // read aloud: it changes with the phase alone
  const share = Math.max(0, Math.min(1_000, Math.round((1_000 * seconds) / Number(clock.dataset.limit))));
  clock.querySelector("[data-speech-bar]")?.setAttribute("width", String(share));
}

function say(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/** Let every clock below `root` run, also those that are drawn later. */
export function speechClocks(root, now) {
  const all = () => root.querySelectorAll("[data-speech-clock]").forEach((clock) => tick(clock, now()));
  all();
  return setInterval(all, 200);
}
