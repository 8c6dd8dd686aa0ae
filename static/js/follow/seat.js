// A delegate's page. It follows the sitting by itself, sends its forms without leaving the page, and keeps requests for the
// floor and remarks on the device while there is no connection. Without this module it is plain forms and a link to refresh.
import { start } from "../app.js";
import { clocks } from "../floor/clock.js";
import { Live } from "../live.js";
import { pulse } from "../live/pulse.js";
import { cast, freshKey, recorded, unsent } from "./ballot.js";
import { Outbox } from "./outbox.js";
import { Panels } from "./panels.js";

const WAIT = 12_000;
const LEAST = 1_500; // between two looks
const SPREAD = 1_500; // not all telephones of a hall in the same instant
const UNKNOWN = 8_000; // what was for others seldom matters here
const AGAIN = 15_000; // how often what waits is tried
const POLLED = 3_000; // without a socket the stream is asked for so often
const REST = 90_000; // what no entry tells: a mandate that ends
// What an entry may change here; of the kinds that are not named, everything.
const TOUCHED = {
  FloorAsked: ["floor"], FloorSettled: ["floor"], QueueChanged: ["floor"], HelpAnswered: ["help"],
  IndicationOpened: ["indication"], IndicationClosed: ["indication"], PollTied: ["poll"], PollMoved: ["poll", "floor"],
  ItemCalled: ["now", "floor", "remark", "agenda", "poll"], ItemEnded: ["now", "floor", "remark", "agenda", "poll"], ItemMoved: ["agenda"],
  RemarkRaised: ["mine"], RemarkRead: ["mine"], ScreenShown: ["now", "remark"],
};
// Of others: nothing changes here.
const QUIET = new Set(["IndicationGiven", "RollAnswered", "RemarkTied", "SeatEntered", "SeatLeft", "SpeechNoted", "ScreenShown"]);

const root = document.querySelector("[data-follow]");
const told = document.querySelector("[data-told]");
const aloud = document.querySelector("[data-aloud]");
const words = root.dataset;
const own = Number(words.seat);
let asked = 0;
let timer = 0;
let due = Infinity;

// --- what is said ------------------------------------------------------------------------------------------------
function tell(text, tone = "good", where = "") {
  const way = told.querySelector("a");
  told.className = `follow-told tone-${tone}`;
  told.querySelector("p").textContent = text;
  way.hidden = !where;
  way.hash = where;
  told.hidden = !text;
}
for (const control of told.querySelectorAll("a, button")) control.addEventListener("click", () => tell(""));

/** What has changed for the reader is read aloud; what one is asked is shown with the way there, if it is not in sight. */
function say(text, panel) {
  if (aloud.textContent !== text) aloud.textContent = text;
  if (!panel.matches(".follow-ask")) return;
  const { top } = panel.getBoundingClientRect();
  if (top < 0 || top > innerHeight - 160) tell(panel.dataset.short ?? text, "info", panel.id);
}

/** Who has come to what they were told of need not be told any more. */
addEventListener("scroll", () => {
  const where = told.querySelector("a");
  if (told.hidden || where.hidden) return;
  const { top = -1 } = document.querySelector(where.hash)?.getBoundingClientRect() ?? {};
  if (top >= 0 && top < innerHeight / 2) tell("");
}, { passive: true });

// --- the page is brought in step ----------------------------------------------------------------------------------
const panels = new Panels({ redrawn: (panel) => { start(panel); prepare(panel); }, said: say });

function shown(page) {
  const fresh = page.querySelector("[data-follow]");
  return fresh?.dataset.follow === words.follow ? fresh : null;
}

const ALL = "";
let wanted = new Set();

/** Ask for the page anew, or for some of its panels; "there", "away" or "ended", when somebody else or nobody is signed in. */
async function look(names = new Set([ALL])) {
  clearTimeout(timer);
  due = Infinity;
  wanted = new Set();
  asked = Date.now();
  const parts = names.has(ALL) ? "" : `?riquadri=${[...names].join(",")}`;
  try {
    const answer = await fetch(words.address + parts, { headers: { "X-Requested-With": "fetch" }, cache: "no-store", signal: AbortSignal.timeout(WAIT) });
    if (!answer.ok && answer.status >= 500) return away(names);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!shown(page)) return answer.redirected || !answer.ok ? ended() : moved();
    panels.take(page);
    root.dataset.item = shown(page).dataset.item;
    return "there";
  } catch {
    return away(names);
  }
}

