"""Forms of security keys: the package's own speak of codes where a key failed, and leave its name unlabelled."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# A name is shown in lists and sentences.
NAME_LENGTH = 60
_MISTAKES = {
    "required": _("No security key answered. Open the page again and follow the question of your browser."),
    "incorrect_code": _(
        "The answer of the security key could not be accepted: it is none of your keys, or the page was open too "
        "long or twice. Try again."
    ),
}


class _SpeaksOfKeys:
    def add_error(self, field: str | None, error: Any) -> None:
        """Tell a mistake of the key above the form: the field it goes through is hidden."""
        if field == "name":
            super().add_error(field, error)  # type: ignore[misc]  # the form it is mixed into
            return
        code = getattr(error, "code", "")
        sentence = _MISTAKES.get(code)
        told = ValidationError(sentence, code=code) if sentence else error
        super().add_error(None, told)  # type: ignore[misc]  # as above


class _LabelsTheName:
    fields: dict[str, Any]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
        self.fields["name"].widget.attrs["maxlength"] = NAME_LENGTH


class AddKeyForm(_SpeaksOfKeys, _LabelsTheName, forms.AddWebAuthnForm):
    """A new key."""

    def clean_name(self) -> str:
        """Cut a long name rather than refuse it: the key has already answered by then."""
        return super().clean_name()[:NAME_LENGTH]


class RenameKeyForm(_LabelsTheName, forms.EditWebAuthnForm):
    """Another name for a key."""

    def clean_name(self) -> str:
        """Cut as for a new key."""
        return str(self.cleaned_data["name"])[:NAME_LENGTH]


class UseKeyForm(_SpeaksOfKeys, forms.AuthenticateWebAuthnForm):
    """The answer of a key at the sign-in."""


class ConfirmByKeyForm(_SpeaksOfKeys, forms.ReauthenticateWebAuthnForm):
    """The answer of a key before a step that concerns the safety of the account."""


class CodeForm(AuthenticateForm):
    """The code of an app, or of the paper with recovery codes."""

    @property
    def has_app(self) -> bool:
        """Say whether the person has an app whose digits to ask for."""
        return Authenticator.objects.filter(user=self.user, type=Authenticator.Type.TOTP).exists()
