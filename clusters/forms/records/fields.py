"""Which form field a column of the registry gets, and the picker of industries."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clusters.forms.dates import DayField
from clusters.forms.pickers import InvestorField
from clusters.models import Industry, Investor
from core.forms import NumberField
from core.text import fold
from places.forms import CommuneChoiceField, ProvinceChoiceField
from places.models import Commune, Province

NAMED_AT_MOST = 5


class IndustryInput(forms.TextInput):
    """A text input that static/js/place-picker.js turns into a combobox over the industry classification."""

    template_name = "clusters/records/widgets/industry_input.html"

    class Media:
        js = (forms.Script("js/place-picker.js", type="module"),)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the address that suggestions come from."""
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["list_id"] = f"{widget['attrs'].get('id', name)}-industries"
        widget["attrs"] |= {
            "autocomplete": "off",
            "data-place-picker": str(reverse_lazy("registry:industry_suggest")),
            "data-place-list": widget["list_id"],
        }
        return context


class IndustryField(forms.CharField):
    """A line of the industry classification, typed as code or name; cleans to the ``Industry`` or None."""

    widget = IndustryInput
    default_error_messages = {
        "unknown": _(
            "No industry of VSIC 2018 or 2025 is “%(value)s”. Type its code, or a word of its name."
        ),
        "several": _("“%(value)s” can mean several industries: %(candidates)s. Type the code."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Industry (VSIC)"))
        kwargs.setdefault("help_text", _("Code or name; tone marks do not matter."))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored industry so that it reads back as the same one."""
        if isinstance(value, int):
            value = Industry.objects.filter(pk=value).first()
        return written(value) if isinstance(value, Industry) else value

    def to_python(self, value: Any) -> Industry | None:
        """Read what was typed; raise ValidationError unless it is one industry."""
        if isinstance(value, Industry):
            return value
        text = super().to_python(value)
        if not text:
            return None
        edition = re.search(r"\(VSIC (2018|2025)\)", text)
        code = re.match(r"[A-Za-z]?[0-9]*", text.strip())
        known = Industry.objects.order_by("-edition", "code")
        if edition:
            known = known.filter(edition=edition[1])
        if code and code[0] and (found := known.filter(code=code[0].upper()).first()):
            return found
        offers = find_industries(re.sub(r"\(VSIC \d+\)", "", text))
        exact = [row for row in offers if fold(row.name_vi) == fold(text)]
        found_rows = exact or offers
        if len(found_rows) == 1 or exact:
            return found_rows[0]
        if not offers:
            raise ValidationError(self.error_messages["unknown"], "unknown", {"value": text})
        names = "; ".join(written(row) for row in offers[:NAMED_AT_MOST])
        more = "; …" if len(offers) > NAMED_AT_MOST else ""
        raise ValidationError(
            self.error_messages["several"], "several", {"value": text, "candidates": names + more}
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare by what is shown."""
        return super().has_changed(self.prepare_value(initial), data)


def find_industries(text: str, limit: int = 20) -> list[Industry]:
    """Return industries whose code begins with the text or whose name holds its words, the newest edition first."""
    text = text.strip()
    if not text:
        return []
    condition = models.Q(code__startswith=text.upper()) if text.isalnum() and len(text) <= 6 else models.Q()
    if fold(text) and not text.isdigit():
        condition |= _begins_words(text)
    if not condition:
        return []
    return list(Industry.objects.filter(condition).order_by("-edition", "code")[:limit])


def _begins_words(text: str) -> models.Q:
    """Return the condition "every word begins a word of the name": inside of words a syllable means nothing."""
    condition = models.Q()
    for word in fold(text).split():
        condition &= models.Q(search__startswith=word) | models.Q(search__contains=f" {word}")
    return condition


def written(industry: Industry) -> str:
    """Return a text that the field reads back: code, name, edition."""
    return f"{industry.code} {industry.name} (VSIC {industry.edition})"


def field_for(column: models.Field, **kwargs: Any) -> forms.Field | None:
    """Return the form field of a column: days as on paper, numbers as people write them, records by name."""
    if column.choices is None and isinstance(column, models.DateField):
        return DayField(**_common(column))
    if isinstance(column, models.PositiveIntegerField | models.PositiveSmallIntegerField):
        if "year" in str(column.verbose_name) or column.name.startswith("period_"):
            return forms.IntegerField(
                **_common(column), min_value=1990, max_value=2100, widget=forms.TextInput
            )
        return NumberField(**_common(column), min_value=0, decimal_places=0, max_digits=9)
    if isinstance(column, models.TextField):
        return forms.CharField(**_common(column), widget=forms.Textarea(attrs={"rows": 3}))
    if isinstance(column, models.ForeignKey):
        maker = _RECORD_FIELDS.get(column.related_model)
        if maker:
            common = _common(column)
            if not common["help_text"]:
                common.pop("help_text")
            return maker(**common)
    if isinstance(column, models.DecimalField) and type(column) is models.DecimalField:
        return NumberField(
            **_common(column), min_value=0, decimal_places=column.decimal_places, max_digits=column.max_digits
        )
    return column.formfield(**kwargs)


_RECORD_FIELDS: dict[Any, Any] = {
    Investor: InvestorField,
    Industry: IndustryField,
    Commune: CommuneChoiceField,
    Province: ProvinceChoiceField,
}


def _common(column: models.Field) -> dict[str, Any]:
    return {
        "label": capfirst(column.verbose_name),
        "required": not column.blank,
        "help_text": column.help_text,
    }
