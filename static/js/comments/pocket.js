// On the desk: what this device keeps and the server does not have yet, each with the way back to its sheet.
import * as copies from "./copies.js";

const box = document.querySelector("[data-pocket]");
const list = box.querySelector("ul");
const blank = box.querySelector("template");
const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });

for (const copy of copies.all(box.dataset.pocket)) {
  const row = blank.content.cloneNode(true);
  const [, [observation = ""] = []] = JSON.parse(copy.words);
  Object.assign(row.querySelector("a"), { href: copy.address, textContent: copy.title });
  row.querySelector("[data-words]").textContent = observation.length > 120 ? `${observation.slice(0, 120)}…` : observation;
  row.querySelector("[data-at]").textContent = when.format(copy.at);
  list.append(row);
}
box.hidden = !list.children.length;
