// Quick entry of figures: after a swap the first field has the focus again, so that the hands stay on the keyboard.

function focusFirst() {
  const entry = document.getElementById("quick-entry");
  const field = entry?.querySelector("[aria-invalid='true']") ?? entry?.querySelector("select, input:not([type='hidden'])");
  field?.focus();
}
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.id === "quick-entry") focusFirst();
});
if (document.querySelector("[data-entry-page]")) focusFirst();
