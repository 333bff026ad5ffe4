// The directory and the land search: a short address, and filters folded away on a phone.

// Parameters without a value say nothing: leave them out of the address that htmx asks for and keeps.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.target.id !== "filters") return;
  const values = event.detail.formData;
  [...values.keys()].forEach((name) => {
    const kept = values.getAll(name).filter((value) => value !== "");
    values.delete(name);
    kept.forEach((value) => values.append(name, value));
  });
});

if (window.matchMedia("(max-width: 47.99rem)").matches) {
  document.querySelectorAll("[data-fold-on-phone]").forEach((fold) => { fold.open = false; });
}

// The order of the rows stands outside of the form on the page, and inside of it by its form attribute.
document.addEventListener("change", (event) => {
  if (event.target.id === "sort" && event.target.form) event.target.form.requestSubmit();
});
