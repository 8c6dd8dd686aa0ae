// While a note is written, "@" and the first letters of a name offer colleagues; the names come from the page's own list.
const MOST = 6;
const box = document.querySelector("[data-calling]");
const area = box?.querySelector("textarea");

if (area) {
  const list = box.querySelector("[role=listbox]");
  const status = box.querySelector("[data-calling-status]");
  const names = [...document.querySelectorAll(".called [data-name]")].map((name) => name.textContent.trim());
  let found = [];
  let at = -1;
  let start = -1;

  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-haspopup", "listbox");
  area.setAttribute("aria-controls", list.id);

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const close = () => {
    found = [];
    at = -1;
    list.hidden = true;
    list.replaceChildren();
    area.removeAttribute("aria-activedescendant");
  };

  const mark = (index) => {
    at = (index + found.length) % found.length;
    [...list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    area.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };

  const choose = (index) => {
    const name = found[index];
    const end = area.selectionStart;
    area.setRangeText(`@${name} `, start, end, "end");
    for (const box of document.querySelectorAll(".called .check")) {
      if (box.textContent.trim() === name) box.querySelector("input").checked = true;
    }
    close();
    status.textContent = (area.closest("[data-calling]").dataset.chosen ?? "").replace("{name}", name);
    area.dispatchEvent(new Event("change", { bubbles: true }));
    area.focus();
  };

  const offer = () => {
    const before = area.value.slice(0, area.selectionStart);
    const typed = /(?:^|[\s(])@([\p{L}\p{M}' ’.-]{0,40})$/u.exec(before);
    if (!typed) { close(); return; }
    const wanted = plain(typed[1]);
    start = before.length - typed[1].length - 1;
    found = names.filter((name) => plain(name).split(/\s+/).some((word, n, words) => words.slice(n).join(" ").startsWith(wanted))).slice(0, MOST);
    if (!found.length || found.some((name) => typed[1] === `${name} `)) { close(); return; }
    list.replaceChildren(...found.map((name, n) => {
      const option = document.createElement("li");
      option.id = `calling-${n}`;
      option.setAttribute("role", "option");
      option.textContent = name;
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(n); });
      return option;
    }));
    list.hidden = false;
    mark(0);
    status.textContent = (box.dataset.choose ?? "").replace("{n}", String(found.length));
  };

  area.addEventListener("input", offer);
  area.addEventListener("blur", close);
  area.addEventListener("keydown", (event) => {
    if (!found.length) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at - 1);
    else if (event.key === "Enter" || event.key === "Tab") choose(at);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}
