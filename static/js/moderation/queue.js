// One key each for the queue: j and k move, the others do what carries their data-key. They can be switched off, and stay so.
const KEPT = "parere.queue.keys";
const queue = document.querySelector(".queue");
const hints = document.querySelector("[data-keys]");

function isOn() {
  return localStorage.getItem(KEPT) !== "off";
}

function typing(target) {
  return target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]") !== null;
}

function control(key) {
  return document.querySelector(`[data-key="${CSS.escape(key)}"]`);
}

// A form is sent, a button pressed; what unfolds takes the focus to its first field, and the others fold up.
function act(found) {
  if (found.matches("form")) return found.requestSubmit();
  if (!found.matches("details")) return found.click();
  for (const other of document.querySelectorAll(".acts details[open]")) if (other !== found) other.open = false;
  found.open = true;
  found.querySelector("input:checked, input:not([type=hidden]), textarea")?.focus();
}

function follow(address) {
  if (address) location.assign(address);
}

// The list scrolls by itself, so that the remark in hand is in sight in it; the page does not move.
const inHand = document.querySelector(".queue-side [aria-current]");
if (inHand) {
  const side = inHand.closest(".queue-side");
  side.scrollTop = inHand.getBoundingClientRect().top - side.getBoundingClientRect().top - side.clientHeight / 3;
}

// Esc folds up, Ctrl and Enter send what is being written.
document.addEventListener("keydown", (event) => {
  const details = event.target.closest?.(".acts details[open]");
  if (!details) return;
  if (event.key === "Escape") {
    details.open = false;
    details.querySelector("summary").focus();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    const button = details.querySelector("form button[type=submit]");
    button.form.requestSubmit(button);
  }
});

if (hints) {
  const button = hints.querySelector("button");
  const tell = () => {
    button.setAttribute("aria-pressed", String(isOn()));
    button.textContent = isOn() ? button.dataset.on : button.dataset.off;
  };
  for (const hint of hints.querySelectorAll("[data-hint]")) hint.hidden = !control(hint.dataset.hint);
  hints.hidden = false;
  tell();
  button.addEventListener("click", () => { localStorage.setItem(KEPT, isOn() ? "off" : "on"); tell(); });
}

document.addEventListener("keydown", (event) => {
  if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
  if (typing(event.target)) return;
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    return follow(event.key === "j" ? queue?.dataset.following : queue?.dataset.before);
  }
  const found = control(event.key);
  if (!found) return;
  event.preventDefault();
  act(found);
});

// What can be undone says so for as long as it can.
const undo = document.querySelector("[data-undo]");
if (undo) setTimeout(() => undo.querySelector("button")?.remove(), Number(undo.dataset.undo) * 1000);

// Words chosen in the remark are the words to hide, once the form for it is open.
const quote = document.querySelector("[data-quote]");
document.addEventListener("selectionchange", () => {
  const chosen = document.getSelection();
  if (!quote || !quote.closest("details").open || !chosen || chosen.isCollapsed) return;
  const within = (node) => node?.parentElement?.closest("[data-passages]");
  if (within(chosen.anchorNode) && within(chosen.anchorNode) === within(chosen.focusNode)) quote.value = chosen.toString();
});
