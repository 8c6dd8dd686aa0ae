// The chooser of files: sends what was chosen at once, shows how far it is, and puts the new list in its place.
import { send } from "./send.js";

function row(form, file) {
  const line = document.createElement("li");
  const name = document.createElement("span");
  name.className = "file-name";
  name.textContent = file.name;
  const state = document.createElement("span");
  state.className = "small muted";
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  line.append(name, bar, state);
  form.querySelector("[data-list]").append(line);
  return { line, state, bar };
}

function shower(form, { state, bar }) {
  let last = "";
  return (step, part) => {
    if (part !== undefined) bar.value = part;
    const words = (form.dataset[step] ?? "").replace("{n}", String(Math.round((part ?? 0) * 100)));
    if (words !== last) state.textContent = words;
    last = words;
  };
}

function failed(form, file, shown, words) {
  shown.bar.remove();
  shown.state.textContent = words || form.dataset.failed;
  shown.state.className = "field-error";
  const again = document.createElement("button");
  again.type = "button";
  again.className = "btn btn-quiet btn-sm";
  again.textContent = form.dataset.again;
  again.addEventListener("click", () => { shown.line.remove(); begin(form, file); });
  shown.line.append(again);
}

async function begin(form, file) {
  const shown = row(form, file);
  try {
    const told = await send(file, form, shower(form, shown));
    const list = document.querySelector("[data-files]");
    if (told.list !== undefined && list) list.innerHTML = told.list;
    shown.bar.remove();
    shown.state.textContent = form.dataset.done;
    setTimeout(() => shown.line.remove(), 4000);
    form.dispatchEvent(new CustomEvent("attached", { bubbles: true }));
  } catch (error) {
    failed(form, file, shown, error.told?.words);
  }
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  input.multiple = true;
  form.querySelector("[data-plain]").hidden = true;
  let turn = Promise.resolve();
  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = "";
    for (const file of files) turn = turn.then(() => begin(form, file));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  const box = form.closest("section") ?? form;
  box.addEventListener("dragover", (event) => { if (event.dataTransfer?.types.includes("Files")) { event.preventDefault(); box.classList.add("is-over"); } });
  box.addEventListener("dragleave", () => box.classList.remove("is-over"));
  box.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    box.classList.remove("is-over");
    for (const file of event.dataTransfer.files) turn = turn.then(() => begin(form, file));
  });
}
