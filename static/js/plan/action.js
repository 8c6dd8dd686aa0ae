// On a phone the remarks under a paragraph start closed, so that the text reads on; the thumb bar speaks of the paragraph
// whose number was tapped.
const narrow = window.matchMedia("(max-width: 61.99rem)");

function fold() {
  for (const details of document.querySelectorAll(".said-beside > details")) details.open = !narrow.matches;
}

function aim() {
  const chosen = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const own = chosen?.querySelector(".said-tools a");
  const thumb = document.querySelector(".thumb a");
  if (!thumb) return;
  thumb.dataset.whole ??= thumb.href;
  thumb.dataset.words ??= thumb.lastChild.textContent;
  thumb.href = own ? own.href : thumb.dataset.whole;
  thumb.lastChild.textContent = own ? ` ${own.textContent.trim().replace(/\s+/g, " ")}` : thumb.dataset.words;
}

fold();
aim();
narrow.addEventListener("change", fold);
window.addEventListener("hashchange", aim);
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