/** What could not be asked for is asked for again. */
function away(names) {
  setTimeout(() => soon(SPREAD, names), AGAIN / 5);
  return "away";
}

/** The seat is not one's own any more: the page says why, and what was typed stays on the device. */
function moved() {
  location.reload();
  return "ended";
}

function ended() {
  document.querySelector("[data-ended]").hidden = false;
  return "ended";
}

function soon(spread = SPREAD, names = [ALL]) {
  for (const name of names) wanted.add(name);
  const at = Math.max(Date.now() + Math.random() * spread, asked + LEAST);
  if (at >= due) return;
  due = at;
  clearTimeout(timer);
  timer = setTimeout(() => look(wanted), at - Date.now());
}

// --- the stream: what it tells is shown from the facts alone where they are enough ------------------------------------
function speaks({ seat, ends_at: ends, limit_seconds: limit }) {
  const block = root.querySelector("[data-speaks]");
  const name = document.querySelector("[data-seats]").content.querySelector(`[data-seat="${seat}"]`)?.textContent;
  if (!name) return false; // who holds no seat has no name here
  block.querySelector("[data-speaker]").textContent = name;
  const { dataset } = block.querySelector("[data-speech-clock]");
  Object.assign(dataset, { ends, limit });
  delete dataset.paused;
  block.hidden = false;
  return true;
}

function clock(kind, facts) {
  const { dataset } = root.querySelector("[data-speaks] [data-speech-clock]");
  const now = live.clock.now();
  if (kind === "SpeechPaused") Object.assign(dataset, { paused: new Date(now).toISOString(), ends: new Date(now + facts.left_seconds * 1_000).toISOString() });
  else if (kind === "SpeechEnded") root.querySelector("[data-speaks]").hidden = true;
  else {
    dataset.ends = facts.ends_at;
    dataset.limit = facts.limit_seconds ?? dataset.limit;
    if (kind === "SpeechResumed") delete dataset.paused;
  }
  return true;
}

/** The title at once, its text with the next look. */
function called({ item }) {
  const row = root.querySelector(`.follow-agenda [data-item="${item}"]`);
  const [number, title] = root.querySelector("#now-title").children;
  root.dataset.item = item;
  panels.touched("now");
  if (!row || !title) return;
  number.textContent = row.querySelector(".follow-number").textContent;
  title.textContent = row.querySelector("[data-title]").textContent;
}

function waits({ waiting }) {
  const line = root.querySelector("[data-waits]");
  if (!line || waiting === undefined) return;
  const { none, one, many } = line.dataset;
  line.textContent = waiting > 1 ? many.replace("{n}", waiting) : waiting ? one : none;
  panels.touched("floor");
}

/** True if the facts were enough for whoever neither speaks nor waits. */
function shownFrom(kind, facts) {
  if (!kind.startsWith("Speech") || root.querySelector("[data-mine]")) return false;
  panels.touched("floor");
  return kind === "SpeechBegun" ? speaks(facts) : clock(kind, facts);
}

function entry({ kind, facts = {} }) {
  // For others: what the desk makes of one's own word is among it, and who takes a seat from whom.
  if (!kind) return root.querySelector("[data-awaits]") ? soon(SPREAD, ["presence"]) : soon(UNKNOWN, ["presence"]);
  if (own && facts.seat === own) return soon(0);
  if (kind === "ItemCalled") called(facts);
  waits(facts);
  if (QUIET.has(kind) && !(kind === "ScreenShown" && facts.paragraph)) return undefined;
  if (kind.startsWith("Floor") && !root.querySelector("[data-mine]")) return undefined;
  return shownFrom(kind, facts) || soon(SPREAD, TOUCHED[kind] ?? (kind.startsWith("Speech") ? ["floor"] : [ALL]));
}

