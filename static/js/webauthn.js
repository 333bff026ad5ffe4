// Connects the page's button with the sign-in package's WebAuthn code, and says on the page how it goes.
const place = document.querySelector("[data-webauthn]");
const { webauthn: action, credential } = place.dataset;
const button = document.getElementById(`webauthn-${action}`);
const { form } = document.getElementById(credential);

// Browsers give keys only to sites that have a name; a number as address is refused whatever key there is.
const isNamed = window.isSecureContext && !/^[\d.]+$|^\[/.test(window.location.hostname);
// Whatever else goes wrong, the key gave no answer.
const REASONS = { InvalidStateError: "known", SecurityError: "misplaced" };
let isAsking = false;

function say(what) {
  for (const sentence of place.children) sentence.hidden = sentence.dataset.says !== what;
}

function connect() {
  // Comes before the package's own listener: a second question while one is open would end the first.
  button.addEventListener("click", (event) => {
    if (isAsking) event.stopImmediatePropagation();
    else say("waiting");
    isAsking = true;
  });
  document.addEventListener("allauth.error", (event) => {
    const problem = event.detail.exception;
    isAsking = false;
    say(REASONS[problem.name] ?? "silent");
    // A refusal is told above. An error of ours belongs on the console, where the package puts it.
    if (problem instanceof DOMException) event.preventDefault();
  });
  // Whoever comes back with the browser's button finds the page as it was left: asking.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) { isAsking = false; say(""); }
  });
  const ids = { [action]: button.id, credential, passwordless: "id_passwordless", data: "js_data" };
  const { addForm, authenticateForm } = window.allauth.webauthn.forms;
  (action === "add" ? addForm : authenticateForm)({ ids });
  button.hidden = false;
}

if (isNamed && window.webauthnJSON.supported()) connect();
else say(isNamed ? "unsupported" : "misplaced");

// Enter in the name of a key means the button: sent as it is, the form would lack the key.
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!button.hidden) button.click();
});
