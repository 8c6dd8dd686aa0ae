// Weighing with one thumb or one key: 1, 2, 3 or a, d, p answer while the focus is inside the page's own part, Backspace
// goes back to the last answer. What the network did not take is said so at once, and nothing is kept on the device.
const WAIT = 12000;
const ID = "pesa";

async function send(form, weight) {
  const body = new URLSearchParams(new FormData(form));
  body.set("weight", weight);
  return fetch(form.action, { method: "POST", body, credentials: "same-origin", signal: AbortSignal.timeout(WAIT) });
}

function show(answer, html) {
  const next = new DOMParser().parseFromString(html, "text/html").getElementById(ID);
  if (!next) return location.assign(answer.url); // signed out meanwhile, or a page of another kind
  document.getElementById(ID).replaceWith(next);
  history.replaceState(null, "", answer.url);
  start(next);
  (next.querySelector("#errors") ?? next.querySelector("#statement") ?? next.querySelector(".btn-primary"))?.focus({ preventScroll: true });
  bring(next);
}

// On a telephone the head of the site would leave no room for the statement above the three answers.
function bring(place) {
  if (matchMedia("(max-width: 39.99rem)").matches) place.scrollIntoView({ block: "start" });
}

function start(place) {
  const form = place.querySelector("#weigh-form");
  const lost = place.querySelector("#weigh-lost");
  let sending = false;

  form?.addEventListener("submit", async (event) => {
    const weight = event.submitter?.value;
    if (!weight) return;
    event.preventDefault();
    if (sending) return;
    sending = true;
    lost.hidden = true;
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await send(form, weight);
      show(answer, await answer.text());
    } catch {
      lost.textContent = place.dataset.lost;
      lost.hidden = false;
      lost.scrollIntoView({ block: "nearest" });
    } finally {
      sending = false;
      place.removeAttribute("aria-busy");
    }
  });

  place.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest("input, textarea, select")) return;
    const key = event.key.toLowerCase();
    const control = key === "backspace"
      ? place.querySelector("[data-key='back']")
      : [...place.querySelectorAll("[data-weigh]")].find((one) => one.dataset.weigh.split(" ").includes(key));
    if (!control) return;
    event.preventDefault();
    control.click();
  });
}

const place = document.getElementById(ID);
if (place) {
  start(place);
  place.querySelector("#statement")?.focus({ preventScroll: true });
  if (place.querySelector("#weigh-form")) bring(place);
}
