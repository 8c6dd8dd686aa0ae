// The sheet on which one writes. Without this module it is a plain form; with it the text is saved as one types, kept on
// the device until the server has it, brought together when both have changed, and kept when the session has ended.
// A change request begins from the chosen words. All words come from data- attributes of the form.
import { changes } from "./changes.js";
import * as copies from "./copies.js";
import { merged } from "./merge.js";
import * as passages from "./passages.js";

const QUIET = 1200;
const RETRY = 10_000;
const FIELDS = ["kind", "observation", "proposed_text", "reasons", "territory", "passages"];

const form = document.querySelector("form[data-write]");
const said = [...document.querySelectorAll("[data-saved]")];
const text = document.getElementById("current-text")?.content.textContent ?? "";
const wishes = form.querySelector("[data-proposed]");
const proposed = form.elements.proposed_text;
const WITH_WORDING = new Set(["change_request", "data_correction", "new_action"]);

const kind = () => form.elements.kind.value;
const values = () => { const data = new FormData(form); return FIELDS.map((name) => data.getAll(name).map((v) => v.replace(/\r\n?/g, "\n"))); };
const written = () => JSON.stringify(values());
let stored = written();
let timer = 0;
let running = Promise.resolve();
let leaving = false;
let ended = false;
let lastSent = "";

// Where the words are: "server", "device" (to be sent) or on the way.
function say(words, where) {
  for (const place of said) { place.textContent = words; place.dataset.where = where; place.classList.toggle("is-over", where === "device"); }
}

// --- the copy on this device: one a point, removed as soon as the server has the same words -------------------
const slot = () => `${form.dataset.write}.${form.dataset.point || location.pathname + location.search}`;

// The copy carries the key of its form, as the server may have the words already and the same key stores them once,
// and what the server had when it was begun, so that later both can be brought together.
function keep() {
  copies.keep(slot(), {
    words: written(), stored, key: form.elements.client_key.value, at: Date.now(),
    address: location.pathname + location.search, title: document.querySelector("h1").textContent.trim(),
  });
}

function restore() {
  const kept = copies.find(slot());
  if (kept && kept.words !== stored && !document.getElementById("errors")) {
    const server = JSON.parse(stored);
    const { values: found, open } = merged(FIELDS, JSON.parse(kept.words), server, kept.stored && JSON.parse(kept.stored));
    if (open.length) copies.putAside(slot(), { ...kept, open });
    if (!form.dataset.point && kept.key) form.elements.client_key.value = kept.key;
    show(found);
    if (written() === stored) copies.drop(slot());
    else { keep(); say(form.dataset.restored, "device"); later(QUIET); }
  }
  const other = copies.aside(slot());
  if (other) beside(other).scrollIntoView({ block: "start" });
}

function show([[chosen], [observation = ""], [wanted = ""], [reasons = ""], territory, named]) {
  if (chosen) form.querySelector(`[name=kind][value="${CSS.escape(chosen)}"]`).checked = true;
  Object.assign(form.elements.observation, { value: observation });
  Object.assign(proposed, { value: wanted });
  Object.assign(form.elements.reasons, { value: reasons });
  for (const row of form.querySelectorAll("[name=territory]")) row.checked = territory.includes(row.value);
  passages.choose(form, named);
}

// --- two texts of which only a person can tell which one is meant: side by side, each until it is not wanted ----
function beside(copy) {
  const board = document.querySelector("[data-kept]");
  const list = board.querySelector("[data-kept-list]");
  const mine = JSON.parse(copy.words);
  const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }).format(copy.at);
  board.querySelector("[data-kept-at]").textContent = when;
  list.replaceChildren(...copy.open.map((name) => offer(board, name, mine[FIELDS.indexOf(name)][0])));
  board.querySelector("[data-kept-done]").addEventListener("click", () => { copies.settle(slot()); board.hidden = true; form.elements.observation.focus(); });
  board.hidden = false;
  return board;
}

