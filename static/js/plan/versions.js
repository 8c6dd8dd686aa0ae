// While a plan file travels, say how far it is; the answer is the page that follows. Without this the form is sent as ever.
const form = document.getElementById("plan-upload");
const box = form?.querySelector(".upload-progress");

function send(event) {
  const field = form.querySelector("input[type=file]");
  if (!field.files.length) return;
  event.preventDefault();
  const bar = box.querySelector("progress");
  const said = box.querySelector("[role=status]");
  const button = form.querySelector("button[type=submit]");
  const request = new XMLHttpRequest();
  const failed = () => {
    said.textContent = box.dataset.failed;
    bar.hidden = true;
    button.disabled = false;
  };
  box.hidden = false;
  bar.hidden = false;
  button.disabled = true;
  request.upload.addEventListener("progress", (step) => {
    if (!step.lengthComputable) return;
    const share = Math.floor((100 * step.loaded) / step.total);
    bar.value = share;
    said.textContent = share < 100 ? box.dataset.said.replace("{n}", share) : box.dataset.reading;
  });
  request.addEventListener("error", failed);
  request.addEventListener("load", () => {
    if (!(request.getResponseHeader("Content-Type") ?? "").startsWith("text/html")) return failed();
    document.open();
    document.write(request.responseText);
    document.close();
  });
  request.open("POST", form.action);
  request.send(new FormData(form));
}

form?.addEventListener("submit", send);
