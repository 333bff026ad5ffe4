// data-countdown="2026-11-05T17:00:00Z": keep the time left fresh. The words come from the server, # is the number.
const MINUTE = 60_000;

function words(element, milliseconds) {
  const minutes = Math.max(0, Math.floor(milliseconds / MINUTE));
  if (!minutes && milliseconds <= 0) return element.dataset.over;
  const parts = [
    [Math.floor(minutes / 1440), element.dataset.days],
    [Math.floor(minutes / 60) % 24, element.dataset.hours],
    [minutes < 1440 ? minutes % 60 : 0, element.dataset.minutes],
  ];
  const shown = parts.filter(([count]) => count).map(([count, text]) => text.replace("#", count));
  return shown.join(" ") || element.textContent;
}

function refresh() {
  document.querySelectorAll("[data-countdown]").forEach((element) => {
    const text = words(element, new Date(element.dataset.countdown) - Date.now());
    if (text !== element.textContent) element.textContent = text;
  });
}
setInterval(refresh, MINUTE);
