// Forms of the registry's records: sums while somebody types, and rows that are added and taken away.
// Without JavaScript the sums are checked by the server and a row can be added after saving.

const language = document.documentElement.lang || "vi";
const UNITS = [[/(tỷ|tỉ|ty|billion)/i, 1e9], [/(triệu|trieu|tr|million)/i, 1e6]];
const shown = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });

// The server reads the number for good; this is only good enough for a sum that is shown.
function readAmount(text) {
  const unit = UNITS.find(([pattern]) => pattern.test(text))?.[1] ?? 1;
  const digits = text.replace(/[^0-9.,]/g, "");
  if (!digits) return null;
  const last = Math.max(digits.lastIndexOf("."), digits.lastIndexOf(","));
  const tail = last < 0 ? "" : digits.slice(last + 1);
  const grouped = last < 0 || (tail.length === 3 && unit === 1) || digits.split(/[.,]/).length > 2;
  const plain = grouped ? digits.replace(/[.,]/g, "") : `${digits.slice(0, last).replace(/[.,]/g, "")}.${tail}`;
  return Number(plain) * unit;
}

function addUp(box) {
  const total = readAmount(document.getElementById(box.dataset.total)?.value ?? "");
  box.querySelectorAll("[data-sum-of]").forEach((output) => {
    const kind = output.dataset.sumOf;
    const amounts = [...box.querySelectorAll(`input[data-sum="${kind}"]`)].map((input) => readAmount(input.value));
    const known = amounts.filter((amount) => amount !== null);
    const sum = known.reduce((one, other) => one + other, 0);
    output.textContent = known.length ? shown.format(sum) : "–";
    const difference = box.querySelector(`[data-difference-of="${kind}"]`);
    difference.textContent = known.length && total !== null ? shown.format(sum - total) : "–";
  });
}
document.querySelectorAll("[data-sums]").forEach((box) => {
  addUp(box);
  box.closest("form").addEventListener("input", () => addUp(box));
});

// data-rows="prefix": rows of a Django formset. A new row is taken back at once, a stored one is marked for removal.
document.querySelectorAll("[data-rows]").forEach((box) => {
  const total = box.querySelector(`[name="${box.dataset.rows}-TOTAL_FORMS"]`);
  const list = box.querySelector("[data-row-list]");
  const template = box.querySelector("[data-row-template]");
  const mark = (tick) => tick.closest("[data-row]").toggleAttribute("data-removed", tick.checked);
  box.querySelectorAll("[data-row] input[name$='-DELETE']").forEach(mark);
  box.addEventListener("change", (event) => {
    if (event.target.matches("input[name$='-DELETE']")) mark(event.target);
  });
  box.querySelector("[data-row-add]").addEventListener("click", () => {
    const index = Number(total.value);
    const holder = document.createElement("template");
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", index);
    const row = holder.content.firstElementChild;
    row.querySelector("[data-row-number]").textContent = index + 1;
    list.append(row);
    total.value = index + 1;
    row.querySelector("textarea, input:not([type='hidden'], [type='checkbox'])")?.focus();
  });
});
