// Connects the page's button with the sign-in package's WebAuthn code, and shows its errors on the page.
const setup = document.querySelector("[data-webauthn]");
const { webauthn: action, credential } = setup.dataset;
const problem = document.getElementById("webauthn-problem");

document.addEventListener("allauth.error", (event) => {
  console.warn(event.detail.exception);
  problem.hidden = false;
  problem.setAttribute("role", "alert");
});

const forms = window.allauth.webauthn.forms;
const ids = { [action]: `webauthn-${action}`, credential, passwordless: "id_passwordless", data: "js_data" };
(action === "add" ? forms.addForm : forms.authenticateForm)({ ids });
