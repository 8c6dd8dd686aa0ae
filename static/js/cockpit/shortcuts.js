// One key, one act: a key presses the first control that carries it (`data-key`), in sight or folded away. Fields keep
// their keys, and whoever goes from button to button with the tabulator keeps the space bar. The keys can be switched off.

const FIELDS = "input, textarea, select, [contenteditable], [role=textbox]";
const KEPT = "parere-cockpit-keys";
export const KNOWN = ["Space", "p", "x", "n", "s", "a", "m", "r", "u", "v", "o", "l", "c", "e", "?"];

export class Shortcuts {
  #root;
  #on;
  #byTab = false;
  #taken = false; // the space bar is down and was ours
  isOn = true;

  /** `on.pressed(control)` presses it; `on.idle(key)` when a known key has nothing to do now. */
  constructor(root, on) {
    this.#root = root;
    this.#on = on;
    this.isOn = localStorage.getItem(KEPT) !== "off";
    document.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("keyup", (event) => {
      if (event.key === " " && this.#taken) event.preventDefault(); // some browsers press a button when the bar comes up
      this.#taken = false;
    });
    document.addEventListener("pointerdown", () => (this.#byTab = false));
  }

  toggle() {
    this.isOn = !this.isOn;
    localStorage.setItem(KEPT, this.isOn ? "on" : "off");
    return this.isOn;
  }

  #key(event) {
    if (event.key === "Tab") this.#byTab = true;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
    if (!this.isOn || document.querySelector("dialog[open]") || event.target.closest(FIELDS)) return;
    const key = event.key === " " ? "Space" : event.key;
    if (key === "Space" && this.#byTab && event.target.closest("button, a, summary, [role=button]")) return;
    if (!KNOWN.includes(key)) return;
    event.preventDefault();
    this.#taken = key === "Space";
    if (event.repeat) return; // a key held down is one act
    const control = this.#find(key);
    if (control) this.#on.pressed(control);
    else this.#on.idle(key);
  }

  #find(key) {
    const all = this.#root.querySelectorAll(key === "Space" ? '[data-key="Space"], [data-key=" "]' : `[data-key="${CSS.escape(key)}"]`);
    const able = [...all].filter((one) => !one.disabled && one.getAttribute("aria-disabled") !== "true");
    return able.find(inSight) ?? able.find((one) => inSight(one.closest("details:not([open])"))); // or folded away
  }
}

const inSight = (element) => Boolean(element?.getClientRects().length);
