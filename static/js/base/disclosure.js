// A <details>: closes on Escape and, when it is a menu, on a click elsewhere. With data-wide="62rem" it stands open
// on screens at least that wide (filters beside a table) and closed on narrower ones.
export function start(details) {
  if (details.dataset.wide) {
    const wide = matchMedia(`(min-width: ${details.dataset.wide})`);
    const fit = () => { details.open = wide.matches || details.hasAttribute("data-used"); };
    wide.addEventListener("change", fit);
    fit();
    return;
  }
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (details.open && details.classList.contains("menu") && !details.contains(event.target)) details.open = false;
  });
}
