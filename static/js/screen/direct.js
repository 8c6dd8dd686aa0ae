// The public page of a sitting: patches itself from the facts that come over the socket, so that a thousand viewers ask
// for nothing at each event. What has words of its own (a remark, an indication) is announced in a line and shown when asked for.
import { clocks } from "../floor/clock.js";
import { Live } from "../live.js";
import { pulse } from "../live/pulse.js";
import { turnout } from "../live/turnout.js";

const POLLED = 3_000; // without a socket the same facts are asked for over HTTP
const SLOWLY = 120_000;
const SETTLING = 4_000; // over so long all viewers ask anew when the facts alone do not tell
const NUMBER = new Intl.NumberFormat(document.documentElement.lang);

const host = document.querySelector("[data-direct]");
const words = JSON.parse(host.dataset.words);
const line = host.querySelector("[data-news-line]");
const spoken = host.querySelector("[data-spoken]");
const region = host.querySelector("[data-region]");
const part = (name) => region.querySelector(`[data-${name}]`);

let waiting = null;

const stream = `sitting:${host.dataset.direct}`;
const live = new Live({ [stream]: Number(host.dataset.seen) }, {
  entry: (entry) => entry.kind && PATCHES[entry.kind]?.(entry.facts),
  gap: () => anew(1),
  turnout: (told) => void turnout(region, told),
  pulse: pulse(host.querySelector("[data-pulse-line]")),
}, { poll: POLLED });

/** The whole part again, not all viewers in the same instant; a text that somebody reads is not taken away. */
function anew(most = SETTLING, told = true) {
  waiting ??= setTimeout(() => ask(told), Math.random() * most);
}

async function ask(told = true) {
  waiting = null;
  try {
    const answer = await fetch(host.dataset.part, { headers: { "X-Requested-With": "fetch" }, redirect: "error" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-whole]");
    const old = region.querySelector("[data-whole]");
    if (!fresh || fresh.innerHTML === old.innerHTML) return;
    if (old.contains(document.activeElement)) return told && news();
    old.replaceWith(fresh);
    line.hidden = true;
  } catch {
    // the signal is gone: the next round asks again
  }
}

const news = () => void (line.hidden = false);

function say(text) {
  spoken.textContent = text;
}

function stands(code) {
  part("sitting-state").textContent = words.states[code];
  say(words.states[code]);
}

function item(id, code) {
  const one = region.querySelector(`[data-item="${id}"]`);
  if (!one) return anew();
  one.className = one.className.replace(/\bis-\w+/, `is-${code}`);
  one.querySelector("[data-standing]").textContent = words.items[code];
  if (code === "in_discussion") one.setAttribute("aria-current", "step");
  else one.removeAttribute("aria-current");
  return one;
}

function current(one) {
  part("current").hidden = !one;
  part("current-number").textContent = one?.querySelector(".agenda-number").textContent ?? "";
  part("current-title").textContent = one?.querySelector("[data-title]").textContent ?? "";
  if (one) say(part("current-title").textContent);
}

function bar(name, value, whole) {
  const box = part(name);
  box.querySelector("strong").textContent = NUMBER.format(value);
  box.querySelector(".bar-part").setAttribute("width", whole ? Math.min(100, (100 * value) / whole).toFixed(2) : 0);
}

function present(facts) {
  const { seats, people, needed, met, missing } = part("there").dataset;
  part("there").hidden = false;
  bar("bodies", facts.present, Number(seats));
  bar("residents", facts.present_population, Number(people));
  if (!needed) return;
  const [box, lacking] = [part("bodies").querySelector(".bar"), Number(needed) - facts.present];
  const said = lacking > 0 ? missing.replace("{m}", NUMBER.format(lacking)) : met;
  box.querySelector(".small").textContent = said.replace("{n}", NUMBER.format(Number(needed)));
  box.className = `bar tone-${lacking > 0 ? "danger" : "success"}`;
}

function queue(count) {
  const one = part("waiting-line");
  one.hidden = !count;
  one.textContent = count === 1 ? one.dataset.one : one.dataset.many.replace("{n}", count);
}

function speech(facts) {
  const [body, office] = words.seats[facts.seat] ?? ["", ""];
  const kind = words.kinds[facts.speech_kind];
  if (!body) anew(); // the notice says whether whoever holds no seat has a public name
  part("speaker").textContent = body || kind;
  part("office").textContent = body ? [office, kind].filter(Boolean).join(" · ") : "";
  part("speech").hidden = false;
  clock(facts.ends_at);
  queue(facts.waiting);
  say([body, kind].filter(Boolean).join(", "));
}

function clock(ends, paused) {
  const { dataset } = part("speech-clock");
  if (ends) dataset.ends = ends;
  if (paused) dataset.paused = paused;
  else delete dataset.paused;
}

const instant = (seconds) => new Date(live.clock.now() + 1_000 * seconds).toISOString();

const PATCHES = {
  RollCallBegun: () => stands("roll_call"),
  RollCallEnded: present,
  SittingOpened: (facts) => (stands("in_session"), present(facts)),
  SittingSuspended: () => (stands("suspended"), anew()),
  SittingResumed: () => (stands("in_session"), anew()),
  SittingClosed: () => (stands("closed"), anew()),
  SittingDeserted: (facts) => (stands(facts.last ? "deserted" : "convened"), anew()),
  SeatEntered: present,
  SeatLeft: present,
  ItemCalled: (facts) => {
    region.querySelectorAll("[aria-current=step]").forEach((one) => item(one.dataset.item, "pending"));
    current(item(facts.item, "in_discussion"));
  },
  ItemEnded: (facts) => {
    item(facts.item, facts.state);
    if (!region.querySelector("[aria-current=step]")) current(null);
  },
  ItemMoved: (facts) => {
    const list = part("agenda");
    for (const id of facts.order) list.append(...list.querySelectorAll(`[data-item="${id}"]`));
  },
  FloorAsked: (facts) => queue(facts.waiting),
  FloorSettled: (facts) => queue(facts.waiting),
  SpeechBegun: speech,
  SpeechPaused: (facts) => clock(instant(facts.left_seconds), instant(0)),
  SpeechResumed: (facts) => clock(facts.ends_at),
  SpeechExtended: (facts) => clock(facts.ends_at, part("speech-clock").dataset.paused),
  SpeechEnded: () => void (part("speech").hidden = true),
  RemarkRaised: news,
  RemarkWithdrawn: () => anew(),
  IndicationOpened: news,
  IndicationClosed: news,
  PollMoved: () => anew(),
  ActUndone: () => anew(),
};

host.addEventListener("click", (event) => {
  if (!event.target.closest("[data-refresh]")) return;
  line.hidden = true;
  ask();
});
clocks(region, () => live.clock.now());
setInterval(() => document.hidden || anew(SLOWLY / 2, false), SLOWLY); // times that are expected move with the hours
live.start();
