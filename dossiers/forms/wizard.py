"""What the pages of a filing wizard have in common, whatever they ask."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _


class SectionForm(forms.Form):
    """Answers of an application, as they are typed. A draft may have gaps, so no field is demanded here.

    The concrete room adds the fields and says in ``needed`` which ones must be filled before filing; what is missing
    is listed by the procedure, all of it at once.
    """

    needed: frozenset[str] = frozenset()

    def keep_only(self, names: Collection[str]) -> None:
        """Ask only for some of the fields (one that is saved alone, those a supplement is about)."""
        self.fields = {name: field for name, field in self.fields.items() if name in names}

    def answers(self) -> dict[str, Any]:
        """Return what was typed as plain values for an application's ``data``; faulty fields are left out."""
        raise NotImplementedError(f"{type(self).__name__} does not say how its answers are kept.")

    def remark(self, name: str) -> str:
        """Return a sentence to stand below a field about its present value (an amount in words); mostly none."""
        return ""

    @property
    def lines(self) -> list["Line"]:
        """The fields in order, each with what a page shows beside it."""
        return [Line(self, name) for name in self.fields]


class Line:
    """One field on a page of the wizard."""

    def __init__(self, form: SectionForm, name: str) -> None:
        self.name = name
        self.field: Any = form[name]
        self.is_needed = name in form.needed
        self.remark = form.remark(name)

    @property
    def kind(self) -> str:
        """How the field is laid out: ``checkbox``, ``several`` or ``plain``."""
        widget = self.field.field.widget
        if isinstance(widget, forms.CheckboxSelectMultiple):
            return "several"
        return "checkbox" if isinstance(widget, forms.CheckboxInput) else "plain"

    @property
    def typed(self) -> Any:
        """The value as it stands in the control: a text, a list of texts, or whether a box is ticked."""
        value = self.field.value()
        if self.kind == "several":
            return [str(one) for one in value or []]
        if self.kind == "checkbox":
            return bool(value)
        if value in (None, ""):
            return ""
        shown = self.field.field.widget.format_value(value)
        # A list to choose from formats its one value as a list.
        return "".join(shown) if isinstance(shown, list) else str(shown or "")

    @property
    def words(self) -> str:
        """The value as a reader sees it, empty where nothing is filled in."""
        value = self.typed
        if self.kind == "checkbox":
            return _("yes") if value else _("no")
        choices = getattr(self.field.field, "choices", None)
        if choices is None:
            return str(value)
        labels = {str(key): str(label) for key, label in choices}
        chosen = value if isinstance(value, list) else [value]
        return "; ".join(labels.get(one, one) for one in chosen if one)
