// Papers: a file goes up in pieces with its progress shown, and goes on where it stopped after a lost connection or a
// reload: the server knows the same file in the same place again. Without JavaScript the form is sent as it is.
// A form with a field for the upload's key says more than the file: it is sent once the pieces are there, with the key
// in place of the file.

const WAITS = [1_000, 3_000, 10_000, 30_000];
const NO_KEY = "00000000-0000-0000-0000-000000000000";
const WRONG_OFFSET = 409;

const pause = (milliseconds) => new Promise((resolve) => {
  const timer = setTimeout(resolve, milliseconds);
  window.addEventListener("online", () => { clearTimeout(timer); resolve(); }, { once: true });
});

class Refused extends Error {
  constructor(status, content) {
    super(String(status));
    this.status = status;
    this.received = content.received;
    this.sentences = content.errors ?? [String(status)];
  }
}

async function ask(url, options = {}) {
  const answer = await fetch(url, { credentials: "same-origin", ...options });
  const isJson = answer.headers.get("Content-Type")?.includes("json");
  if (answer.ok && isJson) return answer.json();
  // What is no answer of these addresses comes from something on the way: it is tried again.
  if (answer.status >= 500 || !isJson) throw new Error(String(answer.status));
  throw new Refused(answer.status, await answer.json());
}

function enhance(form) {
  const { start, piece, finish, owner, ownerKey } = form.dataset;
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
    const text = template.replace("#", percent);
    if (words.textContent !== text) words.textContent = text;
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

  function begin(file) {
    const body = new FormData();
    body.set(owner, ownerKey);
    body.set("kind", form.elements.kind.value);
    body.set("variety", form.elements.variety?.value ?? "");
    body.set("name", file.name);
    body.set("size", file.size);
    body.set("modified", file.lastModified);
    return patiently(() => ask(start, { method: "POST", body, headers }), 0, file.size);
  }

  async function sendPiece(file, key, from, most) {
    const url = `${address(piece, key)}?offset=${from}`;
    const sent = { ...headers, "Content-Type": "application/octet-stream" };
    try {
      return await patiently(
        () => ask(url, { method: "POST", body: file.slice(from, from + most), headers: sent }), from, file.size,
      );
    } catch (error) {
      // The piece arrived although its answer did not: the server says how far it is.
      if (error.status === WRONG_OFFSET && error.received !== from) return error;
      throw error;
    }
  }

  async function send(file) {
    const begun = await begin(file);
    let { received } = begun;
    while (received < file.size) {
      show(received, file.size, words.dataset.sending);
      ({ received } = await sendPiece(file, begun.key, received, begun.piece));
    }
    show(received, file.size, words.dataset.checking);
    return { key: begun.key, received };
  }

  async function finishAlone(file, { key, received }) {
    const body = new FormData();
    body.set("replaces", form.elements.replaces?.value ?? "");
    await patiently(() => ask(address(finish, key), { method: "POST", body, headers }), received, file.size);
  }

  function sendForm(key) {
    button.disabled = false;
    form.elements.upload.value = key;
    form.elements.file.value = "";
    form.requestSubmit();
  }

  form.addEventListener("submit", async (event) => {
    const file = form.elements.file.files[0];
    // What the form lacks is said by the server, in words.
    if (!file || (form.elements.variety && !form.elements.variety.value)) return;
    event.preventDefault();
    // What else was typed is not sent yet: until it is, the page is not left unasked.
    setTimeout(() => form.dispatchEvent(new Event("input", { bubbles: true })));
    button.disabled = true;
    try {
      const sent = await send(file);
      if (form.elements.upload) {
        sendForm(sent.key);
        return;
      }
      await finishAlone(file, sent);
      window.location.hash = form.closest("section[id]").id;
      window.location.reload();
    } catch (error) {
      refuse(error.sentences ?? [error.message]);
    } finally {
      button.disabled = false;
    }
  });
}

document.querySelectorAll("form[data-upload]").forEach(enhance);
