"""Forms of security keys: the sign-in package's own leave the name of a key without a label to translate."""

from typing import Any

from allauth.mfa.webauthn import forms
from django.utils.translation import gettext_lazy as _


class _LabelsTheName:
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")


class AddKeyForm(_LabelsTheName, forms.AddWebAuthnForm):
    """A new key."""


class RenameKeyForm(_LabelsTheName, forms.EditWebAuthnForm):
    """Another name for a key."""
