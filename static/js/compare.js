// Collects up to four clusters for the comparison in this browser; without scripts each link opens it with one.

const KEY = "compare";
const AT_MOST = 4;

function read() {
  try {
    return JSON.parse(window.localStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

function write(codes) {
  try {
    window.localStorage.setItem(KEY, JSON.stringify(codes.slice(-AT_MOST)));
  } catch {
    // Storage may be switched off; the links still work one by one.
  }
}

function show() {
  const codes = read();
  document.querySelectorAll("[data-compare]").forEach((link) => {
    const word = link.querySelector("[data-compare-word]");
    link.dataset.compareFirst ??= word.textContent;
    const chosen = codes.includes(link.dataset.compare);
    link.classList.toggle("is-chosen", chosen);
    word.textContent = chosen ? `${link.dataset.compareAdded} (${codes.length})` : link.dataset.compareFirst;
    const together = chosen ? codes : [...codes, link.dataset.compare].slice(-AT_MOST);
    link.search = new URLSearchParams(together.map((code) => ["c", code])).toString();
  });
}

// A first press collects, a second one on the same cluster opens the comparison.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-compare]");
  if (!link) return;
  const codes = read();
  if (codes.includes(link.dataset.compare)) return;
  event.preventDefault();
  write([...codes, link.dataset.compare]);
  show();
});

// The page of the comparison is the truth: what it compares is what is collected.
if (window.location.pathname === "/compare/") write(new URLSearchParams(window.location.search).getAll("c"));
show();
document.addEventListener("htmx:afterSettle", show);
