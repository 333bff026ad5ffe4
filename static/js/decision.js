// Recording a decision: the fields that matter for the kind stand in front, and the area is computed both ways.
// Without scripts every field is reachable and the server computes the same.

const form = document.getElementById("decision-form");
const main = document.getElementById("main-facts");
const further = document.getElementById("further-facts");
const kind = form.elements.namedItem("kind");

function arrange() {
  const slots = [...form.querySelectorAll(".fact-slot")];
  slots.forEach((slot) => {
    const leads = slot.dataset.kinds.split(" ").includes(kind.value);
    const home = leads ? main : further;
    if (slot.parentElement !== home) home.append(slot);
  });
}
kind.addEventListener("change", arrange);

// "1.234,5", "1,234.5" and "12,5" as a person of either language means them; the server decides in the end.
function read(text) {
  const compact = text.replace(/\s/g, "");
  if (!compact) return null;
  const decimal = Math.max(compact.lastIndexOf(","), compact.lastIndexOf("."));
  const both = compact.includes(",") && compact.includes(".");
  const digits = compact.length - decimal - 1;
  const grouped = !both && decimal >= 0 && digits === 3 && compact[decimal] === (document.documentElement.lang === "en" ? "," : ".");
  const plain = decimal < 0 || grouped
    ? compact.replace(/[.,]/g, "")
    : `${compact.slice(0, decimal).replace(/[.,]/g, "")}.${compact.slice(decimal + 1)}`;
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}
function write(value) {
  return new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 5, useGrouping: false }).format(value);
}

const before = Number(form.dataset.area || 0);
const added = form.elements.namedItem("added_area_ha");
const total = form.elements.namedItem("area_ha");
if (added && total) {
  added.addEventListener("input", () => {
    const value = read(added.value);
    if (kind.value === "expand") total.value = value === null ? "" : write(before + value);
  });
  total.addEventListener("input", () => {
    const value = read(total.value);
    if (kind.value === "expand") added.value = value === null || value < before ? "" : write(value - before);
  });
}
