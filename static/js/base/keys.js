// Single keys for a desk, active only while the focus is inside the element: a press on "a" clicks what carries
// data-key="a". Fields keep their keys, and so does the browser.
export function start(desk) {
  desk.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const control = [...desk.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
    if (!control) return;
    event.preventDefault();
    if (control.matches("input, textarea, select")) control.focus();
    else control.click();
  });
}
