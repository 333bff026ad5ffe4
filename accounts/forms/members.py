from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.organisations import ReasonField
from accounts.models import Membership, Organisation
from accounts.roles import role_choices

_ADMINISTRATOR_HELP = _(
    "May invite colleagues and change their roles. An organisation should have at least two."
)


class InvitationForm(forms.Form):
    """A colleague to invite: the roles on offer are those of the organisation's kind."""

    email = forms.EmailField(label=_("E-mail of the colleague"))
    role = forms.ChoiceField(label=_("Role"))
    is_administrator = forms.BooleanField(
        label=_("Administrator of the organisation"), required=False, help_text=_ADMINISTRATOR_HELP
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["role"]).choices = role_choices(organisation.kind)


class MemberForm(forms.Form):
    """What a member may do in the organisation."""

    role = forms.ChoiceField(label=_("Role"))
    is_administrator = forms.BooleanField(
        label=_("Administrator of the organisation"), required=False, help_text=_ADMINISTRATOR_HELP
    )
    reason = ReasonField()

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial", {"role": membership.role, "is_administrator": membership.is_administrator}
        )
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["role"]).choices = role_choices(membership.organisation.kind)
