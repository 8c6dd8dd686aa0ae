// Time left until data-until, by the server's clock (data-now at loading; pages that are kept do not say it, there the
// reader's clock counts), in words given by the page:
// data-days="{n} giorni", data-hours="{h} h {m} min", data-over="chiusa". Without them the server's words stay.
export function start(element) {
  const { now, hours, over } = element.dataset;
  if (!element.dataset.until || !hours) return;
  const offset = now ? Date.parse(now) - Date.now() : 0;
  const tell = () => {
    const left = Date.parse(element.dataset.until) - (Date.now() + offset); // a deadline may be moved meanwhile
    if (left <= 0) element.textContent = over;
    if (left <= 0 || left >= 48 * 3600e3) { setTimeout(tell, left <= 0 ? 60e3 : Math.min(left - 48 * 3600e3 + 1000, 3600e3)); return; }
    const minutes = Math.ceil(left / 60e3);
    element.textContent = hours.replace("{h}", Math.floor(minutes / 60)).replace("{m}", minutes % 60);
    setTimeout(tell, Math.min(left % 60e3 + 500, 60e3));
  };
  tell();
}
