// Copies of what one writes, on this device, until the server has the same words. Where storage is off, nothing is kept.
const PREFIX = "parere.point.";
const OTHER = "parere.other.";
const LEFT = "parere.left";

function quietly(act) {
  try { return act(); } catch { return null; }
}

const take = (key) => quietly(() => JSON.parse(localStorage.getItem(key)));

export const keep = (slot, copy) => quietly(() => localStorage.setItem(PREFIX + slot, JSON.stringify(copy)));
export const find = (slot) => take(PREFIX + slot);
export const drop = (slot) => quietly(() => localStorage.removeItem(PREFIX + slot));

// What differs from the server's words in a way that only a person can settle: kept apart until they have.
export const putAside = (slot, copy) => quietly(() => localStorage.setItem(OTHER + slot, JSON.stringify(copy)));
export const aside = (slot) => take(OTHER + slot);
export const settle = (slot) => quietly(() => localStorage.removeItem(OTHER + slot));

/** Every copy of a person on this device, the latest first. */
export function all(person) {
  const keys = quietly(() => Object.keys(localStorage)) ?? [];
  return keys
    .filter((key) => key.startsWith(`${PREFIX}${person}.`) || key.startsWith(`${OTHER}${person}.`))
    .map((key) => ({ key, ...take(key) }))
    .filter((copy) => copy.address)
    .sort((a, b) => b.at - a.at);
}

// A form is sent: whether the server took it is known only on the next page, which says so by loading `arrive`.
export const leave = (slot) => quietly(() => sessionStorage.setItem(LEFT, slot));

export function arrive() {
  quietly(() => {
    const slot = sessionStorage.getItem(LEFT);
    if (slot) localStorage.removeItem(PREFIX + slot);
    sessionStorage.removeItem(LEFT);
  });
}
