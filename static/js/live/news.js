// A quiet line says what is new on the page; nothing that somebody reads or fills in is moved or redrawn.
import { Live } from "../live.js";

const POLLED = 30_000; // without a socket

function streams(text) {
  return Object.fromEntries(text.trim().split(/\s+/).filter(Boolean).map((one) => one.split("=")).map(([name, seq]) => [name, Number(seq)]));
}

function start(element) {
  const region = element.querySelector("[data-live-news]");
  const state = element.querySelector("[data-live-state]");
  const pause = Number(element.dataset.seconds) * 1_000;
  let asked = 0;
  let waiting = null;
  let isLive = false;

  async function ask() {
    waiting = null;
    asked = Date.now();
    try {
      const answer = await fetch(element.dataset.fragment, { headers: { "X-Requested-With": "fetch" }, redirect: "error" });
      if (!answer.ok) return;
      const words = answer.status === 204 ? "" : await answer.text();
      if (words.trim() !== region.innerHTML.trim() && !region.contains(document.activeElement)) region.innerHTML = words;
    } catch {
      // the signal is gone; the next round asks again
    }
  }

  /** Soon, but not more often than the page allows, and not all pages in the same instant. */
  function soon() {
    if (waiting) return;
    const rest = Math.max(0, asked + pause - Date.now());
    waiting = setTimeout(ask, rest + Math.random() * Math.min(pause, 2_000));
  }

  const live = new Live(streams(element.dataset.streams), {
    entry: (entry) => entry.kind && soon(),
    gap: soon,
    state: (now) => {
      isLive = now;
      state.textContent = now ? state.dataset.on : state.dataset.off;
      state.classList.toggle("is-live", now);
      if (!now) soon();
    },
  });
  live.start();
  setInterval(() => isLive || document.hidden || soon(), POLLED * (0.85 + Math.random() * 0.3));
  document.addEventListener("visibilitychange", () => document.hidden || soon());
  region.addEventListener("click", (event) => {
    if (!event.target.closest("[data-live-show]")) return;
    event.preventDefault();
    location.reload();
  });
}

document.querySelectorAll("[data-live]").forEach(start);
