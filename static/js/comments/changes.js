// Word by word what changes between two texts: [["same" | "removed" | "added", text], …], or null when they are too long.
const MOST = 1500;

export function changes(before, after) {
  const a = words(before);
  const b = words(after);
  if (a.length > MOST || b.length > MOST) return null;
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const parts = [["same", a.slice(0, head).join("")]];
  for (const part of middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail))) push(parts, part);
  push(parts, ["same", a.slice(a.length - tail).join("")]);
  return parts.filter(([, text]) => text);
}

function words(text) {
  return text.match(/[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];
}

function push(parts, [op, text]) {
  if (parts.length && parts.at(-1)[0] === op) parts.at(-1)[1] += text;
  else parts.push([op, text]);
}

// The longest common subsequence of the part in the middle, where the two differ.
function middle(a, b) {
  const width = b.length + 1;
  const best = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      best[i * width + j] = a[i] === b[j] ? best[(i + 1) * width + j + 1] + 1 : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
    }
  }
  const parts = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) { parts.push(["same", a[i]]); i += 1; j += 1; }
    else if (j >= b.length || (i < a.length && best[(i + 1) * width + j] >= best[i * width + j + 1])) { parts.push(["removed", a[i]]); i += 1; }
    else { parts.push(["added", b[j]]); j += 1; }
  }
  return parts;
}
