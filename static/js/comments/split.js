// Splitting a letter: words can be chosen with pointer or touch, sentences in a row with the shift key, and the number
// of what is chosen is told. Without this module each sentence is a box to tick.
const form = document.querySelector("form[data-split]");
const text = form.querySelector("[data-text]");
const count = form.querySelector("[data-count]");
const boxes = () => [...text.querySelectorAll("input[name=passages]")];
let last = null;
let words = null; // the hidden field of words that were chosen freely

const points = (string) => [...string].length;

// How many signs of the letter stand before a place in the page; null outside the letter.
function offset(node, at) {
  const span = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest("[data-start]");
  if (!span || !text.contains(span)) return null;
  const range = document.createRange();
  range.selectNodeContents(span);
  range.setEnd(node, at);
  return Number(span.dataset.start) + points(range.toString());
}

// The edges of a selection may lie between sentences: then the nearest words inside it count.
function edges(selection) {
  const range = selection.getRangeAt(0);
  const spans = [...text.querySelectorAll("[data-start]")].filter((span) => range.intersectsNode(span));
  if (!spans.length) return null;
  const [first, final] = [spans[0], spans.at(-1)];
  const start = offset(range.startContainer, range.startOffset) ?? Number(first.dataset.start);
  const end = offset(range.endContainer, range.endOffset) ?? Number(final.dataset.start) + points(final.textContent);
  return end > start ? [start, end] : null;
}

function tell() {
  const ticked = boxes().filter((box) => box.checked);
  const said = words ? `${form.dataset.words} «${words.dataset.said}»` : form.dataset.chosen.replace("{n}", String(ticked.length));
  count.hidden = !words && !ticked.length;
  count.textContent = said;
}

function forget() {
  words?.remove();
  words = null;
}

function choose([start, end], said) {
  forget();
  for (const box of boxes()) box.checked = false;
  words = Object.assign(document.createElement("input"), { type: "hidden", name: "passages", value: `${start}-${end}` });
  words.dataset.said = said.length > 90 ? `${said.slice(0, 60)} … ${said.slice(-25)}` : said;
  form.append(words);
  tell();
}

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !text.contains(selection.getRangeAt(0).commonAncestorContainer)) return;
  const found = edges(selection);
  const said = selection.toString().trim();
  if (found && said) choose(found, said.replace(/\s+/g, " "));
});

// A selection ends with a click on the sentence under it, which must not tick that sentence.
text.addEventListener("click", (event) => {
  if (!document.getSelection().isCollapsed && event.target.closest("label")) event.preventDefault();
});

text.addEventListener("click", (event) => {
  const box = event.target.closest("input[name=passages]");
  if (!box) return;
  if (event.shiftKey && last) {
    const all = boxes();
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    for (const one of all.slice(from, to + 1)) one.checked = box.checked;
  }
  last = box;
});

text.addEventListener("change", () => { forget(); tell(); });

const focusNext = () => {
  const next = location.hash && document.querySelector(location.hash);
  next?.querySelector?.("input")?.focus({ preventScroll: false });
};
tell();
focusNext();
