"""Forms about who has a dossier on the desk, who is away, complaints and conditions."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from core.forms import DayField
from dossiers.choices import Part
from dossiers.forms.office.base import DossierForm
from dossiers.models import Complaint, Condition, Delegation, Dossier
from dossiers.services.actors import colleagues
from dossiers.services.clocks import extend_step
from dossiers.services.law import regimes_to_choose, settle_regime
from dossiers.services.people import (
    add_condition,
    answer_complaint,
    assign_dossier,
    check_condition,
    delegate,
)
from law.provisions import DayUnit

LONG = forms.Textarea(attrs={"rows": 4})


class PersonField(forms.ChoiceField):
    """One of several people; cleans to the person."""

    def __init__(self, *, people: list[User], me: Any = None, **kwargs: Any) -> None:
        self.people = {str(one.pk): one for one in people}
        choices = [("", _("choose a person"))]
        choices += [
            (key, f"{one} ({_('myself')})" if one == me else str(one)) for key, one in self.people.items()
        ]
        super().__init__(choices=choices, **kwargs)

    def clean(self, value: Any) -> User | None:
        """Return the person."""
        return self.people.get(super().clean(value))


def people_for(dossiers: list[Dossier]) -> list[User]:
    """List who could have one of the dossiers on the desk, by name; units that several wait for are asked once."""
    asked: set[tuple[str, int, int | None]] = set()
    found: dict[int, User] = {}
    for dossier in dossiers:
        unit = (dossier.waiting_for, dossier.province_id, dossier.commune_id)
        if unit not in asked:
            asked.add(unit)
            found.update({one.pk: one for one in colleagues(Part(dossier.waiting_for), dossier)})
    return sorted(found.values(), key=lambda one: (one.full_name, one.pk))


class AssignForm(DossierForm):
    """Give a dossier to a colleague, or take it."""

    title = _("Assign the dossier")
    submit = _("Assign")
    done = _("The dossier is assigned.")
    names: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = PersonField(
            label=_("To"), people=people_for([self.dossier]), me=self.user, initial=str(self.user.pk)
        )
        self.fields["reason"] = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def apply(self) -> Any:
        """Assign."""
        return assign_dossier(
            dossier=self.dossier,
            to=self.cleaned_data["to"],
            actor=self.user,
            reason=self.cleaned_data["reason"],
            seen=self.version,
        )


class AssignManyForm(forms.Form):
    """Give several dossiers to one person."""

    def __init__(self, *args: Any, people: list[User], me: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = PersonField(label=_("To"), people=people, me=me, initial=str(me.pk))
        self.fields["reason"] = forms.CharField(label=_("Reason"), max_length=300, required=False)


class ExtendForm(DossierForm):
    """More time for the running step."""

    title = _("Extend the time limit")
    submit = _("Extend")
    done = _("The time limit is extended; the trace of the clock shows it.")
    anchor = "clock"

    days = forms.IntegerField(label=_("Number of days"), min_value=1, max_value=365)
    unit = forms.ChoiceField(label=_("Counted in"), choices=DayUnit.choices)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=LONG, help_text=_("It stands in the trace of the clock.")
    )

    def apply(self) -> Any:
        """Extend."""
        data = self.cleaned_data
        return extend_step(
            dossier=self.dossier,
            days=data["days"],
            unit=DayUnit(data["unit"]),
            reason=data["reason"],
            actor=self.user,
            seen=self.version,
        )


class RegimeForm(DossierForm):
    """Settle which law the case follows."""

    title = _("Settle which law the case follows")
    lead = _(
        "The transitional articles leave this open. What you settle stands on the dossier with your reason; the "
        "clock is computed anew."
    )
    submit = _("Settle")
    question = _("The case follows this law from now on. Continue?")
    done = _("The law of the case is settled.")
    anchor = "law"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regime_code"] = forms.ChoiceField(
            label=_("Law"),
            choices=[(regime.code, str(regime)) for regime in regimes_to_choose(self.dossier)],
            widget=forms.RadioSelect,
            initial=self.dossier.regime_code,
        )
        self.fields["reason"] = forms.CharField(label=_("Reason"), widget=LONG)

    def apply(self) -> Any:
        """Settle."""
        return settle_regime(
            dossier=self.dossier,
            regime_code=self.cleaned_data["regime_code"],
            reason=self.cleaned_data["reason"],
            actor=self.user,
            seen=self.version,
        )


class ComplaintAnswerForm(DossierForm):
    """Answer a complaint."""

    title = _("Answer the complaint")
    submit = _("Send the answer")
    question = _("The applicant gets the answer now. Continue?")
    done = _("The complaint is answered.")
    anchor = "complaints"
    answer = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        self.complaint = complaint
        super().__init__(*args, **kwargs)
        self.lead = complaint.text

    def apply(self) -> Any:
        """Answer."""
        return answer_complaint(complaint=self.complaint, answer=self.cleaned_data["answer"], actor=self.user)


class ConditionForm(DossierForm):
    """Note a condition of the decision."""

    title = _("Note a condition of the decision")
    submit = _("Note it")
    done = _("The condition is noted.")
    anchor = "conditions"
    text = forms.CharField(label=_("Condition, as the decision has it"), widget=LONG)
    check_on = DayField(label=_("Somebody looks whether it is kept on"))

    def apply(self) -> Any:
        """Note it."""
        data = self.cleaned_data
        return add_condition(
            dossier=self.dossier, text=data["text"], check_on=data["check_on"], actor=self.user
        )


class CheckConditionForm(DossierForm):
    """Say whether a condition was kept."""

    title = _("Check a condition")
    submit = _("Record what was found")
    done = _("What was found is recorded.")
    anchor = "conditions"
    done_on = DayField(label=_("Kept on"), required=False, help_text=_("Empty: not kept yet."))
    note = forms.CharField(label=_("What was found"), widget=LONG, required=False)
    next_check = DayField(label=_("Looked at again on"), required=False)

    def __init__(self, *args: Any, condition: Condition, **kwargs: Any) -> None:
        self.condition = condition
        super().__init__(*args, **kwargs)
        self.lead = condition.text

    def apply(self) -> Any:
        """Record it."""
        return check_condition(
            condition=self.condition,
            done_on=self.cleaned_data["done_on"],
            note=self.cleaned_data["note"],
            next_check=self.cleaned_data["next_check"],
            actor=self.user,
        )


class DelegationForm(forms.Form):
    """Let a colleague have one's dossiers while one is away; a leader may enter it for the unit."""

    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("To (last day)"))
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
    field_order = ("absent", "deputy", "starts_on", "ends_on", "reason")

    def __init__(self, *args: Any, user: Any, led: frozenset[int], **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        units = {m.organisation_id for m in user.active_memberships}
        people = unit_people(units)
        absent = unit_people(led) if led else [user]
        if user not in absent:
            absent = [user, *absent]
        self.fields["absent"] = PersonField(
            label=_("Who is away"), people=absent, me=user, initial=str(user.pk)
        )
        self.fields["deputy"] = PersonField(
            label=_("Deputy"), people=[one for one in people if led or one != user], me=user
        )
        self.order_fields(self.field_order)

    def apply(self) -> Delegation | None:
        """Enter it; None with the errors on the form when it is refused."""
        data = self.cleaned_data
        try:
            return delegate(
                absent=data["absent"],
                deputy=data["deputy"],
                starts_on=data["starts_on"],
                ends_on=data["ends_on"],
                reason=data["reason"],
                actor=self.user,
            )
        except ValidationError as error:
            self.add_error(None, error.messages)
            return None

    def clean_ends_on(self) -> dt.date:
        """Refuse days that are over."""
        day: dt.date = self.cleaned_data["ends_on"]
        if day < timezone.localdate():
            raise ValidationError(_("These days are over."))
        return day


def unit_people(organisations: Any) -> list[User]:
    """List the active people of organisations, by name."""
    memberships = (
        Membership.objects.active()
        .filter(organisation_id__in=list(organisations))
        .select_related("user")
        .order_by("user__full_name", "pk")
    )
    return list({m.user_id: m.user for m in memberships}.values())
