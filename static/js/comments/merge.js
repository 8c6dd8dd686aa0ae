// What the device kept and what the server has, brought together without losing a word of either.
// Values are lists, one a field: [["question"], ["text"], …]; `base` is what the server had when the copy was begun.
const LISTS = new Set(["territory", "passages"]);
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** For each field the value to show; and the fields in which only a person can choose between two texts. */
export function merged(fields, mine, server, base) {
  const values = [];
  const open = [];
  fields.forEach((name, i) => {
    const own = mine[i];
    if (own === undefined || same(own, server[i]) || (base?.[i] !== undefined && same(own, base[i]))) values.push(server[i]);
    else if (base?.[i] !== undefined && same(server[i], base[i])) values.push(own);
    else if (LISTS.has(name)) values.push([...new Set([...server[i], ...own])]);
    else if (!own.join("").trim()) values.push(server[i]);
    else if (!server[i].join("").trim()) values.push(own);
    else { values.push(server[i]); open.push(name); }
  });
  return { values, open };
}
