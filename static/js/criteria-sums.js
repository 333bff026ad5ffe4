// Issuing criteria: what the sub-criteria of each criterion of the law add up to, and whether that is its points.
// The server checks the same and says what is wrong.

const outputs = [...document.querySelectorAll("[data-sum-of-criterion]")];
const form = outputs[0].closest("form");
const shown = new Intl.NumberFormat(document.documentElement.lang || "vi", { maximumFractionDigits: 2 });

function addUp() {
  const sums = new Map();
  form.querySelectorAll("[data-row]:not([data-removed])").forEach((row) => {
    const criterion = row.querySelector("select[name$='-criterion']")?.value;
    const points = Number((row.querySelector("input[data-points]")?.value ?? "").trim().replace(",", "."));
    if (criterion && points > 0) sums.set(criterion, (sums.get(criterion) ?? 0) + points);
  });
  outputs.forEach((output) => {
    const sum = sums.get(output.dataset.sumOfCriterion) ?? 0;
    const fits = Math.abs(sum - Number(output.dataset.wanted)) < 0.005;
    output.textContent = `${shown.format(sum)} ${fits ? "✓" : "✗"}`;
    output.className = fits ? "sum-fits" : "sum-differs";
  });
}
["input", "change", "click"].forEach((kind) => form.addEventListener(kind, () => window.setTimeout(addUp)));
addUp();
