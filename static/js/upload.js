// Papers: a file goes up in pieces with its progress shown, and goes on where it stopped after a lost connection or a
// reload. Without JavaScript, or where a file takes the place of another, the form is sent as it is.

const PIECE = 1024 * 1024;
const WAITS = [1_000, 3_000, 10_000, 30_000];
const NO_KEY = "00000000-0000-0000-0000-000000000000";

const pause = (milliseconds) => new Promise((resolve) => {
  const timer = setTimeout(resolve, milliseconds);
  window.addEventListener("online", () => { clearTimeout(timer); resolve(); }, { once: true });
});

class Refused extends Error {
  constructor(sentences) {
    super(sentences.join(" "));
    this.sentences = sentences;
  }
}

async function ask(url, options = {}) {
  const answer = await fetch(url, { credentials: "same-origin", ...options });
  const isJson = answer.headers.get("Content-Type")?.includes("json");
  if (answer.ok && isJson) return answer.json();
  if (answer.status >= 500) throw new Error(String(answer.status));
  const content = isJson ? await answer.json() : {};
  throw new Refused(content.errors ?? [content.error ?? String(answer.status)]);
}

function enhance(form) {
  const { start, piece, state, finish, owner, ownerKey } = form.dataset;
  const bar = form.querySelector("[data-progress]");
  const meter = bar.querySelector("progress");
  const words = bar.querySelector("[data-progress-words]");
  const button = form.querySelector("button[type='submit']");
  const address = (pattern, key) => pattern.replace(NO_KEY, key);
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json" };

  function show(received, size, template) {
    const percent = size ? Math.floor((received / size) * 100) : 0;
    bar.hidden = false;
    meter.value = percent;
    words.textContent = template.replace("#", percent);
  }

  function refuse(sentences) {
    bar.hidden = true;
    form.querySelector(".error-summary")?.remove();
    const box = document.createElement("div");
    box.className = "error-summary";
    box.setAttribute("role", "alert");
    box.tabIndex = -1;
    const list = document.createElement("ul");
    sentences.forEach((sentence) => {
      const item = document.createElement("li");
      item.textContent = sentence;
      list.append(item);
    });
    box.append(list);
    form.prepend(box);
    box.focus();
  }

  async function begin(file, mark) {
    const known = localStorage.getItem(mark);
    if (known) {
      try {
        const found = await ask(address(state, known), { headers });
        if (found.size === file.size) return { key: known, received: found.received };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        localStorage.removeItem(mark);
      }
    }
    const body = new FormData();
    body.set(owner, ownerKey);
    body.set("kind", form.elements.kind.value);
    body.set("variety", form.elements.variety?.value ?? "");
    body.set("name", file.name);
    body.set("size", file.size);
    const made = await ask(start, { method: "POST", body, headers });
    localStorage.setItem(mark, made.key);
    return made;
  }

  async function patiently(act, received, size) {
    for (let failure = 0; ; failure += 1) {
      try {
        return await act();
      } catch (error) {
        if (error instanceof Refused) throw error;
        show(received, size, words.dataset.waiting);
        await pause(WAITS[Math.min(failure, WAITS.length - 1)]);
      }
    }
  }

  async function send(file) {
    const mark = ["upload", owner, ownerKey, form.elements.kind.value, file.name, file.size, file.lastModified].join(":");
    let { key, received } = await patiently(() => begin(file, mark), 0, file.size);
    while (received < file.size) {
      show(received, file.size, words.dataset.sending);
      const from = received;
      const body = file.slice(from, from + PIECE);
      const url = `${address(piece, key)}?offset=${from}`;
      const answer = await patiently(async () => {
        try {
          return await ask(url, { method: "POST", body, headers: { ...headers, "Content-Type": "application/octet-stream" } });
        } catch (error) {
          // The piece may have arrived although its answer did not: ask how far the server is.
          if (error instanceof Refused) {
            const now = await ask(address(state, key), { headers });
            if (now.received !== from) return now;
          }
          throw error;
        }
      }, from, file.size);
      received = answer.received;
    }
    show(received, file.size, words.dataset.checking);
    try {
      await patiently(() => ask(address(finish, key), { method: "POST", headers }), received, file.size);
    } finally {
      localStorage.removeItem(mark);
    }
  }

  form.addEventListener("submit", async (event) => {
    const file = form.elements.file.files[0];
    if (!file || form.elements.replaces?.value || (form.elements.variety && !form.elements.variety.value)) return;
    event.preventDefault();
    button.disabled = true;
    try {
      await send(file);
      const here = form.closest("[id]").id;
      window.location.hash = here;
      window.location.reload();
    } catch (error) {
      refuse(error.sentences ?? [error.message]);
    } finally {
      button.disabled = false;
    }
  });
}

document.querySelectorAll("form[data-upload]").forEach(enhance);
