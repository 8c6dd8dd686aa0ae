// The ballot on a shaky network: says at once when nothing was recorded, and lets one send the same answer again.
// The form keeps its key, so that what was sent twice is recorded once. Without this the form works by itself.
const form = document.getElementById("ballot");
const WAIT = 12000;

async function send(form, choice) {
  const body = new URLSearchParams(new FormData(form));
  if (choice) body.set(choice.name, choice.value);
  const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin", signal: AbortSignal.timeout(WAIT) });
  if (answer.ok && answer.redirected) return answer.url;
  throw Object.assign(new Error("refused"), { refused: true });
}

if (form) {
  const lost = document.getElementById("ballot-lost");
  const buttons = form.querySelectorAll("button");
  const busy = (is) => buttons.forEach((one) => one.setAttribute("aria-disabled", String(is)));
  let sending = false;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    const choice = event.submitter?.name ? event.submitter : null;
    sending = true;
    lost.hidden = true;
    busy(true);
    try {
      const target = new URL(await send(form, choice));
      target.hash = "registrato";
      if (target.pathname === location.pathname) {
        history.replaceState(null, "", target);
        location.reload();
      } else location.assign(target);
    } catch (error) {
      sending = false;
      busy(false);
      if (!error.refused) {
        lost.textContent = form.dataset.lost;
        lost.hidden = false;
        return;
      }
      // The page that says why comes from the server: the same key, so nothing counts twice.
      if (choice) {
        const field = Object.assign(document.createElement("input"), { type: "hidden", name: choice.name, value: choice.value });
        form.append(field);
      }
      form.submit();
    }
  });

  // A page that comes back from the browser's memory holds a key that may have been used.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
