// A combobox over a plain text input (WAI-ARIA "editable combobox with list autocomplete").
// Arrow keys move, Enter takes, Escape closes; what is typed always stays valid input for the server.

const WAIT_MS = 150;

function enhance(input) {
  const list = document.getElementById(input.dataset.placeList);
  const status = input.parentElement.querySelector("[data-place-status]");
  if (!list || input.getAttribute("role") === "combobox") return;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  let timer = 0;
  let request = null;
  let active = -1;

  const options = () => [...list.children];

  function close() {
    list.hidden = true;
    list.classList.remove("show");
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  }

  function move(to) {
    const all = options();
    if (!all.length) return;
    active = (to + all.length) % all.length;
    all.forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === active));
      option.classList.toggle("active", index === active);
    });
    input.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  }

  function take(option) {
    input.value = option.dataset.text;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function show(answer) {
    list.replaceChildren(
      ...answer.results.map((result, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.className = "dropdown-item d-block text-wrap";
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.text = result.text;
        option.append(result.text);
        if (result.hint) {
          const hint = document.createElement("small");
          hint.className = "d-block text-secondary";
          hint.textContent = result.hint;
          option.append(hint);
        }
        return option;
      }),
    );
    status.textContent = answer.message;
    active = -1;
    if (!answer.results.length) return close();
    list.hidden = false;
    list.classList.add("show");
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    request?.abort();
    const text = input.value.trim();
    if (!text) return close();
    request = new AbortController();
    const url = new URL(input.dataset.placePicker, document.baseURI);
    url.searchParams.set("q", text);
    try {
      const response = await fetch(url, { signal: request.signal, headers: { Accept: "application/json" } });
      if (response.ok && document.activeElement === input) show(await response.json());
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "ArrowDown") {
      event.preventDefault();
      if (open) move(active + 1);
      else ask();
    } else if (event.key === "ArrowUp" && open) {
      event.preventDefault();
      move(active < 0 ? -1 : active - 1);
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      take(options()[active]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault(); // keeps the focus in the input
    if (option) take(option);
  });
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    close();
  });
}

function enhanceAll(root) {
  root.querySelectorAll("input[data-place-picker]").forEach(enhance);
}

enhanceAll(document);
document.addEventListener("htmx:load", (event) => enhanceAll(event.detail.elt));
