// One key each for the queue: j and k move, a admits, x opens the refusal. They can be switched off, and stay so.
const KEPT = "parere.queue.keys";
const queue = document.querySelector(".queue");
const hints = document.querySelector("[data-keys]");

function isOn() {
  return localStorage.getItem(KEPT) !== "off";
}

function typing(target) {
  return target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]") !== null;
}

function refuse() {
  const details = document.querySelector("[data-refuse]");
  if (!details) return;
  details.open = true;
  details.querySelector("input[type=radio]:checked, input[type=radio]")?.focus();
}

const ACTS = {
  j: () => { if (queue.dataset.following) location.assign(queue.dataset.following); },
  k: () => { if (queue.dataset.before) location.assign(queue.dataset.before); },
  a: () => document.querySelector("[data-admit]")?.requestSubmit(),
  x: refuse,
};

// The list scrolls by itself, so that the remark in hand is in sight in it; the page does not move.
const inHand = document.querySelector(".queue-side [aria-current]");
if (inHand) {
  const side = inHand.closest(".queue-side");
  side.scrollTop = inHand.getBoundingClientRect().top - side.getBoundingClientRect().top - side.clientHeight / 3;
}

if (queue && hints) {
  const button = hints.querySelector("button");
  const tell = () => {
    button.setAttribute("aria-pressed", String(isOn()));
    button.textContent = isOn() ? button.dataset.on : button.dataset.off;
  };
  hints.hidden = false;
  tell();
  button.addEventListener("click", () => { localStorage.setItem(KEPT, isOn() ? "off" : "on"); tell(); });
  document.addEventListener("keydown", (event) => {
    if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
    const act = ACTS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
