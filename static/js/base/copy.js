// Copies the text of another element (data-from) or an address (data-text); the button appears only where copying works.
export function start(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  const words = button.querySelector("span") ?? button;
  const before = words.textContent;
  button.addEventListener("click", async () => {
    const source = button.dataset.from && document.getElementById(button.dataset.from);
    const text = source ? source.textContent.trim() : new URL(button.dataset.text ?? "", location.href).href;
    await navigator.clipboard.writeText(text);
    words.textContent = button.dataset.done ?? before;
    setTimeout(() => { words.textContent = before; }, 2500);
  });
}
