// Panels of a page brought in step with a fresh copy of it. What somebody fills in is never redrawn: it waits until the
// form is as it was. What somebody looks at does not move: what arrives above it is made up for by scrolling.
const VARYING = "[name=csrf_token], [name=client_key], [name=key]";

const named = (page) => new Map([...page.querySelectorAll("[data-panel]")].map((panel) => [panel.dataset.panel, panel]));

function plain(panel) {
  const copy = panel.cloneNode(true);
  for (const field of copy.querySelectorAll(VARYING)) field.setAttribute("value", "");
  for (const clock of copy.querySelectorAll("[data-speech-clock]")) { clock.className = ""; clock.replaceChildren(); } // it runs by itself
  for (const still of copy.querySelectorAll("[data-speaks][hidden]")) still.replaceChildren();
  return copy.outerHTML;
}

const touched = (field) => {
  if (field.matches("[type=hidden], button")) return false;
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  if (field.matches("select")) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
};

let held = null; // what a finger is on: it must still be there when the finger is lifted

/** True while somebody writes or presses here, or has written something that was not sent. */
export function isBusy(panel) {
  if (held === panel) return true;
  const active = document.activeElement;
  if (panel.contains(active) && active.matches("input:not([type=submit]), textarea, select")) return true;
  return [...panel.querySelectorAll("input, textarea, select")].some(touched);
}

/** What stays where it is: the element that has the focus, else the panel in the middle of the window. */
function anchor() {
  const active = document.activeElement;
  if (active?.closest("[data-panel]")) return active;
  const middle = innerHeight / 2;
  return [...document.querySelectorAll("[data-panel]:not([hidden])")].find((panel) => panel.getBoundingClientRect().bottom > middle);
}

export class Panels {
  #sent = new Map(); // as the server wrote them
  #late = new Map(); // fresh copies that wait until nobody writes in the old ones
  #on;

  /** `on.redrawn(panel)` after each panel; `on.said(words, panel)` when what a panel says of the reader has changed. */
  constructor(on) {
    this.#on = on;
    for (const [name, panel] of named(document)) this.#sent.set(name, plain(panel));
    document.addEventListener("focusout", () => setTimeout(() => this.#catchUp()));
    document.addEventListener("pointerdown", ({ target }) => { held = target.closest("[data-panel]"); });
    for (const lifted of ["pointerup", "pointercancel"]) document.addEventListener(lifted, () => setTimeout(() => { held = null; this.#catchUp(); }));
    document.addEventListener("input", () => this.#late.size && this.#catchUp());
  }

  /** Bring the page in step; the panel `whose` was just sent from is redrawn whatever stands in it. */
  take(page, whose = null) {
    const still = anchor();
    const before = still?.getBoundingClientRect().top;
    const tokens = page.querySelector("[name=csrf_token]")?.value;
    if (tokens) for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = tokens;
    for (const [name, fresh] of named(page)) {
      const old = document.querySelector(`[data-panel="${name}"]`);
      if (!old) continue;
      if (name !== whose && isBusy(old)) this.#late.set(name, fresh);
      else this.#draw(name, old, fresh, name === whose);
    }
    if (still?.isConnected) scrollBy(0, still.getBoundingClientRect().top - before);
  }

  /** A panel that was changed here is drawn anew at the next look, whatever it was before. */
  touched(name) { this.#sent.delete(name); }

  #draw(name, old, fresh, forced) {
    this.#late.delete(name);
    const wanted = plain(fresh);
    if (!forced && wanted === this.#sent.get(name)) return;
    const said = fresh.dataset.say;
    const isNew = said && said !== old.dataset.say;
    this.#sent.set(name, wanted);
    const active = old.contains(document.activeElement) ? document.activeElement : null;
    const open = new Set([...old.querySelectorAll("details[open][id]")].map((one) => one.id));
    for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
    old.replaceChildren(...document.importNode(fresh, true).childNodes);
    for (const one of old.querySelectorAll("details[id]")) if (open.has(one.id)) one.open = true;
    if (active) (active.id && old.querySelector(`#${CSS.escape(active.id)}`) || this.#heading(old))?.focus({ preventScroll: true });
    this.#on.redrawn(old);
    if (isNew) this.#on.said(said, old);
  }

  #heading(panel) {
    const heading = panel.hidden ? document.querySelector("h1") : panel.querySelector("h2") ?? panel;
    if (heading && !heading.hasAttribute("tabindex")) heading.tabIndex = -1;
    return heading;
  }

  #catchUp() {
    for (const [name, fresh] of this.#late) {
      const old = document.querySelector(`[data-panel="${name}"]`);
      if (old && !isBusy(old)) this.#draw(name, old, fresh, false);
    }
  }
}
