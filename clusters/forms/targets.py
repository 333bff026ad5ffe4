"""Fields that take a line of the List or a cluster by its name."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster, PlannedCluster
from clusters.targets import find_established, find_lines, find_registered, written
from core.text import fold
from places.models import Province

NAMED_AT_MOST = 5


class TargetInput(forms.TextInput):
    """A text input that static/js/place-picker.js turns into a combobox; without scripts it stays a text input."""

    template_name = "places/widgets/place_input.html"
    kind = ""
    province: Province | None = None

    class Media:
        js = (forms.Script("js/place-picker.js", type="module"),)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the address that suggestions come from."""
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["list_id"] = f"{widget['attrs'].get('id', name)}-targets"
        query = f"?{urlencode({'province': self.province.code})}" if self.province else ""
        widget["attrs"] |= {
            "autocomplete": "off",
            "data-place-picker": reverse("target_suggest", args=[self.kind]) + query,
            "data-place-list": widget["list_id"],
        }
        return context


class TargetField(forms.CharField):
    """A line of the List or a cluster, typed as name and place; cleans to the record or None."""

    widget = TargetInput
    kind = ""
    model: Any = None
    default_error_messages = {
        "several": _("“%(value)s” can mean several: %(candidates)s. Type the name with its commune.")
    }

    def __init__(self, *, province: Province | None = None, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("Type a part of the name or of the place; former names and districts work too.")
        )
        super().__init__(**kwargs)
        self.province = province
        self.widget.kind, self.widget.province = self.kind, province

    def find(self, text: str) -> list[Any]:
        """Return what the text can mean."""
        raise NotImplementedError(f"{type(self).__name__} does not say where it looks.")

    def prepare_value(self, value: Any) -> Any:
        """Show a stored record so that it reads back as the same one."""
        if isinstance(value, int):
            value = self.model.objects.filter(pk=value).first()
        return written(value) if isinstance(value, self.model) else value

    def to_python(self, value: Any) -> Any:
        """Read what was typed; raise ValidationError unless it is one record."""
        if isinstance(value, self.model):
            return value
        text = super().to_python(value)
        if not text:
            return None
        found = self.find(text)
        exact = [row for row in found if fold(written(row)) == fold(text)]
        named = exact or [row for row in found if fold(row.name) == fold(text)] or found
        if len(named) == 1:
            return named[0]
        if not named:
            raise ValidationError(self.error_messages["unknown"], "unknown", {"value": text})
        names = "; ".join(written(row) for row in named[:NAMED_AT_MOST])
        more = "; …" if len(named) > NAMED_AT_MOST else ""
        raise ValidationError(
            self.error_messages["several"], "several", {"value": text, "candidates": names + more}
        )


class PlannedLineField(TargetField):
    """A line of a province's List."""

    kind = "planned"
    model = PlannedCluster
    default_error_messages = {
        "unknown": _(
            "No line of a List in force is found by “%(value)s”. A cluster that is not on the List cannot be "
            "established: ask the Department of Industry and Trade."
        )
    }

    def find(self, text: str) -> list[Any]:
        """Look through the Lists in force."""
        return find_lines(text, self.province, limit=50)


class EstablishedClusterField(TargetField):
    """An established cluster."""

    kind = "established"
    model = Cluster
    default_error_messages = {
        "unknown": _("No established cluster is found by “%(value)s”. Look it up in the cluster directory.")
    }

    def find(self, text: str) -> list[Any]:
        """Look through the published clusters."""
        return find_established(text, self.province, limit=50)


class RegisteredClusterField(TargetField):
    """A planned cluster of the registry, where the List of the province is not in the portal."""

    kind = "registered"
    model = Cluster
    default_error_messages = {
        "unknown": _(
            "No planned cluster of the registry is found by “%(value)s”. A cluster that is not planned cannot be "
            "established: ask the Department of Industry and Trade."
        )
    }

    def find(self, text: str) -> list[Any]:
        """Look through the planned clusters."""
        return find_registered(text, self.province, limit=50)
