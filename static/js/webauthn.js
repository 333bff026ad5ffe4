// Connects the page's button with the sign-in package's WebAuthn code, and shows its errors on the page.
const setup = document.querySelector("[data-webauthn]");
const { webauthn: action, credential } = setup.dataset;
const silent = document.getElementById("webauthn-problem");
const misplaced = document.getElementById("webauthn-misplaced");

document.addEventListener("allauth.error", (event) => {
  console.warn(event.detail.exception);
  // Browsers give keys to sites that have a name; a number as address is refused before any key is asked.
  const problem = event.detail.exception?.name === "SecurityError" ? misplaced : silent;
  silent.hidden = misplaced.hidden = true;
  problem.hidden = false;
  problem.setAttribute("role", "alert");
});

const forms = window.allauth.webauthn.forms;
const ids = { [action]: `webauthn-${action}`, credential, passwordless: "id_passwordless", data: "js_data" };
(action === "add" ? forms.addForm : forms.authenticateForm)({ ids });
