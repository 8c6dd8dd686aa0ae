// Copies of what one writes, on this device, until the server has the same words. Where storage is off, nothing is kept.
const PREFIX = "parere.point.";
const LEFT = "parere.left";

function quietly(act) {
  try { return act(); } catch { return null; }
}

export const keep = (slot, words) => quietly(() => localStorage.setItem(PREFIX + slot, words));
export const find = (slot) => quietly(() => localStorage.getItem(PREFIX + slot));
export const drop = (slot) => quietly(() => localStorage.removeItem(PREFIX + slot));

// A form is sent: whether the server took it is known only on the next page, which says so by loading `arrive`.
export const leave = (slot) => quietly(() => sessionStorage.setItem(LEFT, slot));

export function arrive() {
  quietly(() => {
    const slot = sessionStorage.getItem(LEFT);
    if (slot) localStorage.removeItem(PREFIX + slot);
    sessionStorage.removeItem(LEFT);
  });
}