function offer(board, name, words) {
  const row = board.querySelector("template").content.cloneNode(true);
  const title = document.querySelector(name === "kind" ? "#kind legend" : `label[for="${name}"]`);
  const shown = row.querySelector("[data-kept-words]");
  const label = (value) => (name === "kind" ? form.querySelector(`[name=kind][value="${CSS.escape(value)}"]`).closest("label").querySelector("strong").textContent : value);
  row.querySelector("[data-kept-field]").textContent = title.firstChild.textContent.trim();
  shown.textContent = label(words);
  // The two change places: what stood in the form is now offered here, so that nothing is lost by looking.
  row.querySelector("button").addEventListener("click", () => {
    const before = name === "kind" ? kind() : form.elements[name].value;
    if (name === "kind") form.querySelector(`[name=kind][value="${CSS.escape(words)}"]`).checked = true;
    else form.elements[name].value = words;
    words = before;
    shown.textContent = label(words);
    const copy = copies.aside(slot());
    const mine = JSON.parse(copy.words);
    mine[FIELDS.indexOf(name)] = [words];
    copies.putAside(slot(), { ...copy, words: JSON.stringify(mine) });
    (name === "kind" ? form.querySelector("[name=kind]:checked") : form.elements[name]).dispatchEvent(new Event("change", { bubbles: true }));
    difference();
  });
  return row;
}

// --- saving on the server ---------------------------------------------------------------------------------------
function later(wait) { clearTimeout(timer); timer = setTimeout(save, wait); }

/** One at a time: "saved", "refused", "away" (no connection) or "ended" (signed out). */
function save() {
  clearTimeout(timer);
  timer = 0;
  running = running.then(send, send);
  return running;
}

async function send() {
  const words = written();
  if (leaving || words === stored) return "saved";
  if (!kind()) return "refused";
  lastSent = plain();
  say(form.dataset.saving, "way");
  try {
    let answer = await ask();
    if (!isJson(answer) && [400, 401, 403].includes(answer.status)) {
      if (!await renew()) return over();
      answer = await ask();
    }
    if (!isJson(answer)) throw new Error(answer.status);
    const told = await answer.json();
    if (!answer.ok) return refused(told, answer.status);
    accepted(words, told);
    return "saved";
  } catch {
    keep();
    say(form.dataset.failed, "device");
    later(RETRY);
    return "away";
  }
}

const ask = () => fetch(form.dataset.autosave, {
  method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin", headers: { Accept: "application/json" },
});
const reached = () => fetch(location.href, { method: "HEAD", cache: "no-store" }).then(() => true, () => false);
const isJson = (answer) => (answer.headers.get("content-type") ?? "").includes("json");

function accepted(words, told) {
  ended = false;
  document.querySelector("[data-ended]").hidden = true;
  copies.drop(slot());
  stored = words;
  form.elements.revision.value = told.revision;
  form.elements.submission.value = told.submission;
  form.dataset.autosave = told.autosave;
  if (!form.dataset.point) {
    const other = copies.aside(slot());
    copies.settle(slot());
    form.dataset.point = told.point;
    if (other) copies.putAside(slot(), { ...other, address: told.address });
    history.replaceState(null, "", told.address);
    form.action = told.address;
  }
  deadline(told);
  if (told.newer) news(told.newer);
  say(told.words, "server");
  if (written() !== words) { keep(); later(QUIET); }
}

function refused(told, status) {
  // An answer that was lost on the way: the server already has exactly what was sent last.
  if (status === 409 && told.stored && lastSent === JSON.stringify(told.stored)) {
    form.elements.revision.value = told.revision;
    later(0);
    return "refused";
  }
  keep();
  say(told.words ?? form.dataset.failed, "device");
  if (status < 500) return "refused";
  later(RETRY);
  return "away";
}

const plain = () => {
  const [[chosen], [observation], [wanted], [reasons], , named] = values();
  return JSON.stringify({ kind: chosen, observation: observation.trim(), proposed_text: wanted.trim(), reasons: reasons.trim(), passages: named });
};

// --- a session that ends while one writes ---------------------------------------------------------------------
/** The page is asked for again: signed in it carries a fresh token; signed out it is the page that asks to sign in. */
async function renew() {
  const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store", headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("form[data-write] [name=csrf_token]")?.value;
  if (!fresh) return false;
  for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = fresh;
  return true;
}

function over() {
  ended = true;
  keep();
  const notice = document.querySelector("[data-ended]");
  const link = notice.querySelector("a");
  link.href = `${link.href.split("?")[0]}?next=${encodeURIComponent(location.pathname + location.search)}`;
  notice.hidden = false;
  say(form.dataset.waits, "device");
  return "ended";
}

// --- a deadline that is moved meanwhile --------------------------------------------------------------------------
function deadline({ until, until_words: words }) {
  const line = document.querySelector("[data-deadline]");
  const clock = line?.querySelector("[data-until]");
  if (!clock || !until || Date.parse(clock.dataset.until) === Date.parse(until)) return;
  clock.dataset.until = until;
  Object.assign(line.querySelector("time"), { dateTime: until, textContent: words });
  news(line.dataset.moved.replace("{at}", words));
}

