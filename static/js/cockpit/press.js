// Sends a form without leaving the page. The server answers as it would to any browser, with the page one comes back to:
// from it the panels are taken. An answer that is another page is gone to; a refusal is said in one calm line.

const HELD = "pressed"; // a form on its way is not sent twice

/** By what two drawings of the same page know each other. */
const address = (page) => page.querySelector("[data-cockpit]")?.dataset.fragments;

export class Press {
  #on;
  #dialog = document.querySelector("[data-confirmation]");

  /** `on.done(page, form)`, `on.refused(text)` with the server's words, `on.failed()` when nobody answered. */
  constructor(on) {
    this.#on = on;
    this.#dialog?.addEventListener("close", () => this.#confirmed());
  }

  #asking = null;

  /** Send it; what cannot be taken back asks once before. */
  form(form, submitter = null) {
    if (HELD in form.dataset) return;
    const question = submitter?.dataset.confirm ?? form.dataset.confirm;
    if (!question || !this.#dialog) return this.#send(form, submitter);
    this.#asking = [form, submitter];
    this.#dialog.querySelector("[data-question]").textContent = question;
    this.#dialog.returnValue = "";
    this.#dialog.showModal();
  }

  #confirmed() {
    const [form, submitter] = this.#asking ?? [];
    this.#asking = null;
    if (!form) return;
    if (this.#dialog.returnValue === "yes") this.#send(form, submitter);
    else submitter?.focus();
  }

  async #send(form, submitter) {
    form.dataset[HELD] = "";
    form.setAttribute("aria-busy", "true");
    try {
      const data = new FormData(form, submitter?.matches("button, input") ? submitter : null);
      const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
      const answer = await fetch(submitter?.getAttribute("formaction") ?? form.getAttribute("action"), { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
      this.#heard(answer, await answer.text(), form);
    } catch {
      this.#on.failed();
    } finally {
      delete form.dataset[HELD];
      form.removeAttribute("aria-busy");
    }
  }

  #heard(answer, text, form) {
    const page = new DOMParser().parseFromString(text, "text/html");
    if (address(page) === address(document)) return this.#on.done(page, form);
    if (answer.ok && answer.redirected) return location.assign(answer.url);
    const said = page.querySelector("main .lead, main .errors li, main h1");
    this.#on.refused(said?.textContent.trim());
  }
}
