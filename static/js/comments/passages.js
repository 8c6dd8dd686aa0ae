// Which words of the text a remark speaks of: sentences as checkboxes, any other words by selecting them (with a mouse,
// a finger or the keyboard). Positions are counted in code points, as the server counts them, not in units of UTF-16.
const points = (text) => Array.from(text);

export function start(form, text, changed) {
  const box = document.querySelector("[data-paragraph]");
  const own = box?.dataset.paragraph ?? "";
  const letters = points(text);
  if (box) picking(box, letters, own, changed);

  const chosen = () => [...form.elements].filter((e) => e.name === "passages" && e.checked).map((e) => read(e.value));
  return {
    /** The words that a proposal takes the place of; the server works them out in the same way. */
    current() {
      const named = chosen();
      const mine = named.filter((passage) => passage.paragraph === own);
      if (own && mine.length) return joined(mine, letters).map(([from, to]) => letters.slice(from, to).join("")).join("\n");
      return own ? text : named.map((passage) => passage.exact).join("\n");
    },
  };
}

function read(value) {
  const [, paragraph, from, to, exact] = value.match(/^([^:]*):(\d+):(\d+):([\s\S]*)$/);
  return { paragraph, from: Number(from), to: Number(to), exact };
}

function joined(passages, letters) {
  const found = [];
  for (const { from, to } of passages.sort((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last && !letters.slice(last[1], from).join("").trim()) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}

/** A button appears while words are selected in the text; pressing it makes a chip of them. */
function picking(box, letters, own, changed) {
  const pick = box.querySelector("[data-pick]");
  const words = box.querySelector("[data-words]");
  const blank = box.querySelector("template[data-chip]");
  let range = null;
  let timer = 0;

  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    const found = selected(box, letters);
    if (found) { range = found; pick.hidden = false; return; }
    timer = setTimeout(() => { pick.hidden = true; range = null; }, 400); // a finger on the button ends the selection first
  });
  // Selecting words of a sentence is not choosing the sentence.
  box.addEventListener("click", (event) => { if (event.target.closest("label") && selected(box, letters)) event.preventDefault(); });
  pick.addEventListener("pointerdown", (event) => event.preventDefault());
  pick.addEventListener("click", () => {
    if (!range) return;
    const [from, to] = range;
    const value = `${own}:${from}:${to}:${letters.slice(from, to).join("")}`;
    const known = [...box.querySelectorAll("[name=passages]")].find((input) => input.value === value);
    if (known) known.checked = true;
    else words.append(chip(blank, value, letters.slice(from, to).join("")));
    words.hidden = !words.querySelector("label");
    document.getSelection().removeAllRanges();
    pick.hidden = true;
    changed();
  });
}

function chip(blank, value, text) {
  const row = blank.content.cloneNode(true);
  row.querySelector("input").value = value;
  row.querySelector("span").textContent = text;
  return row;
}

/** From where to where the selection goes inside the text, without the space around it; null if it is not in it. */
function selected(box, letters) {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  let from = Infinity;
  let to = -1;
  for (const span of box.querySelectorAll("[data-from]")) {
    const node = span.firstChild;
    if (!node || !range.intersectsNode(node)) continue;
    const start = node === range.startContainer ? range.startOffset : 0;
    const end = node === range.endContainer ? range.endOffset : node.data.length;
    if (end <= start) continue;
    const first = Number(span.dataset.from);
    from = Math.min(from, first + points(node.data.slice(0, start)).length);
    to = Math.max(to, first + points(node.data.slice(0, end)).length);
  }
  while (from < to && !letters[from].trim()) from += 1;
  while (to > from && !letters[to - 1].trim()) to -= 1;
  return to > from ? [from, to] : null;
}

/** Chips for passages that the page did not have, such as words kept on the device. */
export function choose(form, values) {
  const boxes = [...form.elements].filter((e) => e.name === "passages");
  for (const input of boxes) input.checked = values.includes(input.value);
  const words = document.querySelector("[data-words]");
  const blank = document.querySelector("template[data-chip]");
  for (const value of values.filter((v) => !boxes.some((input) => input.value === v))) {
    if (!words) continue;
    words.append(chip(blank, value, read(value).exact));
    words.hidden = false;
  }
}
