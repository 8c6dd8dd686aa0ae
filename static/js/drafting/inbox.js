// Choose all rows of a table at once, and hear how many are chosen.
const box = document.querySelector("[data-all]");

if (box) {
  const rows = () => [...document.querySelectorAll(`input[name="${box.dataset.all}"]`)];
  const status = document.querySelector("[data-chosen]");
  const tell = () => {
    const chosen = rows().filter((row) => row.checked).length;
    box.checked = chosen > 0 && chosen === rows().length;
    box.indeterminate = chosen > 0 && !box.checked;
    if (status) status.textContent = chosen ? status.dataset.chosen.replace("{n}", chosen) : "";
  };
  box.closest("[hidden]")?.removeAttribute("hidden");
  box.addEventListener("change", () => {
    for (const row of rows()) row.checked = box.checked;
    tell();
  });
  document.addEventListener("change", (event) => { if (event.target.name === box.dataset.all) tell(); });
  tell();
}
