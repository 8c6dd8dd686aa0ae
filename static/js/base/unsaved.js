// Asks before leaving a page whose form holds words that have not been sent or saved.
export function start(form) {
  const taken = () => new URLSearchParams(new FormData(form)).toString();
  let clean = taken();
  form.addEventListener("submit", () => { clean = taken(); });
  form.addEventListener("saved", () => { clean = taken(); });
  window.addEventListener("beforeunload", (event) => {
    if (taken() !== clean) event.preventDefault();
  });
}
