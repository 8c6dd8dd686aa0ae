// The sheet on which one writes. Without this module it is a plain form; with it the text is saved as one types,
// kept on the device until the server has it, and a change request begins from the current wording.
// All words come from data- attributes of the form.
import { changes } from "./changes.js";
import * as copies from "./copies.js";

const QUIET = 1200;
const RETRY = 10_000;
const FIELDS = ["kind", "observation", "proposed_text", "reasons", "territory"];

const form = document.querySelector("form[data-write]");
const said = [...document.querySelectorAll("[data-saved]")];
const current = document.getElementById("current-text")?.content.textContent ?? "";
const wishes = form.querySelector("[data-proposed]");
const proposed = form.elements.proposed_text;
const WITH_WORDING = new Set(["change_request", "data_correction", "new_action"]);

const kind = () => form.elements.kind.value;
const written = () => JSON.stringify(FIELDS.map((name) => new FormData(form).getAll(name)));
let stored = written();
let timer = 0;
let sending = false;
let leaving = false;

function say(words, bad = false) {
  for (const place of said) { place.textContent = words; place.classList.toggle("is-over", bad); }
}

// --- the copy on this device: one a point, removed as soon as the server has the same words -------------------
const slot = () => `${form.dataset.write}.${form.dataset.point || location.pathname + location.search}`;

// The copy carries the key of its form: the server may have the words already, and the same key stores them once.
const keep = () => copies.keep(slot(), JSON.stringify({ words: written(), key: form.elements.client_key.value }));

function restore() {
  const kept = JSON.parse(copies.find(slot()) ?? "null");
  if (!kept || kept.words === stored || document.getElementById("errors")) return;
  const [[chosen], [observation = ""], [wanted = ""], [reasons = ""], territory] = JSON.parse(kept.words);
  if (!form.dataset.point) form.elements.client_key.value = kept.key;
  if (chosen) form.querySelector(`[name=kind][value=${CSS.escape(chosen)}]`).checked = true;
  Object.assign(form.elements.observation, { value: observation });
  Object.assign(proposed, { value: wanted });
  Object.assign(form.elements.reasons, { value: reasons });
  for (const box of form.querySelectorAll("[name=territory]")) box.checked = territory.includes(box.value);
  say(form.dataset.restored);
  later(QUIET);
}

// --- saving on the server ---------------------------------------------------------------------------------------
function later(wait) { clearTimeout(timer); timer = setTimeout(save, wait); }

async function save() {
  timer = 0;
  const words = written();
  if (sending || leaving || !kind() || words === stored) return;
  sending = true;
  lastSent = plain();
  say(form.dataset.saving);
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin", headers: { Accept: "application/json" },
    });
    const told = await answer.json();
    if (answer.ok) accepted(words, told);
    else refused(words, told, answer.status);
  } catch {
    say(form.dataset.failed, true);
    later(RETRY);
  } finally {
    sending = false;
    if (!timer && !leaving && written() !== words) later(QUIET);
  }
}

function accepted(words, told) {
  copies.drop(slot());
  stored = words;
  form.elements.revision.value = told.revision;
  form.elements.submission.value = told.submission;
  form.dataset.autosave = told.autosave;
  if (!form.dataset.point) {
    form.dataset.point = told.address;
    history.replaceState(null, "", told.address);
    form.action = told.address;
  }
  say(told.words);
}

function refused(words, told, status) {
  // An answer that was lost on the way: the server already has exactly what was sent last.
  if (status === 409 && told.stored && lastSent === JSON.stringify(told.stored)) {
    form.elements.revision.value = told.revision;
    later(QUIET);
    return;
  }
  say(told.words ?? form.dataset.failed, true);
}

let lastSent = "";
const plain = () => JSON.stringify({ kind: kind(), observation: form.elements.observation.value.trim(), proposed_text: proposed.value.trim(), reasons: form.elements.reasons.value.trim() });

function changed(event) {
  if (event.target.closest("[data-no-autosave]")) return;
  if (written() === stored) return;
  keep();
  say(kind() ? form.dataset.changed : form.dataset.unready);
  later(QUIET);
}

// --- the proposed text ------------------------------------------------------------------------------------------
const board = form.querySelector("[data-change]");

function wording() {
  const wanted = WITH_WORDING.has(kind());
  if (wanted && kind() === "change_request" && current && !proposed.value.trim()) fill(current);
  if (!wanted && proposed.value.trim() === current.trim()) fill("");
  wishes.hidden = !wanted && !proposed.value.trim();
  difference();
}

function fill(text) {
  proposed.value = text;
  proposed.dispatchEvent(new Event("input", { bubbles: true }));
}

function difference() {
  const show = Boolean(current) && proposed.value.trim() && proposed.value.trim() !== current.trim() && kind() !== "new_action";
  const parts = show ? changes(current, proposed.value) : null;
  board.hidden = !parts;
  if (!parts) return;
  const line = board.querySelector(".wording");
  line.replaceChildren(...parts.map(([op, text]) => piece(line, op, text)));
}

function piece(line, op, text) {
  if (op === "same") return document.createTextNode(text);
  const mark = document.createElement(op === "removed" ? "del" : "ins");
  const spoken = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.textContent = line.dataset[op];
  mark.append(spoken, text);
  return mark;
}

// --- the Comuni -------------------------------------------------------------------------------------------------
const box = form.querySelector("[data-territory]");

function territory() {
  const search = box.querySelector("[type=search]");
  const rows = [...box.querySelectorAll(".territory-list label")];
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
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

form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("change", (event) => { if (event.target.name === "kind") wording(); });
proposed.addEventListener("input", difference);
form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); keep(); copies.leave(slot()); });
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && timer) { clearTimeout(timer); save(); } });
window.addEventListener("online", () => later(0));
window.addEventListener("pageshow", (event) => { if (event.persisted) { leaving = false; } });
if (box) territory();
if (!document.getElementById("errors")) copies.arrive();
restore();
wording();
