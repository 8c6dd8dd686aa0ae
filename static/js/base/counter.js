// How many characters are left, counted as people count them (code points), not as the machine stores them.
export function length(text) {
  return [...text.replace(/\r\n?/g, "\n").normalize("NFC")].length;
}

export function start(field) {
  const words = document.getElementById(field.dataset.counter);
  const limit = Number(field.dataset.limit);
  if (!words || !limit) return;
  const show = new Intl.NumberFormat(document.documentElement.lang, { useGrouping: "always" });
  const tell = () => {
    const left = limit - length(field.value);
    words.textContent = (left < 0 ? words.dataset.over : words.dataset.left).replace("{n}", show.format(Math.abs(left)));
    words.classList.toggle("is-over", left < 0);
  };
  field.addEventListener("input", tell);
  tell();
}
