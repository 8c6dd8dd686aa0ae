// Shows, while one types, which words a proposed wording takes away and adds. The original is in data-original,
// the result goes to the element named by data-into. Very long texts are left to the server.
const MOST = 1500;

export function words(text) {
  return text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
}

/** Pieces {kind: same | gone | new, text}, from the longest common sequence of words. */
export function difference(before, after) {
  const a = words(before);
  const b = words(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const middle = common(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const pieces = [];
  const put = (kind, text) => {
    const last = pieces[pieces.length - 1];
    if (!text) return;
    if (last?.kind === kind) last.text += text;
    else pieces.push({ kind, text });
  };
  put("same", a.slice(0, start).join(""));
  for (const [kind, text] of middle) put(kind, text);
  put("same", a.slice(a.length - end).join(""));
  return pieces;
}

function common(a, b) {
  if (!a.length || !b.length || a.length > MOST || b.length > MOST) return [["gone", a.join("")], ["new", b.join("")]];
  const width = b.length + 1;
  const length = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      length[i * width + j] = a[i] === b[j]
        ? length[(i + 1) * width + j + 1] + 1
        : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
    }
  }
  const path = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) { path.push(["same", a[i]]); i += 1; j += 1; }
    else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) { path.push(["gone", a[i]]); i += 1; }
    else { path.push(["new", b[j]]); j += 1; }
  }
  path.push(["gone", a.slice(i).join("")], ["new", b.slice(j).join("")]);
  return path;
}

const ELEMENT = { same: "span", gone: "del", new: "ins" };

export function start(field) {
  const into = document.getElementById(field.dataset.into);
  if (!into) return;
  let frame = 0;
  const show = () => {
    frame = 0;
    const text = field.value.trim();
    into.hidden = !text || text === field.dataset.original.trim();
    if (into.hidden) return;
    into.replaceChildren(...difference(field.dataset.original, field.value).map(({ kind, text: piece }) => {
      const element = document.createElement(ELEMENT[kind]);
      element.textContent = piece;
      return element;
    }));
  };
  field.addEventListener("input", () => { frame ||= requestAnimationFrame(show); });
  show();
}
