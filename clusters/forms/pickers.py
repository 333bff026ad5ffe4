"""Fields that take a record by what people know of it: a name or a tax code."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from clusters.models import Investor
from clusters.services.tax import masked
from core.search import contains
from core.text import fold

NAMED_AT_MOST = 5


class InvestorInput(forms.TextInput):
    """A text input with a list of suggestions that the server fills while somebody types."""

    template_name = "clusters/registry/widgets/investor_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add where the suggestions come from and go to."""
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["list_id"] = f"{widget['attrs'].get('id', name)}-investors"
        widget["attrs"] |= {
            "list": widget["list_id"],
            "autocomplete": "off",
            "hx-get": reverse_lazy("registry:investor_suggest"),
            "hx-target": f"#{widget['list_id']}",
            "hx-trigger": "input changed delay:250ms",
            "hx-vals": f'{{"field": "{name}"}}',
            "hx-params": f"{name},field",
        }
        return context


class InvestorField(forms.CharField):
    """An investor, typed as name or tax code; cleans to the ``Investor`` or None."""

    widget = InvestorInput
    default_error_messages = {
        "unknown": _(
            "No investor is recorded as “%(value)s”. Check the name or tax code, or enter the investor first."
        ),
        "several": _("“%(value)s” can mean several investors: %(candidates)s. Type the tax code."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Investor"))
        kwargs.setdefault("help_text", _("Name or tax code."))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored investor so that it reads back as the same one."""
        if isinstance(value, int):
            value = Investor.objects.filter(pk=value).first()
        return written(value) if isinstance(value, Investor) else value

    def to_python(self, value: Any) -> Investor | None:
        """Read what was typed; raise ValidationError unless it is one investor."""
        if isinstance(value, Investor):
            return value
        text = super().to_python(value)
        if not text:
            return None
        name, _separator, code = text.rpartition(" – ")
        by_code = (
            Investor.objects.filter(tax_code__in=[text.strip(), code.strip()]).exclude(tax_code="").first()
        )
        if by_code:
            return by_code
        offers = list(Investor.objects.filter(contains(name or text)).order_by("sort_key", "pk")[:50])
        exact = [row for row in offers if fold(row.name) == fold(text)]
        found = exact or offers
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(self.error_messages["unknown"], "unknown", {"value": text})
        names = "; ".join(written(row) for row in found[:NAMED_AT_MOST])
        more = "; …" if len(found) > NAMED_AT_MOST else ""
        raise ValidationError(
            self.error_messages["several"], "several", {"value": text, "candidates": names + more}
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare by what is shown."""
        return super().has_changed(self.prepare_value(initial), data)


def written(investor: Investor) -> str:
    """Return a name that the field reads back: with the tax code where there is one, a person's number masked."""
    return f"{investor.name} – {masked(investor.tax_code)}" if investor.tax_code else investor.name
