// The ballot on a delegate's page. What was pressed and could not be sent is said to be not recorded, stays marked, and is
// never sent by itself; the same answer pressed again goes out under the same key, so that it counts once.
export const freshKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Before sending: another answer than the one that was tried is another sending. */
export function mark(form, button) {
  const { key } = form.elements;
  if (form.dataset.tried && form.dataset.tried !== button.value) key.value = freshKey();
  form.dataset.tried = button.value;
  form.querySelector("[data-unsent]").hidden = true;
  for (const one of form.querySelectorAll(".is-kept")) one.classList.remove("is-kept");
}

/** It did not reach the server, or nobody said that it did. */
export function unsent(form, button) {
  const line = form.querySelector("[data-unsent]");
  button.classList.add("is-kept");
  line.textContent = form.dataset.lost.replace("{choice}", button.textContent.trim());
  line.hidden = false;
}
