// The help of the keys, and the switch that turns them off for who does not want them.
export function help(shortcuts) {
  const dialog = document.querySelector("[data-keys-help]");
  const button = document.querySelector("[data-help]");
  const turn = dialog.querySelector("[data-keys-switch]");
  const show = (isOn) => {
    turn.textContent = isOn ? turn.dataset.on : turn.dataset.off;
    turn.setAttribute("aria-pressed", String(isOn));
  };
  show(shortcuts.isOn);
  turn.addEventListener("click", () => show(shortcuts.toggle()));
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
  return () => dialog.showModal();
}
