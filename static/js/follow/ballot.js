// The ballot on a delegate's page: over the socket, else by the form's address; the same key, so that it counts once. What
// could not be sent is said to be not recorded, stays marked, and is never sent by itself.
const WAIT = 12_000;
const JSON_ONLY = { Accept: "application/json", "X-Requested-With": "fetch" };

export const freshKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Another answer than the one that was tried last is another sending. */
function mark(form, button) {
  const { key } = form.elements;
  if (form.dataset.tried && form.dataset.tried !== button.value) key.value = freshKey();
  form.dataset.tried = button.value;
  form.querySelector("[data-unsent]").hidden = true;
  for (const one of form.querySelectorAll(".is-kept")) one.classList.remove("is-kept");
}

/** {receipt}, {words} of a refusal, {stale} if the page has to be asked for anew first; nothing if nobody answered. */
async function byForm(form, button) {
  const body = new URLSearchParams(new FormData(form));
  body.set(button.name, button.value);
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: JSON_ONLY, signal: AbortSignal.timeout(WAIT) });
    if (answer.status >= 500 || answer.status === 429) return null;
    return answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : { stale: true };
  } catch {
    return null;
  }
}

/** `again()` brings the page in step and is true if the reader is still the same. */
export async function cast(form, button, live, again) {
  mark(form, button);
  const { key, mandate, confirmed } = form.elements;
  const facts = { poll: Number(form.dataset.ballot), mandate: Number(mandate.value), choice: button.value, key: key.value, confirmed: Boolean(confirmed) };
  const told = navigator.onLine === false ? null : (await live.act("cast", facts)) ?? (await byForm(form, button)); // a refusal has its words there
  if (!told?.stale) return told;
  return (await again()) ? byForm(form, button) : null;
}

/** Nobody said that it was recorded. */
export function unsent(form, button) {
  const line = form.querySelector("[data-unsent]");
  button.classList.add("is-kept");
  line.textContent = form.dataset.lost.replace("{choice}", button.textContent.trim());
  line.hidden = false;
}

/** The receipt at once, from what was acknowledged; the page's own follows with the next look. */
export function recorded(form, button, { code, cast_at: at }) {
  const card = form.querySelector("template[data-receipt]").content.firstElementChild.cloneNode(true);
  const hour = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "medium", timeZone: "Europe/Rome" });
  const said = card.querySelector("[data-said]");
  said.textContent = said.textContent.replace("{choice}", button.textContent.trim());
  const when = card.querySelector("[data-at]");
  when.textContent = when.textContent.replace("{at}", hour.format(new Date(at)));
  card.querySelector("[data-code]").textContent = code;
  form.parentElement.querySelector(".vote-receipt")?.remove();
  form.before(card);
  for (const one of form.querySelectorAll("[aria-pressed]")) one.removeAttribute("aria-pressed");
  button.setAttribute("aria-pressed", "true");
}
