// The filing wizard: every field is kept when it is left. What cannot be sent waits, visibly, and is sent again;
// it survives a reload of the tab. Two people at the same field get both values and choose. Without JavaScript the
// page is an ordinary form that keeps everything at once.

const WAITS = [2_000, 5_000, 15_000, 30_000];
const form = document.querySelector("form[data-autosave]");
const text = form.dataset;
const status = document.querySelector("[data-save-state]");
const storageKey = `${text.key}:${text.section}`;

const seen = {}; // by field: the version of the answers at which its value was read
const queue = new Map(); // by field: the values that are not kept yet
const faulty = new Set(); // fields the server could not read, or that somebody else changed
const firstSeen = form.elements.seen.value;
let sending = null;
let failures = 0;
let timer = 0;
let gone = false;

const boxOf = (name) => form.querySelector(`[data-answer="${CSS.escape(name)}"]`);
const controlsOf = (name) => [...boxOf(name).querySelectorAll(`[name="${CSS.escape(name)}"]`)];

function read(name) {
  return controlsOf(name)
    .filter((control) => !["checkbox", "radio"].includes(control.type) || control.checked)
    .map((control) => control.value);
}

function write(name, value) {
  const values = [].concat(value).map(String);
  controlsOf(name).forEach((control) => {
    if (control.type !== "checkbox") control.value = values[0] ?? "";
    else control.checked = typeof value === "boolean" ? value : values.includes(control.value);
  });
}

function remember() {
  const waiting = Object.fromEntries([...queue].map(([name, values]) => [name, { values, seen: seen[name] }]));
  if (queue.size) sessionStorage.setItem(storageKey, JSON.stringify(waiting));
  else sessionStorage.removeItem(storageKey);
}

function say() {
  const waiting = [...queue.keys()].filter((name) => !faulty.has(name));
  let words = text.saved;
  if (gone) words = text.gone;
  else if (waiting.length && (failures || !navigator.onLine)) words = text.unsaved.replace("#", waiting.length);
  else if (waiting.length) words = text.saving;
  else if (faulty.size) words = text.refused;
  if (status.textContent !== words) status.textContent = words;
  status.classList.toggle("is-unsaved", gone || Boolean(faulty.size) || (Boolean(waiting.length) && failures > 0));
}

function mark(name, state, nodes = []) {
  const place = boxOf(name).querySelector("[data-state]");
  place.className = `answer-state is-${state}`;
  place.replaceChildren(...nodes);
}

function paragraph(words) {
  const made = document.createElement("p");
  made.textContent = words;
  return made;
}

function shown(value) {
  const words = [].concat(value).filter((one) => one !== "").join("; ");
  return words || text.empty;
}

function showConflict(conflict) {
  const { name } = conflict;
  const choices = document.createElement("div");
  choices.className = "form-actions";
  const button = (words, act) => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "btn btn-sm", textContent: words });
    made.addEventListener("click", () => {
      seen[name] = conflict.version;
      faulty.delete(name);
      act();
    });
    choices.append(made);
  };
  button(text.mine.replace("#", shown(conflict.mine)), () => put(name));
  button(text.theirs.replace("#", shown(conflict.theirs)), () => {
    write(name, conflict.stored);
    queue.delete(name);
    mark(name, "saved", [paragraph(text.fieldSaved)]);
    remember();
    say();
  });
  faulty.add(name);
  boxOf(name).classList.add("has-error");
  mark(name, "conflict", [paragraph(conflict.sentence), choices]);
}

function showErrors(name, errors) {
  faulty.add(name);
  boxOf(name).classList.add("has-error");
  controlsOf(name).forEach((control) => control.setAttribute("aria-invalid", "true"));
  mark(name, "refused", errors.map(paragraph));
}