const live = new Live(
  Object.fromEntries([[words.stream, Number(words.seq)]]),
  { entry, gap: () => soon(), state: (isLive) => isLive && flush(), pulse: pulse(document.querySelector("[data-pulse-line]")) },
  { poll: POLLED, mandate: Number(words.mandate) },
);

setInterval(() => document.hidden || flush(), AGAIN);
setInterval(() => document.hidden || soon(10_000), REST);
document.addEventListener("visibilitychange", () => { if (!document.hidden) { soon(0); flush(); } });
addEventListener("online", () => { soon(0); flush(); });
addEventListener("pageshow", (event) => event.persisted && soon(0));

// --- forms -----------------------------------------------------------------------------------------------------
const panelOf = (form) => form.closest("[data-panel]")?.dataset.panel;
const isBallot = (form) => form.hasAttribute("data-ballot");
const isHarmless = (form) => Boolean(form.elements.client_key) && !["poll", "indication"].includes(panelOf(form));

function fieldsOf(form, button) {
  const fields = [...new FormData(form)].filter(([name, value]) => name !== "csrf_token" && typeof value === "string");
  if (button?.name) fields.push([button.name, button.value]);
  return fields;
}

/** "done" with the page that answered; "refused" with what it says; "away", "ended". */
async function post(address, fields, again = true) {
  const body = new URLSearchParams(fields);
  body.set("csrf_token", document.querySelector("[name=csrf_token]")?.value ?? "");
  let answer;
  let page;
  try {
    answer = await fetch(address, { method: "POST", body, headers: { "X-Requested-With": "fetch" }, signal: AbortSignal.timeout(WAIT) });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return { state: "away" };
  }
  if (answer.status >= 500 || answer.status === 429) return { state: "away" }; // too much at once: later
  // An old token, or nobody signed in any more: the page knows, and what was pressed is not lost.
  if ([400, 401, 403].includes(answer.status) && again) return (await look()) === "there" ? post(address, fields, false) : { state: "away" };
  const alert = page.querySelector(".messages [role=alert] p, .errors li, .errors p");
  if (answer.ok && !shown(page) && answer.redirected) return new URL(answer.url).pathname.startsWith("/accesso") ? { state: ended() } : { state: "done", elsewhere: answer.url, words: page.querySelector("h1")?.textContent.trim() };
  if (!answer.ok || alert) return { state: "refused", page, words: (alert ?? page.querySelector("main .lead, main p, h1"))?.textContent.trim() };
  return { state: "done", page, words: page.querySelector(".messages [role=status] p")?.textContent.trim() };
}

async function vote(form, button) {
  form.setAttribute("aria-busy", "true");
  const told = await cast(form, button, live, async () => (await look()) === "there");
  form.removeAttribute("aria-busy");
  panels.touched("poll");
  soon(0, ["poll"]); // the answer may have been lost, not the act: the next look tells
  if (told?.receipt) return recorded(form, button, told.receipt);
  return told?.words ? tell(told.words, "bad") : unsent(form, button);
}

async function press(form, button) {
  if (isBallot(form)) return vote(form, button);
  const fields = fieldsOf(form, button);
  const address = button?.formAction && button.hasAttribute("formaction") ? button.formAction : new URL(form.getAttribute("action"), location).href; // a field may be called "action"
  form.setAttribute("aria-busy", "true");
  const answer = navigator.onLine === false ? { state: "away" } : await post(address, fields);
  form.removeAttribute("aria-busy");
  if (answer.state === "away") {
    soon(0); // the answer may have been lost, not the act: the next look tells
    return isHarmless(form) ? queue(form, button, address, fields) : tell(words.lost, "bad");
  }
  if (answer.state === "ended") return undefined;
  if (answer.state === "done") box.dropSheet(sheetOf(form));
  if (answer.elsewhere) return location.assign(answer.elsewhere);
  if (answer.page && shown(answer.page)) panels.take(answer.page, answer.state === "done" || answer.page.querySelector(".errors") ? panelOf(form) : null);
  tell(answer.words ?? "", answer.state === "refused" ? "bad" : "good");
  if (answer.state === "done") soon(0);
  return undefined;
}

root.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-leaves") || form.enctype === "multipart/form-data") return;
  event.preventDefault();
  if (!form.hasAttribute("aria-busy")) press(form, event.submitter);
});

