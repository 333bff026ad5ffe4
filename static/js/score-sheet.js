// The score sheet: sums while somebody types, and buttons for half a point more or less, big enough for a finger.
// Without JavaScript the sheet is filled in, kept and handed in all the same; the server adds up.

const sheet = document.querySelector("[data-score-sheet]");
const fields = [...sheet.querySelectorAll("input[data-points]")];
const shown = new Intl.NumberFormat(document.documentElement.lang || "vi", { maximumFractionDigits: 2 });

// "12,5" and "12.5" alike; points never have separators of thousands.
function read(field) {
  const text = field.value.trim().replace(",", ".");
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}
function write(field, value) {
  field.value = shown.format(value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function addUp() {
  const sums = new Map();
  let total = 0;
  let known = 0;
  fields.forEach((field) => {
    const value = read(field);
    const most = Number(field.dataset.maximum);
    const wrong = field.value.trim() !== "" && (value === null || value > most);
    field.toggleAttribute("data-over", wrong);
    if (value === null || wrong) return;
    known += 1;
    total += value;
    sums.set(field.dataset.criterion, (sums.get(field.dataset.criterion) ?? 0) + value);
  });
  sheet.querySelectorAll("[data-sum-of-criterion]").forEach((output) => {
    const sum = sums.get(output.dataset.sumOfCriterion);
    output.textContent = sum === undefined ? "–" : shown.format(sum);
  });
  sheet.querySelector("[data-score-total]").textContent = known ? shown.format(total) : "–";
}

sheet.querySelectorAll("[data-step]").forEach((button) => {
  button.hidden = sheet.querySelector(".score-fields").disabled;
  button.addEventListener("click", () => {
    const field = button.parentElement.querySelector("input[data-points]");
    const most = Number(field.dataset.maximum);
    const next = (read(field) ?? 0) + Number(button.dataset.step);
    write(field, Math.min(Math.max(next, 0), most));
  });
});
sheet.addEventListener("input", addUp);
addUp();
