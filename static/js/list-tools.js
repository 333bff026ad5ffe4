// Ticking rows of a list: a box for the whole page, and the number of rows ticked. Without JavaScript the boxes still work.

const boxes = () => [...document.querySelectorAll("input[type='checkbox'][name='row'][form='bulk']")];

function show() {
  const form = document.getElementById("bulk");
  if (!form) return;
  const all = boxes();
  const ticked = all.filter((box) => box.checked);
  const page = form.querySelector("[data-select-page]");
  const master = page.querySelector("input");
  page.hidden = false;
  master.checked = all.length > 0 && ticked.length === all.length;
  master.indeterminate = ticked.length > 0 && ticked.length < all.length;
  form.querySelector("[data-ticked]").textContent = `(${ticked.length})`;
}

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.closest("[data-select-page]")) boxes().forEach((row) => { row.checked = box.checked; });
  else if (box.name !== "row") return;
  const ticked = document.querySelector("#bulk input[name='scope'][value='ticked']");
  if (ticked) ticked.checked = true;
  show();
});
document.addEventListener("htmx:afterSettle", show);
window.addEventListener("pageshow", show);
show();
