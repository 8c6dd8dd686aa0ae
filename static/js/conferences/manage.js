// Ordering the agenda by keyboard: Alt and an arrow move the item in which the cursor stands, and after the page has
// come back the cursor stands on the same item. Without this the buttons do the same.
const agenda = document.getElementById("agenda");

function moveButton(item, way) {
  return item?.querySelector(`[data-move="${way}"]`);
}

if (agenda) {
  document.querySelector(".keys-help")?.removeAttribute("hidden");
  agenda.addEventListener("keydown", (event) => {
    const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (!way || !event.altKey) return;
    const button = moveButton(event.target.closest(".agenda-item"), way);
    if (!button) return;
    event.preventDefault();
    button.form.requestSubmit(button);
  });
  const towards = new URLSearchParams(location.search).get("verso");
  if (towards && location.hash) {
    // Once the browser itself has gone to the place that the address names: that takes the focus away.
    const item = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const back = () => requestAnimationFrame(() => moveButton(item, towards === "su" ? "up" : "down")?.focus());
    if (document.readyState === "complete") back();
    else addEventListener("load", back, { once: true });
  }
}
