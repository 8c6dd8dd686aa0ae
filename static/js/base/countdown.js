// Time left until data-until, by the server's clock (data-now at loading; pages that are kept do not say it, there the
// reader's clock counts), in words given by the page:
// data-days="{n} giorni", data-hours="{h} h {m} min", data-over="chiusa". Without them the server's words stay.
export function start(element) {
  const { until, now, hours, over } = element.dataset;
  if (!until || !hours) return;
  const offset = now ? Date.parse(now) - Date.now() : 0;
  const end = Date.parse(until);
  const tell = () => {
    const left = end - (Date.now() + offset);
    if (left <= 0) { element.textContent = over; return; }
    if (left >= 48 * 3600e3) { setTimeout(tell, Math.min(left - 48 * 3600e3 + 1000, 3600e3)); return; }
    const minutes = Math.ceil(left / 60e3);
    element.textContent = hours.replace("{h}", Math.floor(minutes / 60)).replace("{m}", minutes % 60);
    setTimeout(tell, Math.min(left % 60e3 + 500, 60e3));
  };
  tell();
}