// --- what waits on this device -----------------------------------------------------------------------------------
const box = new Outbox(words.follow, list);
const when = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short", timeZone: "Europe/Rome" });

function queue(form, button, address, fields) {
  const text = fields.find(([name]) => name === "observation" || name === "text")?.[1] ?? "";
  const kind = button?.value ?? "";
  const same = !text && box.waiting().find((entry) => entry.address === address && entry.kind === kind);
  const entry = { key: form.elements.client_key.value, kind, address, fields, text, title: (form.dataset.title ?? button?.textContent ?? "").trim(), at: live.clock.now(), state: "waiting", item: text ? "" : root.dataset.item };
  if (!same && !box.put(entry)) return tell(words.lost, "bad");
  if (!same) {
    form.elements.client_key.value = freshKey();
    if (text) { form.reset(); box.dropSheet(sheetOf(form)); form.dispatchEvent(new CustomEvent("saved")); }
  }
  return tell(words.kept, "wait");
}

/** A request for the floor on an item that has passed meanwhile is not sent: whoever still wants to speak asks again. */
async function send(entry) {
  if (entry.item && entry.item !== root.dataset.item) return { state: "late" };
  return post(entry.address, entry.fields);
}

let flushing = false;

async function flush() {
  if (flushing || !box.waiting().length || navigator.onLine === false) return;
  flushing = true;
  try {
    if ((await look()) !== "there") return;
    await box.flush(send, () => live.clock.now());
    soon(0);
  } finally {
    flushing = false;
  }
}

function list() {
  const place = document.querySelector("[data-outbox]");
  const blank = place.querySelector("template");
  const entries = box.all();
  place.querySelector("ul").replaceChildren(...entries.map((entry) => {
    const row = blank.content.cloneNode(true);
    row.querySelector("li").dataset.fate = entry.state;
    row.querySelector("[data-title]").textContent = entry.title;
    row.querySelector("[data-text]").textContent = entry.text.length > 160 ? `${entry.text.slice(0, 160)}…` : entry.text;
    row.querySelector("[data-state]").textContent = (place.dataset[entry.state] ?? "").replace("{at}", when.format(entry.settled ?? entry.at));
    row.querySelector("[data-words]").textContent = entry.state === "refused" ? entry.words ?? "" : "";
    row.querySelector("button").addEventListener("click", () => box.drop(entry.key));
    return row;
  }));
  place.hidden = !entries.length;
}

// --- what one types is kept until it is sent -----------------------------------------------------------------------
const OWN = new Set(["csrf_token", "client_key", "mandate", "back", "item", "paragraph"]);
const isOwn = (form, name) => OWN.has(name) || form.elements[name]?.type === "hidden"; // the page's, not the writer's
const sheetOf = (form) => `${panelOf(form)}.${form.elements.item?.value ?? ""}`;
const isSheet = (form) => Boolean(form?.querySelector("textarea")) && isHarmless(form);
const typed = (form) => [...new FormData(form)].filter(([name, value]) => !isOwn(form, name) && typeof value === "string" && value);

function prepare(panel) {
  for (const form of panel.querySelectorAll("form")) {
    const kept = isSheet(form) && !panel.querySelector(".errors") && box.sheet(sheetOf(form));
    if (!kept) continue;
    form.elements.client_key.value = kept.key;
    for (const field of form.elements) {
      if (!field.name || isOwn(form, field.name)) continue;
      if (field.matches("textarea")) field.value = kept.fields.find(([name]) => name === field.name)?.[1] ?? field.value;
      else if (field.matches("[type=radio], [type=checkbox]")) field.checked = kept.fields.some(([name, value]) => name === field.name && value === field.value);
    }
  }
}

root.addEventListener("input", ({ target: { form } }) => {
  if (!isSheet(form)) return;
  const fields = typed(form);
  if (fields.length) box.keepSheet(sheetOf(form), { fields, key: form.elements.client_key.value });
  else box.dropSheet(sheetOf(form));
});

document.querySelectorAll("[data-panel]").forEach(prepare);
list();
clocks(root, () => live.clock.now());
live.start();
flush();
