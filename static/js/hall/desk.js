// The desk of presences: acts are sent without leaving the page, what has changed is drawn anew in its place, and the
// roll is called with P, A and the arrows. Without this every button does the same by itself.
import { start } from "../app.js";
import { Live } from "../live.js";
import { pulse } from "../live/pulse.js";

const desk = document.querySelector("[data-desk]");
const said = document.querySelector("[data-said]");
const POLLED = 3_000; // without a socket
const PAUSE = 300; // between two drawings
const TYPED = "input:not([type=hidden], [type=submit], [type=checkbox], [type=radio]), textarea, select";
let seen = Number(desk.dataset.seen);
let timer = null;
const queue = []; // acts on their way, one after the other
let sending = false;

const parts = () => [...document.querySelectorAll("[data-part]")];
const seats = () => [...desk.querySelectorAll("[data-seat]")];
const open = () => desk.querySelector("[data-seat][data-open]");

function say(text, isBad = false) {
  said.textContent = text;
  said.classList.toggle("is-bad", isBad);
}

/** Somebody writes in it, or has unfolded something to press it. */
function isBusy(part) {
  const active = document.activeElement;
  if (part.contains(active) && active.matches(TYPED)) return true;
  return part.querySelector("details[open] form") !== null;
}

/** How to find what has the focus once its part was drawn anew. */
function handle(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const seat = element.closest("[id]");
  const form = element.closest("form");
  if (!form || !element.matches("button")) return seat ? `#${CSS.escape(seat.id)}` : null;
  return `form[action="${CSS.escape(form.getAttribute("action"))}"] button`;
}

/** Take the parts of a page that the server has drawn; `pressed` is where the act came from: it is drawn in any case. */
function take(page, pressed = null) {
  const fresh = page.querySelector("[data-desk]");
  if (!fresh) return false;
  const number = Number(fresh.dataset.seen);
  if (number < seen) return true; // an older drawing that came late
  seen = number;
  const wasCalling = open() !== null;
  for (const part of parts()) {
    const other = page.getElementById(part.id);
    if (!other || essence(part) === essence(other) || (part !== pressed && isBusy(part))) continue;
    const focus = part.contains(document.activeElement) ? handle(document.activeElement) : null;
    part.replaceWith(other);
    start(other);
    if (focus) (other.querySelector(focus) ?? other.querySelector("[data-seat], a, button"))?.focus({ preventScroll: true });
  }
  keysShown();
  if (!wasCalling && pressed?.id === "seduta") open()?.focus(); // the roll begins: P and A answer for the first seat
  return true;
}

/** What a part says, without what differs at every drawing. */
const essence = (part) => part.outerHTML.replace(/name="csrf_token" value="[^"]*/g, "").replace(/ hidden=""/g, "");

function want() {
  timer ??= setTimeout(async () => {
    timer = null; // what changes while the answer is on its way is asked for again
    try {
      const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" }, cache: "no-store" });
      if (answer.ok && !queue.length) take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      setTimeout(want, 2_000 + Math.random() * 1_000);
    }
  }, PAUSE + Math.random() * PAUSE);
}

function message(page) {
  const bad = page.querySelector(".messages .tone-bad p, .errors li");
  const good = page.querySelector(".messages p");
  return [(bad ?? good)?.textContent.trim() ?? "", bad !== null];
}

async function drain() {
  if (sending) return;
  sending = true;
  while (queue.length) {
    const { target, body, part, form } = queue[0];
    try {
      const answer = await fetch(target, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      queue.shift();
      const [text, isBad] = message(page);
      if (!page.querySelector("[data-desk]")) {
        if (answer.ok && answer.redirected) return location.assign(answer.url);
        say(page.querySelector("main h1")?.textContent.trim() || desk.dataset.failed, true);
      } else {
        if (!queue.length) take(page, part);
        say(text, isBad || !answer.ok);
        if (form.id === "scan") scanned(answer.ok && !isBad);
      }
    } catch {
      queue.length = 0;
      say(desk.dataset.failed, true);
      want();
    }
  }
  sending = false;
}

function scanned(isGood) {
  const field = document.getElementById("code");
  if (!field) return;
  if (isGood) field.value = "";
  else field.select();
  field.focus();
}

desk.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  event.preventDefault();
  const button = event.submitter;
  const body = new URLSearchParams(new FormData(form, button));
  queue.push({ target: button?.getAttribute("formaction") ?? form.getAttribute("action"), body, part: form.closest("[data-part]"), form });
  drain();
});

// What was not drawn anew because somebody had unfolded it is drawn once it is folded again.
desk.addEventListener("toggle", (event) => !event.target.open && want(), { capture: true });

// The roll call by keyboard.
function keysShown() {
  desk.querySelector("[data-keys-line]")?.removeAttribute("hidden");
}

function answer(seat, key) {
  const button = seat.querySelector(`[data-key="${key}"]`);
  if (!button) return;
  delete seat.dataset.open;
  seat.classList.add("is-asked");
  seat.setAttribute("aria-busy", "true");
  button.form.requestSubmit(button);
  const all = seats();
  const next = all.slice(all.indexOf(seat) + 1).find((one) => "open" in one.dataset) ?? open();
  next?.focus();
  if (!next) desk.querySelector("#seduta [data-key='r']")?.focus();
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const key = event.key.toLowerCase();
  const here = event.target.closest("[data-seat]");
  if (key === "p" || key === "a") {
    event.preventDefault(); // the other keys of the desk click the first button that carries them
    const seat = here ?? open();
    if (seat) answer(seat, key);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!here) return;
    event.preventDefault();
    const all = seats();
    all[Math.min(Math.max(all.indexOf(here) + (event.key === "ArrowDown" ? 1 : -1), 0), all.length - 1)].focus();
  }
}
desk.addEventListener("keydown", pressed, { capture: true });

const live = new Live({ [desk.dataset.stream]: seen }, {
  entry: ({ seq }) => seq > seen && want(),
  gap: want,
  pulse: pulse(document.querySelector("[data-pulse-line]")),
}, { poll: POLLED });
live.start();
setInterval(want, 30_000); // the hour of the call comes without an entry
keysShown();
if (open() && !document.activeElement?.matches(TYPED)) open().focus({ preventScroll: true });
