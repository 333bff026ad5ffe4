// What every page does beyond plain HTML: menus, confirmation, unsaved changes, focus and announcements after swaps.
// Everything works from data attributes; without JavaScript the pages still work.

const find = (selector, root = document) => root.querySelector(selector);
const each = (selector, act, root = document) => root.querySelectorAll(selector).forEach(act);

function announce(text) {
  const region = find("#announcements");
  region.textContent = "";
  window.setTimeout(() => { region.textContent = text; }, 50);
}

// data-toggle-nav: the button that unfolds the menu it controls.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-toggle-nav]");
  if (!button) return;
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  document.getElementById(button.getAttribute("aria-controls")).toggleAttribute("data-open", open);
});

// data-menu: a <details> that closes with Escape or a click elsewhere.
document.addEventListener("click", (event) => {
  each("details[data-menu][open]", (menu) => { if (!menu.contains(event.target)) menu.open = false; });
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    each("details[data-menu][open]", (menu) => { menu.open = false; find("summary", menu).focus(); });
  }
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = event.key.length === 1 && find(`[data-shortcut="${CSS.escape(event.key)}"]`);
  if (field) {
    event.preventDefault();
    field.focus();
  }
});

// A lost connection or a silent server is said where everybody sees it, and what was typed stays on the page.
const trouble = find("#trouble");
const { connectionLost, swapFailed } = document.body.dataset;
function tell(text) {
  trouble.textContent = text;
}
document.addEventListener("submit", (event) => {
  if (navigator.onLine) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  tell(connectionLost);
}, { capture: true });
document.addEventListener("htmx:sendError", () => tell(navigator.onLine ? swapFailed : connectionLost));
document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status >= 500) tell(swapFailed); });
document.addEventListener("htmx:afterOnLoad", (event) => { if (event.detail.xhr.status < 500) tell(""); });
window.addEventListener("online", () => tell(""));

// data-confirm="question": ask in the page's own dialog before a form is sent or a button acts.
function ask(question) {
  const dialog = find("#confirm-dialog");
  find("#confirm-question", dialog).textContent = question;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const question = event.submitter?.dataset.confirm || form.dataset.confirm;
  if (!question || form.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!await ask(question)) return;
  form.dataset.confirmed = "yes";
  form.requestSubmit(event.submitter ?? undefined);
  delete form.dataset.confirmed;
}, { capture: true });
document.addEventListener("htmx:confirm", (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  ask(event.detail.question).then((yes) => { if (yes) event.detail.issueRequest(true); });
});

// data-guard: a form whose unsaved changes are not lost by leaving the page unasked.
const changed = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) changed.add(form);
});
document.addEventListener("submit", (event) => {
  changed.delete(event.target);
  if (event.target.hasAttribute("data-unguarded")) changed.clear();
});
window.addEventListener("beforeunload", (event) => {
  changed.forEach((form) => { if (!form.isConnected) changed.delete(form); });
  if (changed.size) event.preventDefault();
});

// Every password gets a button that shows what was typed.
each("main input[type='password']", (field) => {
  const { showPassword, hidePassword } = document.body.dataset;
  const row = document.createElement("div");
  const button = document.createElement("button");
  row.className = "password-row";
  Object.assign(button, { type: "button", className: "btn", textContent: showPassword });
  button.setAttribute("aria-controls", field.id);
  field.before(row);
  row.append(field, button);
  button.addEventListener("click", () => {
    const hidden = field.type === "password";
    field.type = hidden ? "text" : "password";
    button.textContent = hidden ? hidePassword : showPassword;
  });
});

// data-print, data-copy="#id": print the page; copy the text of an element.
document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-print]")) window.print();
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = find(button.dataset.copy);
  await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
  announce(button.dataset.copied);
});

// data-select-submit: a choice that is sent as soon as it is made (page size, order).
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-select-submit]")) event.target.form.requestSubmit();
});

// After a swap: say what changed (data-announce), keep the focus where the person was or move it to data-focus.
document.addEventListener("htmx:afterSettle", (event) => {
  const swapped = document.getElementById(event.detail.elt.id) ?? event.detail.elt;
  const note = swapped.matches?.("[data-announce]") ? swapped : swapped.querySelector?.("[data-announce]");
  if (note) announce(note.dataset.announce);
  swapped.querySelector?.("[data-focus], .error-summary")?.focus();
});
document.addEventListener("htmx:responseError", (event) => {
  announce(document.body.dataset.swapFailed ?? "");
  // A filter that the server refuses is shown by the full page, which explains it.
  if (event.detail.requestConfig.verb === "get") window.location.assign(event.detail.pathInfo.finalRequestPath);
});

// A table that fits keeps its header in sight while the page scrolls; a wider one scrolls within its frame instead,
// and the keyboard must reach that frame.
function fitTables() {
  each(".table-frame.is-tall", (frame) => {
    const fits = find("table", frame).offsetWidth <= frame.clientWidth + 1;
    frame.classList.toggle("fits", fits);
    frame.toggleAttribute("tabindex", !fits);
    if (!fits) frame.tabIndex = 0;
  });
  each(".table-frame:not(.is-tall, [role])", (frame) => {
    if (frame.scrollWidth > frame.clientWidth || frame.scrollHeight > frame.clientHeight) frame.tabIndex = 0;
    else frame.removeAttribute("tabindex");
  });
}
fitTables();
window.addEventListener("resize", fitTables);
document.addEventListener("htmx:afterSettle", fitTables);

// Errors first: whoever sends a form with mistakes lands on the summary.
find(".error-summary")?.focus();