function news(words) {
  const place = document.querySelector("[data-news]");
  if (place.textContent !== words) place.textContent = words;
  place.hidden = false;
}

function changed(event) {
  if (event?.target?.closest?.("[data-no-autosave]")) return;
  if (written() === stored) return;
  keep();
  say(kind() ? form.dataset.changed : form.dataset.unready, "way");
  later(QUIET);
}

// --- the proposed text ------------------------------------------------------------------------------------------
const board = form.querySelector("[data-change]");
const words = passages.start(form, text, () => { wording(); changed(); });
let begun = words.current();

function wording() {
  const wanted = WITH_WORDING.has(kind());
  const current = words.current();
  const untouched = !proposed.value.trim() || [begun.trim(), text.trim()].includes(proposed.value.trim());
  if (kind() === "change_request" && current && untouched) fill(current);
  if (!wanted && proposed.value.trim() && [current.trim(), begun.trim()].includes(proposed.value.trim())) fill("");
  begun = current;
  wishes.hidden = !wanted && !proposed.value.trim();
  difference();
}

// The button: what somebody has written by hand stays, the chosen words follow it.
function start() {
  const current = words.current();
  const own = proposed.value.trim();
  if (!kind()) form.querySelector("[name=kind][value=change_request]").checked = true;
  if (current && !own.includes(current)) fill(!own || [begun.trim(), text.trim()].includes(own) ? current : `${own}\n${current}`);
  begun = current;
  wording();
  proposed.focus();
}

function fill(value) {
  if (proposed.value === value) return;
  proposed.value = value;
  proposed.dispatchEvent(new Event("input", { bubbles: true }));
}

function difference() {
  const current = words.current();
  const show_ = Boolean(current) && proposed.value.trim() && proposed.value.trim() !== current.trim() && kind() !== "new_action";
  const parts = show_ ? changes(current, proposed.value) : null;
  board.hidden = !parts;
  if (!parts) return;
  const line = board.querySelector(".wording");
  line.replaceChildren(...parts.map(([op, part]) => piece(line, op, part)));
}

function piece(line, op, part) {
  if (op === "same") return document.createTextNode(part);
  const mark = document.createElement(op === "removed" ? "del" : "ins");
  const spoken = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.textContent = line.dataset[op];
  mark.append(spoken, part);
  return mark;
}

// --- the Comuni -------------------------------------------------------------------------------------------------
const box = form.querySelector("[data-territory]");

function territory() {
  const search = box.querySelector("[type=search]");
  const rows = [...box.querySelectorAll(".territory-list label")];
  const fold = (name) => name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  search.closest("[hidden]").hidden = false;
  search.addEventListener("input", () => {
    const wanted = fold(search.value.trim());
    for (const row of rows) row.hidden = !fold(row.textContent).includes(wanted);
  });
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  box.addEventListener("change", () => {
    box.querySelector("[data-chosen]").textContent = rows.filter((row) => row.querySelector("input").checked).map((row) => row.textContent.trim()).join(", ");
  });
}

// The form is sent only once the server has the words: without a connection the page stays, and with it the text.
async function leave(event) {
  if (leaving) return;
  const button = event.submitter;
  event.preventDefault();
  if (button?.value === "sentences") { start(); return; }
  if (written() !== stored) keep();
  const outcome = await save();
  if (outcome === "away" || outcome === "ended") return;
  if (outcome === "refused" && !await reached()) { say(form.dataset.failed, "device"); return; }
  leaving = true;
  copies.leave(slot());
  setTimeout(() => form.requestSubmit(button)); // not while the first attempt is still being told of
}

for (const place of [form, document.querySelector("[data-paragraph]")]) {
  place?.addEventListener("input", changed);
  place?.addEventListener("change", changed);
  place?.addEventListener("change", (event) => { if (["kind", "passages"].includes(event.target.name)) wording(); });
}
proposed.addEventListener("input", difference);
form.addEventListener("submit", leave);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" ? timer : ended) save();
});
window.addEventListener("online", () => later(0));
window.addEventListener("pageshow", (event) => { if (event.persisted) leaving = false; });
if (box) territory();
if (!document.getElementById("errors")) copies.arrive();
restore();
wording();
