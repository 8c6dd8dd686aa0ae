// The screen of a hall: asks for what it shows when something has happened, fits it to the window, keeps the clock.
// Text that does not fit at the smallest size goes over several pages, broken between lines; the page in which the words
// in question stand comes first, other texts are turned by themselves until somebody holds them.
import { clocks } from "../floor/clock.js";
import { Live } from "../live.js";
import { turnout } from "../live/turnout.js";

const POLLED = 3_000; // without a socket
const TURNED = 15_000; // a page of a text that is turned by itself
const CALM = 5_000; // no word for so long: say so
const SIZES = ["fit-0", "fit-1", "fit-2", "fit-3"];
const HOUR = new Intl.DateTimeFormat("it", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Rome" });

const host = document.querySelector("[data-screen]");
const spoken = document.querySelector("[data-spoken]");
const notice = document.querySelector("[data-notice]");
const part = (name) => host.querySelector(`[data-${name}]`);

let pages = 1;
let page = 0;
let held = false;
let turnedAt = Date.now();
let heardAt = Date.now();
let asking = null;
let again = false;
let isLive = false;
let hears = false; // over a socket, also what is no entry

const live = new Live(host.dataset.stream ? { [host.dataset.stream]: Number(host.dataset.seen) } : {}, {
  entry: (entry) => entry.kind && soon(),
  gap: () => soon(),
  turnout: (told) => turnout(host, told) || soon(),
  pulse: ({ is }) => {
    isLive = is === "live" || is === "polled"; // the facts come, over a socket or over HTTP
    hears = is === "live";
    if (isLive) soon();
  },
}, { poll: host.dataset.stream ? POLLED : 0 });
const [trip] = performance.getEntriesByType("navigation");
if (trip) live.clock.heard(Number(host.dataset.now), trip.requestStart, trip.responseStart);

function soon() {
  if (asking) again = true;
  else asking = setTimeout(ask, 60 + Math.random() * 120);
}

async function ask() {
  again = false;
  const sent = performance.now();
  try {
    const answer = await fetch(host.dataset.address, { headers: { "X-Requested-With": "fetch" }, redirect: "error" });
    if (answer.ok) {
      const at = Number(answer.headers.get("X-Now"));
      if (at) live.clock.heard(at, sent, performance.now());
      show(await answer.text());
      heardAt = Date.now();
    }
  } catch {
    // the signal is gone: the next round asks again
  }
  asking = null;
  if (again) soon();
}

function said() {
  return [part("heading"), part("speaker")].map((one) => one?.textContent.trim()).filter(Boolean).join(". ");
}

/** Draw what came, unless it is what stands there; a text that is being read stays on its page. */
function show(words) {
  const fresh = new DOMParser().parseFromString(words, "text/html").querySelector(".scene");
  const scene = host.querySelector(".scene");
  if (!fresh) return;
  const same = fresh.dataset.mark === scene.dataset.mark;
  const before = said();
  const focused = document.activeElement?.closest("#scene button");
  const place = focused && [...host.querySelectorAll("button")].indexOf(focused);
  if (same) keep(scene, fresh);
  else {
    scene.replaceWith(fresh);
    [page, held] = [0, false];
  }
  document.documentElement.className = `theme-${fresh.dataset.theme}`;
  dress(!same);
  if (focused) host.querySelectorAll("button")[place]?.focus();
  if (said() !== before) spoken.textContent = said();
}

/** The same thing is shown: only what surrounds its text, or has changed in it, is drawn anew. */
function keep(scene, fresh) {
  const [old, text] = [scene.querySelector("[data-text]"), fresh.querySelector("[data-text]")];
  if (old.innerHTML !== text.innerHTML) old.innerHTML = text.innerHTML;
  scene.querySelector(".scene-head").replaceWith(fresh.querySelector(".scene-head"));
  for (const name of [".scene-foot", ".scene-speech"]) scene.querySelector(name)?.remove();
  for (const name of [".scene-speech", ".scene-foot"]) {
    const one = fresh.querySelector(name);
    if (one) scene.append(one);
  }
}

function dress(first) {
  const full = part("full");
  if (full) full.hidden = !document.documentElement.requestFullscreen;
  fit(first);
  tick();
}

/** The largest size at which everything fits; beyond the smallest, pages. */
function fit(first) {
  const main = host.querySelector(".scene-main");
  const [text, bar] = [part("text"), part("pages")];
  bar.hidden = true;
  main.classList.remove("is-paged", ...SIZES);
  if (matchMedia("(orientation: portrait)").matches) return;
  main.classList.add("is-paged");
  for (const size of SIZES) {
    main.classList.remove(...SIZES);
    main.classList.add(size);
    if (text.scrollWidth <= text.clientWidth + 1 && text.scrollHeight <= text.clientHeight + 1) {
      pages = 1;
      text.scrollLeft = 0;
      return;
    }
  }
  bar.hidden = false;
  const step = width(text);
  pages = Math.max(1, Math.round((text.scrollWidth + gap(text)) / step));
  const current = part("current");
  if (first && current) {
    text.scrollLeft = 0;
    page = Math.floor((current.getBoundingClientRect().left - text.getBoundingClientRect().left + 1) / step);
    held = true;
  }
  part("hold").setAttribute("aria-pressed", String(held));
  turn(Math.min(page, pages - 1));
}

const gap = (text) => parseFloat(getComputedStyle(text).columnGap) || 0;
const width = (text) => text.clientWidth + gap(text);

function turn(to) {
  const text = part("text");
  page = (to + pages) % pages;
  turnedAt = Date.now();
  text.scrollLeft = page * width(text);
  part("at").textContent = host.dataset.page.replace("{n}", page + 1).replace("{all}", pages);
}

function hold(now) {
  held = now;
  part("hold").setAttribute("aria-pressed", String(now));
}

/** The hour comes from the server: what the computer's own clock says does not matter. */
function tick() {
  part("hour").textContent = HOUR.format(live.clock.now());
}

function look() {
  tick();
  const quiet = Date.now() - heardAt;
  const since = host.dataset.stream && isLive ? 0 : quiet;
  notice.hidden = since < CALM + POLLED;
  notice.textContent = notice.hidden ? "" : host.dataset.lost.replace("{n}", Math.round(quiet / 1000));
  if (pages > 1 && !held && Date.now() - turnedAt > TURNED) turn(page + 1);
}

function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

host.addEventListener("click", (event) => {
  if (event.target.closest("[data-full]")) fullScreen();
  const by = event.target.closest("[data-turn]")?.dataset.turn;
  if (by) {
    hold(true);
    turn(page + Number(by));
  }
  if (event.target.closest("[data-hold]")) hold(!held);
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
  if (event.key === "f") fullScreen();
  if (by && pages > 1) {
    event.preventDefault();
    hold(true);
    turn(page + by);
  }
});
window.addEventListener("resize", () => fit(false));
document.fonts?.ready.then(() => fit(true));

dress(true);
clocks(host, () => live.clock.now());
setInterval(look, 250);
setInterval(() => (isLive && (hears || !part("asks"))) || soon(), POLLED * (0.9 + Math.random() * 0.2));
if (host.dataset.stream) live.start();
