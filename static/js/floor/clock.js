// What ticks, the same on a laptop, a phone and a projector: the clock of a speech and the last call of a vote. Both count
// from instants of the server, by the server's clock (`now()`, milliseconds), never by the reader's own. Components:
// templates/floor/_clock.html, templates/voting/_closes.html.

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

/** One that has no end yet is left as it was written. */
function tick(clock, now) {
  if (!clock.dataset.ends) return;
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

/** The last call: what is left of it, rounded up, so that nothing is left only once nothing is taken any more. */
function count(line, now) {
  const seconds = Math.max(0, Math.ceil((Date.parse(line.dataset.closes) - now) / 1_000));
  say(line, seconds ? line.dataset.words.replace("{left}", written(seconds)) : line.dataset.over);
  line.classList.toggle("is-over", !seconds);
}

function say(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/** Let every clock below `root` run, also those that are drawn later. */
export function clocks(root, now) {
  const all = () => {
    root.querySelectorAll("[data-speech-clock]").forEach((clock) => tick(clock, now()));
    root.querySelectorAll("[data-closes]").forEach((line) => count(line, now()));
  };
  all();
  return setInterval(all, 200);
}
