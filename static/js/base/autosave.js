// Sends the form as it stands to data-autosave a moment after the last key, and shows what the server answered.
// The answer is JSON: {"words": "Bozza salvata alle 10:42"} and, when a new draft was made, {"id": …, "url": …}
// to be kept in the hidden fields that carry data-keep="id" or data-keep="url".
const QUIET = 1200;
const RETRY = 8000;

export function start(form) {
  const status = document.getElementById(form.dataset.status) ?? form.querySelector("[data-saved]");
  let timer = 0;
  let sending = false;
  let again = false;

  const say = (words, bad = false) => {
    if (!status) return;
    status.textContent = words;
    status.classList.toggle("is-over", bad);
  };

  async function save() {
    if (sending) { again = true; return; }
    sending = true;
    again = false;
    timer = 0;
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body, headers: { Accept: "application/json", "X-Requested-With": "fetch" }, credentials: "same-origin", keepalive: true,
      });
      const said = await answer.json();
      if (!answer.ok) throw Object.assign(new Error("refused"), { words: said.words ?? said.detail });
      for (const field of form.querySelectorAll("[data-keep]")) field.value = said[field.dataset.keep] ?? field.value;
      if (said.autosave) form.dataset.autosave = said.autosave;
      say(said.words ?? "");
      if (!again) form.dispatchEvent(new CustomEvent("saved", { detail: said }));
    } catch (error) {
      say(error.words ?? form.dataset.failed ?? "", true);
      if (!error.words) later(RETRY);
    } finally {
      sending = false;
      if (again) later(QUIET);
    }
  }

  const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
  const changed = (event) => { if (!event.target.closest("[data-no-autosave]")) later(QUIET); };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer) { clearTimeout(timer); timer = 0; save(); }
  });
  if ([...form.elements].some(typedBefore)) later(QUIET);
}

// Something was typed while this script was still on its way.
function typedBefore(field) {
  return field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue && !field.closest("[data-no-autosave]");
}
