// The panels of the cockpit: each is drawn by the server and replaced whole when something in it has changed. Focus,
// scrolling and what is unfolded stay; a panel in which somebody types waits until they have finished.

const PAUSE = 250; // between two requests: at most four a second
const TYPED = "input:not([type=hidden], [type=submit], [type=button], [type=checkbox], [type=radio]), textarea, select";

/** What a panel says, without what differs at every drawing. */
const essence = (panel) => panel.outerHTML.replace(/(name="csrf_token" value="|data-seen="|data-drawn=")[^"]*/g, "$1");

function isDirty(field) {
  if (field.type === "hidden") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") {
    const chosen = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(chosen, field.multiple ? -1 : 0);
  }
  return field.value !== field.defaultValue;
}

/** Somebody is writing in it, or has written something that was not sent. */
function isBusy(panel) {
  if (panel.contains(document.activeElement) && document.activeElement.matches(TYPED)) return true;
  return [...panel.querySelectorAll("input, textarea, select")].some(isDirty);
}

/** By what something that is unfolded will be known. */
function fold(details) {
  if (details.id) return `#${CSS.escape(details.id)}`;
  const form = details.querySelector("form")?.getAttribute("action");
  return form ? `details:has(form[action="${CSS.escape(form)}"])` : null;
}

/** By what the element that has the focus will be known in the panel as it is drawn anew. */
function handle(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.matches("summary")) return `${fold(element.parentElement)} > summary`;
  const form = element.closest("form")?.getAttribute("action");
  if (form && element.matches("button")) return `form[action="${CSS.escape(form)}"] button`;
  if (element.dataset.key) return `[data-key="${CSS.escape(element.dataset.key)}"]`;
  const link = element.getAttribute("href");
  return link ? `a[href="${CSS.escape(link)}"]` : null;
}

function refocus(panel, found) {
  const again = found && panel.querySelector(found);
  (again ?? panel.querySelector("h2[tabindex]") ?? panel).focus({ preventScroll: true });
}

export class Panels {
  #root;
  #address;
  #said = new Map(); // name -> what the server said last
  #seen = new Map(); // name -> the entry it was drawn with
  #waiting = new Map(); // name -> a drawing that came while somebody was typing
  #wanted = new Set();
  #timer = null;
  #asked = 0;
  #on;

  /** `on.drawn(panel)` after a panel was drawn anew, `on.failed()` when the server cannot be reached. */
  constructor(root, on) {
    this.#root = root;
    this.#address = root.dataset.fragments;
    this.#on = on;
    for (const panel of this.#all(root)) this.#note(panel, essence(panel));
    root.addEventListener("focusout", () => setTimeout(() => this.#settle()));
  }

  #note(panel, said) {
    this.#said.set(panel.dataset.panel, said);
    this.#seen.set(panel.dataset.panel, Number(panel.dataset.seen));
  }

  get names() {
    return [...this.#said.keys()];
  }

  #all(where) {
    return [...where.querySelectorAll("[data-panel]")];
  }

  /** Ask for these panels soon, many wishes with one request. */
  want(names, spread = 0) {
    for (const name of names) if (this.#said.has(name)) this.#wanted.add(name);
    if (!this.#wanted.size) return;
    this.#timer ??= setTimeout(() => this.#ask(), Math.max(0, this.#asked + PAUSE - Date.now()) + Math.random() * spread);
  }

  async #ask() {
    const names = [...this.#wanted];
    this.#wanted.clear(); // what is wished for while the answer is on its way is asked for again
    this.#asked = Date.now();
    try {
      const answer = await fetch(this.#address.replace("NAMES", names.join(",")), { headers: { "X-Requested-With": "fetch" }, redirect: "error", cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      this.take(new DOMParser().parseFromString(await answer.text(), "text/html"));
      this.#timer = null;
      if (this.#wanted.size) this.want([]);
    } catch {
      for (const name of names) this.#wanted.add(name);
      this.#timer = null;
      this.#on.failed?.();
    }
  }

  /** Put the panels of a document in the place of ours; `sent` is the panel whose form was just sent, which is not spared. */
  take(page, sent = null) {
    for (const fresh of this.#all(page)) {
      const name = fresh.dataset.panel;
      const panel = this.#root.querySelector(`[data-panel="${CSS.escape(name)}"]`);
      if (!panel || Number(fresh.dataset.seen) < this.#seen.get(name)) continue; // an answer that was long on its way
      const said = essence(fresh);
      if (said === this.#said.get(name) && panel !== sent) continue;
      this.#note(fresh, said);
      if (panel !== sent && isBusy(panel)) this.#waiting.set(name, fresh);
      else this.#draw(panel, fresh);
    }
  }

  #draw(panel, fresh) {
    this.#waiting.delete(panel.dataset.panel);
    const had = panel.contains(document.activeElement);
    const found = had ? handle(document.activeElement) : null;
    const scrolled = [...panel.querySelectorAll("[data-scroll]")].map((one) => [one.dataset.scroll, one.scrollTop]);
    const unfolded = [...panel.querySelectorAll("details[open]")].map(fold).filter(Boolean);
    panel.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
    panel.toggleAttribute("hidden", fresh.hasAttribute("hidden"));
    panel.dataset.seen = fresh.dataset.seen;
    for (const known of unfolded) panel.querySelector(known)?.setAttribute("open", "");
    for (const [name, top] of scrolled) {
      const part = panel.querySelector(`[data-scroll="${CSS.escape(name)}"]`);
      if (part) part.scrollTop = top;
    }
    if (had) refocus(panel, found);
    this.#on.drawn?.(panel);
  }

  /** Draw what waited, where nobody types any more. */
  #settle() {
    for (const [name, fresh] of this.#waiting) {
      const panel = this.#root.querySelector(`[data-panel="${CSS.escape(name)}"]`);
      if (panel && !isBusy(panel)) this.#draw(panel, fresh);
    }
  }
}
