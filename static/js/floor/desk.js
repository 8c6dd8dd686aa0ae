// The desk of the floor: its parts follow the sitting, buttons are pressed in place, the clock runs by the server's.
import { start } from "../app.js";
import { Panels } from "../cockpit/panels.js";
import { Press } from "../cockpit/press.js";
import { Shortcuts } from "../cockpit/shortcuts.js";
import { Live } from "../live.js";
import { pulse } from "../live/pulse.js";
import { clocks } from "./clock.js";

const root = document.querySelector("[data-floor]");
const words = root.dataset;
const saying = root.querySelector("[data-said]");
const POLLED = 3_000; // without a socket
let seen = Number(words.seen); // the entry up to which the parts are drawn

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
    seen = Math.max(seen, Number(page.querySelector("[data-floor]")?.dataset.seen ?? 0));
    panels.take(page, form.closest("[data-panel]"));
    const told = page.querySelector(".messages [role=alert] p, .messages [role=status] p");
    say(told?.textContent.trim() ?? "", Boolean(told?.closest("[role=alert]")));
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
  if (event.target.method !== "post") return;
  event.preventDefault();
  press.form(event.target, event.submitter);
});

new Shortcuts(root, { pressed: (control) => control.click(), idle: () => {} });

const live = new Live({ [words.stream]: seen }, {
  entry: ({ seq }) => seq > seen && panels.want(panels.names),
  gap: () => panels.want(panels.names, 1_000),
  pulse: pulse(root.querySelector("[data-pulse-line]")),
}, { poll: POLLED });
live.clock.forget(Date.parse(words.now)); // until the first round trip the page says what hour it is
live.start();
clocks(root, () => live.clock.now());
