// On a narrow screen the main menu folds behind a button; without scripts it simply stays open.
export function start(nav) {
  const button = nav.querySelector(".site-nav-toggle");
  const set = (open) => {
    button.setAttribute("aria-expanded", String(open));
    nav.classList.toggle("is-open", open);
  };
  button.hidden = false;
  nav.classList.add("is-foldable");
  button.addEventListener("click", () => set(button.getAttribute("aria-expanded") !== "true"));
  nav.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !nav.classList.contains("is-open")) return;
    set(false);
    button.focus();
  });
}
