// The entry: every element with data-module="name other" gets the small modules named there.
// Pages work without any of this; no words are kept here, they come from data- attributes.
import * as autosave from "./base/autosave.js";
import * as copy from "./base/copy.js";
import * as countdown from "./base/countdown.js";
import * as counter from "./base/counter.js";
import * as difference from "./base/difference.js";
import * as disclosure from "./base/disclosure.js";
import * as focus from "./base/focus.js";
import * as keys from "./base/keys.js";
import * as leave from "./base/leave.js";
import * as menu from "./base/menu.js";
import * as unsaved from "./base/unsaved.js";

const MODULES = { autosave, copy, countdown, counter, difference, disclosure, focus, keys, leave, menu, unsaved };

export function start(root = document) {
  for (const element of root.querySelectorAll("[data-module]")) {
    for (const name of element.dataset.module.split(/\s+/)) MODULES[name]?.start(element);
  }
}

document.documentElement.classList.add("js");
start();
