// The progress of an import that the queue works on: the state is in the database, so a reload shows the same.

const PAUSE = 1500;
const card = document.querySelector("[data-progress]");
const bar = card?.querySelector("progress");
const text = card?.querySelector("[data-progress-text]");

async function ask() {
  try {
    const response = await fetch(card.dataset.progress, { headers: { Accept: "application/json" } });
    if (response.ok) {
      const state = await response.json();
      if (!state.busy) {
        window.location.reload();
        return;
      }
      if (bar.hasAttribute("value")) bar.value = state.done;
      text.textContent = state.text;
    }
  } catch {
    // The server is away for a moment; the next question will tell.
  }
  window.setTimeout(ask, PAUSE);
}
if (card) window.setTimeout(ask, PAUSE);
