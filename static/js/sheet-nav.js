// Marks, in the section menu of a long page, the section that is being read. The links work without it.
import "./quick-entry.js";

const links = new Map(
  [...document.querySelectorAll(".sheet-nav a[href^='#']")].map((link) => [link.hash.slice(1), link]),
);
const seen = new Set();

function mark() {
  const current = [...links.keys()].find((id) => seen.has(id));
  links.forEach((link, id) => {
    if (id !== current) { link.removeAttribute("aria-current"); return; }
    if (link.getAttribute("aria-current")) return;
    link.setAttribute("aria-current", "true");
    const list = link.closest("ul");
    // On a phone the menu is one line: keep the marked entry in sight without moving the page.
    list.scrollTo({ left: link.offsetLeft - list.offsetLeft - 16, behavior: "auto" });
  });
}
const observer = new IntersectionObserver((entries) => {
  entries.forEach((entry) => { seen[entry.isIntersecting ? "add" : "delete"](entry.target.id); });
  mark();
}, { rootMargin: "-20% 0px -60% 0px" });
const partOf = (id) => document.getElementById(id)?.closest("details.part");
links.forEach((_link, id) => {
  const section = document.getElementById(id);
  if (section) observer.observe(section);
});

// A link to a folded part unfolds it, also in browsers that do not do so by themselves.
function unfold() {
  const part = location.hash && partOf(decodeURIComponent(location.hash.slice(1)));
  if (!part || part.open) return;
  part.open = true;
  part.scrollIntoView();
}
addEventListener("hashchange", unfold);
unfold();
