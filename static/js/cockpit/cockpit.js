// The cockpit: panels that follow the sitting, forms that are pressed in place, keys, the clock, the undo.
import { start } from "../app.js";
import { clocks } from "../floor/clock.js";
import { Live } from "../live.js";
import { pulse } from "../live/pulse.js";
import { ticking } from "./clocks.js";
import { Crowd } from "./crowd.js";
import { help } from "./help.js";
import { Panels } from "./panels.js";
import { Press } from "./press.js";
import { Shortcuts } from "./shortcuts.js";

const root = document.querySelector("[data-cockpit]");
const streams = JSON.parse(root.dataset.streams);
const [sitting] = Object.keys(streams).filter((name) => name.startsWith("sitting:"));
const kinds = JSON.parse(root.dataset.kinds); // which panels an entry touches
const words = root.dataset;
const saying = root.querySelector("[data-said]");
const POLLED = 3_000; // without a socket
const COUNTED = 2_000; // who has answered an open vote is no entry of the record: without a socket it is asked for so often
const age = root.querySelector("[data-age]"); // of the last event
let seen = Number(root.dataset.seen); // the entry up to which the panels are drawn

function say(text, isBad = false) {
  saying.textContent = text;
  saying.classList.toggle("is-bad", isBad);
}

const panels = new Panels(root, {
  drawn: start,
  failed: () => setTimeout(() => panels.want(panels.names, 1_000), 2_000 + Math.random() * 1_000),
});

const press = new Press({
  done(page, form) {
    const fresh = page.querySelector("[data-cockpit]");
    seen = Math.max(seen, Number(fresh.dataset.seen));
    panels.take(page, form.closest("[data-panel]"));
    const told = page.querySelector("[data-said]");
    say(told.textContent.trim(), told.classList.contains("is-bad"));
  },
  refused(text) {
    say(text || words.refused, true);
    panels.want(panels.names);
  },
  failed() {
    say(words.failed, true);
    panels.want(panels.names);
  },
});

root.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.closest("dialog") || form.hasAttribute("data-plain")) return;
  event.preventDefault();
  press.form(form, event.submitter);
});

// What cannot be taken back is folded away where there are no scripts; here it asks in a window of its own.
root.addEventListener("click", (event) => {
  const summary = event.target.closest("summary[data-sure]");
  if (!summary) return;
  event.preventDefault();
  press.form(summary.parentElement.querySelector("form"), summary);
});

const shortcuts = new Shortcuts(root, {
  pressed(control) {
    const button = control.tagName === "FORM" ? control.querySelector("button") : control;
    if (button.matches("input, select, textarea")) button.focus();
    else button.click();
  },
  idle(key) {
    if (key === "?") showHelp();
    else say(words.idle.replace("{key}", key === "Space" ? words.space : key));
  },
});
const showHelp = help(shortcuts);

function touched({ stream, seq, kind }) {
  if (stream !== sitting) return panels.want(["osservazioni"]); // decided on another page
  age.dataset.age = new Date(live.clock.now()).toISOString();
  if (seq > seen) panels.want(kinds[kind] ?? panels.names);
}

const crowd = new Crowd(root.querySelector("[data-crowd]"));
const live = new Live(streams, {
  entry: touched,
  gap: () => panels.want(panels.names, 1_000),
  turnout: () => panels.want(["votazioni", "sala"]),
  crowd: ({ stream, process, here }) => stream === sitting && crowd.told(process, here),
  pulse: pulse(root.querySelector("[data-pulse-line]")),
}, { poll: POLLED });
live.clock.forget(Date.parse(words.now)); // until the first round trip the page says what hour it is
live.start();
clocks(root, () => live.clock.now());
ticking(document, () => live.clock.now());
setInterval(() => !live.isLive && root.querySelector(".table-poll.is-open") && !document.hidden && panels.want(["votazioni", "sala"]), COUNTED);