function showKept(name, sent, answer) {
  seen[name] = answer.version;
  faulty.delete(name);
  boxOf(name).classList.remove("has-error");
  controlsOf(name).forEach((control) => control.removeAttribute("aria-invalid"));
  // Typed on meanwhile: the newer value is in the queue and must stay in the field.
  if (String(read(name)) === String(sent)) {
    queue.delete(name);
    if (!controlsOf(name).includes(document.activeElement)) write(name, answer.value);
    mark(name, "saved", [paragraph(text.fieldSaved)]);
  }
  boxOf(name).querySelector("[data-remark]").textContent = answer.remark;
  Object.entries(answer.filled).forEach(([other, value]) => {
    if (queue.has(other) || !boxOf(other)) return;
    seen[other] = answer.version;
    write(other, value);
    mark(other, "saved", [paragraph(text.fieldSaved)]);
  });
  document.getElementById("progress").outerHTML = answer.progress;
}

function csrf() {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
  return cookie ? cookie.split("=")[1] : form.elements.csrfmiddlewaretoken.value;
}

async function send(name) {
  const sent = queue.get(name);
  const body = new FormData();
  body.set("section", text.section);
  body.set("field", name);
  body.set("seen", seen[name] ?? firstSeen);
  sent.forEach((value) => body.append(name, value));
  const headers = { "X-CSRFToken": csrf(), Accept: "application/json" };
  const answer = await fetch(text.autosave, { method: "POST", body, headers, credentials: "same-origin" });
  gone = answer.redirected || [401, 403, 404].includes(answer.status);
  if (gone || (answer.status >= 500)) throw new Error(String(answer.status));
  const content = await answer.json();
  if (answer.status === 409) showConflict(content.conflict);
  else if (answer.status === 422) showErrors(name, content.errors);
  else showKept(name, sent, content);
}

async function work() {
  for (;;) {
    const name = [...queue.keys()].find((one) => !faulty.has(one));
    if (!name) break;
    try {
      await send(name);
      failures = 0;
    } catch {
      failures += 1;
      [...queue.keys()].filter((one) => !faulty.has(one)).forEach((one) => {
        mark(one, "unsaved", [paragraph(text.fieldUnsaved)]);
      });
      clearTimeout(timer);
      timer = setTimeout(flush, WAITS[Math.min(failures, WAITS.length) - 1]);
      break;
    } finally {
      remember();
      say();
    }
  }
}

function flush() {
  sending ??= work().finally(() => { sending = null; });
  return sending;
}

function put(name) {
  if (!boxOf(name)) return;
  queue.set(name, read(name));
  faulty.delete(name);
  remember();
  say();
  flush().then(() => { if (!failures && [...queue.keys()].some((one) => !faulty.has(one))) flush(); });
}

form.addEventListener("change", (event) => {
  const box = event.target.closest("[data-answer]");
  if (box) put(box.dataset.answer);
});
window.addEventListener("online", () => { failures = 0; flush(); });
window.addEventListener("offline", say);
window.addEventListener("beforeunload", (event) => { if (queue.size) event.preventDefault(); });
document.addEventListener("visibilitychange", () => {
  const box = document.visibilityState === "hidden" && document.activeElement?.closest("[data-answer]");
  if (box && form.contains(box) && document.activeElement.value !== document.activeElement.defaultValue) put(box.dataset.answer);
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const box = document.activeElement?.closest("[data-answer]");
  if (box) document.activeElement.blur();
  await flush();
  await flush();
  if (!queue.size) window.location.assign(text.next);
  else form.querySelector(".has-error :is(input, select, textarea), .has-error button")?.focus();
});

// What a lost connection or a closed page left behind.
const left = JSON.parse(sessionStorage.getItem(storageKey) ?? "{}");
Object.entries(left).forEach(([name, kept]) => {
  if (!boxOf(name)) return;
  const box = controlsOf(name)[0];
  write(name, box.type === "checkbox" && controlsOf(name).length === 1 ? kept.values.length > 0 : kept.values);
  if (kept.seen) seen[name] = kept.seen;
  queue.set(name, kept.values);
});
if (queue.size) flush();
