from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from accounts.roles import EXTENT_OF_KIND, Extent, OrganisationKind, kind_choices
from core.text import fold
from places.models import Commune, Province


class ReasonField(forms.CharField):
    """Why something is changed; it goes to the history."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Reason of the change"))
        options.setdefault(
            "help_text", gettext_lazy("Kept in the history, for example the number of the decision.")
        )
        super().__init__(max_length=255, **options)


class OrganisationFilterForm(forms.Form):
    """Search in the list of organisations; an unknown kind is taken for none."""

    q = forms.CharField(label=gettext_lazy("Name or tax code"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of organisation"),
        required=False,
        choices=lambda: [("", _("All kinds")), *kind_choices()],
    )


class OrganisationForm(forms.Form):
    """A new authority or investor."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of organisation"), choices=kind_choices)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=255)
    short_name = forms.CharField(label=gettext_lazy("Short name"), max_length=80, required=False)
    tax_code = forms.CharField(label=gettext_lazy("Tax code"), max_length=14, required=False)
    province = forms.ModelChoiceField(
        label=gettext_lazy("Province"),
        queryset=Province.objects.none(),
        required=False,
        help_text=gettext_lazy(
            "Needed for authorities of a province or commune: their data scope follows from it."
        ),
    )
    commune = forms.CharField(
        label=gettext_lazy("Commune"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Name or code, only for a commune People's Committee."),
    )
    reason = ReasonField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["province"]).queryset = Province.objects.in_force()

    def clean(self) -> dict[str, Any]:
        """Find the commune by name or code within the province, and ask for the place that the kind needs."""
        data = super().clean() or {}
        extent = EXTENT_OF_KIND[OrganisationKind(data["kind"])] if data.get("kind") else None
        if extent in (Extent.PROVINCE, Extent.COMMUNE) and not data.get("province"):
            self.add_error("province", _("An authority of this kind needs its province."))
        if extent != Extent.COMMUNE:
            data["commune"] = None
        elif not data.get("commune"):
            self.add_error("commune", _("A commune People's Committee needs its commune."))
        elif data.get("province"):
            data["commune"] = self._find_commune(data["province"], data["commune"])
        return data

    def _find_commune(self, province: Province, text: str) -> Commune | None:
        wanted = fold(text)
        found = [
            commune
            for commune in Commune.objects.in_force().filter(province=province)
            if wanted in {commune.code, fold(commune.name_vi), fold(commune.full_name_vi)}
        ]
        if len(found) == 1:
            return found[0]
        if found:
            message = _("%(text)s fits several communes: %(names)s. Give the code.") % {
                "text": text,
                "names": ", ".join(f"{commune.full_name} ({commune.code})" for commune in found),
            }
        else:
            message = _(
                "There is no commune %(text)s in %(province)s today. Check the name or give the code."
            ) % {
                "text": text,
                "province": province,
            }
        self.add_error("commune", ValidationError(message))
        return None


class OrganisationNamesForm(forms.ModelForm):
    """The names of an organisation that exists."""

    reason = ReasonField()

    class Meta:
        model = Organisation
        fields = ["name", "short_name", "tax_code"]


class ReasonForm(forms.Form):
    """A step that needs nothing but its reason."""

    reason = ReasonField()
