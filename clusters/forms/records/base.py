"""The base of the registry's forms: sections, a reason, warnings to confirm, and edits that met another's."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.forms.records.fields import field_for
from core.changes import event_model_of
from core.files import store_upload
from core.forms import draw_with
from core.models import StoredFile

#: The paper a record was read from, in the order in which it is typed.
SOURCE = ("source_title", "source_number", "source_date", "source_class", "source_url", "source_upload")

Section = tuple[Any, Sequence[str]]


@dataclass(frozen=True)
class Conflict:
    """A field that changed between opening and saving: what was found, what another person stored, what was typed.

    ``is_contested`` says that both changed it; otherwise the other person's value was taken over.
    """

    label: str
    found: str
    stored: str
    typed: str
    is_contested: bool


class RecordForm(forms.ModelForm):
    """One record with the reason for the change.

    ``sections`` lays the fields out in the order of an officer's work. ``parent`` is what the record belongs to (a
    cluster, a project, a plan); ``place`` sets it on a new record. ``warnings`` names what is unusual and may be
    right: it is saved only after the person ticked that it is.
    """

    sections: ClassVar[Sequence[Section]] = ()
    #: Name of the foreign key to what the record belongs to.
    parent_name: ClassVar[str] = ""

    reason = forms.CharField(
        label=gettext_lazy("Reason for the entry"),
        max_length=300,
        help_text=gettext_lazy("Stands in the history: why, or by which paper."),
    )
    accept_warnings = forms.BooleanField(
        label=gettext_lazy("I have checked the points above; they are right as entered"), required=False
    )
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)
    source_upload = forms.FileField(
        label=gettext_lazy("File of the source"),
        required=False,
        help_text=gettext_lazy("PDF, Word, Excel or picture; its content is checked."),
    )
    # Declared after the upload: it reads the key that the upload of this very request left behind.
    source_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        formfield_callback = field_for

    def __init__(self, *args: Any, user: User, parent: Any = None, **kwargs: Any) -> None:
        self.user = user
        self.parent = parent
        self.conflicts: list[Conflict] = []
        self.open_warnings: list[Any] = []
        super().__init__(*args, **kwargs)
        if self.parent_name and parent is not None:
            setattr(self.instance, self.parent_name, parent)
        self.is_new = self.instance.pk is None
        if not self.is_new:
            self.initial.setdefault("seen_at", self.instance.updated_at.isoformat())
            self.fields["reason"].label = _("Reason for the change")
        if not hasattr(self.instance, "source_file_id"):
            self.take_no_file()
        self.prepare()
        # Mistakes are listed in the order in which the page asks.
        self.order_fields([name for _title, names in self.sections for name in names])

    def prepare(self) -> None:
        """Adapt the fields to the record and the person."""

    def take_no_file(self) -> None:
        """Leave out the file of the source."""
        del self.fields["source_upload"], self.fields["source_key"]

    def warnings(self) -> list[Any]:
        """Return sentences about what is unusual in the cleaned values."""
        return []

    def save_hanging(self) -> None:
        """Save what hangs on the record; runs in its transaction."""
        self._save_m2m()

    # --- Layout ---------------------------------------------------------------------------------------------------

    @property
    def has_mistakes(self) -> bool:
        """Whether something must be corrected, beyond warnings that wait to be accepted."""
        return bool(self.errors) and set(self.errors) != {"accept_warnings"}

    @property
    def laid_out(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The sections with those of their fields that the form has."""
        shown = []
        for title, names in self.sections:
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                shown.append((title, fields))
        return shown

    # --- Cleaning -------------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """Look for what is unusual once every field can be read."""
        cleaned = super().clean() or self.cleaned_data
        self.check(cleaned)
        if not self.errors:
            self.open_warnings = self.warnings()
            if self.open_warnings and not cleaned.get("accept_warnings"):
                self.add_error("accept_warnings", _("Correct the values, or tick that they are right."))
        return cleaned

    def check(self, cleaned: dict[str, Any]) -> None:
        """Check fields against each other; ``self.add_error`` names the field, the values, the rule, the remedy."""

    def in_order(self, *names: str) -> None:
        """Demand that the days, as far as they are given, follow each other."""
        earlier: tuple[str, dt.date] | None = None
        for name in names:
            day = self.cleaned_data.get(name)
            if not day:
                continue
            if earlier and day < earlier[1]:
                self.add_error(
                    name,
                    _("%(day)s lies before “%(earlier)s” (%(earlier_day)s). Correct one of the two.")
                    % {
                        "day": f"{day:%d/%m/%Y}",
                        "earlier": self.fields[earlier[0]].label,
                        "earlier_day": f"{earlier[1]:%d/%m/%Y}",
                    },
                )
                return
            earlier = (name, day)

    def at_most(self, part: str, whole: str) -> None:
        """Demand that one number does not exceed another."""
        small, large = self.cleaned_data.get(part), self.cleaned_data.get(whole)
        if small is not None and large is not None and small > large:
            field, other = self.fields[part], self.fields[whole]
            self.add_error(
                part,
                _("%(small)s is more than “%(whole)s” (%(large)s). Correct one of the two.")
                % {
                    "small": field.prepare_value(small),
                    "whole": other.label,
                    "large": other.prepare_value(large),
                },
            )

    def not_later_than_today(self, *names: str, today: dt.date) -> None:
        """Refuse days to come for what has already happened."""
        for name in names:
            day = self.cleaned_data.get(name)
            if day and day > today:
                self.add_error(
                    name, _("%(day)s has not come yet. Check the year.") % {"day": f"{day:%d/%m/%Y}"}
                )

    def clean_source_upload(self) -> Any:
        """Keep the file at once and its key in the form, so that mistakes elsewhere do not lose it."""
        upload = self.cleaned_data.get("source_upload")
        if upload:
            draw_with(self, source_key=str(store_upload(upload, user=self.user).key))
        return upload

    def clean_source_key(self) -> Any:
        """Take the file that came with this request or an earlier one of the same person, and say that it is kept."""
        key = self.cleaned_data["source_key"]
        if key is None:
            return None
        stored = StoredFile.objects.filter(key=key, uploaded_by=self.user).first()
        if stored is None:
            self.add_error("source_upload", _("The file that was sent is no longer there. Send it again."))
            return None
        self.instance.source_file = stored
        kept = _("Kept: %(name)s (SHA-256 %(hash)s). Choose a file only to take another one instead.")
        self["source_upload"].help_text = kept % {"name": stored.name, "hash": f"{stored.sha256[:12]}…"}
        return key

    # --- Edits that met another's ---------------------------------------------------------------------------------

    def was_overtaken(self) -> bool:
        """Say whether the record changed after the person opened the form."""
        if self.is_new or not self.is_bound:
            return False
        return str(self.data.get(self.add_prefix("seen_at"), "")) != self.instance.updated_at.isoformat()

    def meet(self, stored: models.Model) -> None:
        """Lay what was typed over what another person stored meanwhile, field by field; nothing typed is lost.

        Fields that only the other person changed take the stored value; of fields that both changed the typed value
        stays in the form and both are shown.
        """
        self.conflicts = lay_over(self, stored, self._as_found(stored), self._meta.fields or ())

    def _as_found(self, stored: models.Model) -> Any:
        """Return the state of the record that the person saw."""
        return as_found(stored, str(self.data.get(self.add_prefix("seen_at"), "")))


def as_found(stored: models.Model, seen_at: str) -> Any:
    """Return a record as it was last changed at ``seen_at``, from its history; what is stored if there is none."""
    try:
        seen = dt.datetime.fromisoformat(seen_at)
    except ValueError:
        return stored
    events = event_model_of(type(stored)).objects.filter(pgh_obj_id=stored.pk, updated_at=seen)
    return events.order_by("-pgh_id").first() or stored


def lay_over(form: forms.BaseForm, stored: Any, found: Any, names: Iterable[str]) -> list[Conflict]:
    """Lay the typed values of a form over what is stored by now; return the columns that changed meanwhile.

    ``found`` is the record as the person saw it. The form's data afterwards hold the stored values of the columns
    that only the other person changed, and the state that was compared with.
    """
    conflicts = []
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    columns = {column.name: column for column in stored._meta.concrete_fields}
    for name in names:
        field, column = form.fields.get(name), columns.get(name)
        if field is None or column is None:
            continue
        was, now = getattr(found, column.attname), getattr(stored, column.attname)
        key = form.add_prefix(name)
        typed = field.widget.value_from_datadict(form.data, form.files, key)
        theirs = was != now
        mine = field.has_changed(was, typed)
        if theirs and not (mine and not field.has_changed(now, typed)):
            conflicts.append(
                Conflict(
                    str(field.label),
                    _readable(field, was),
                    _readable(field, now),
                    _readable(field, typed) if mine else "",
                    mine,
                )
            )
        if theirs and not mine:
            _put(data, key, field, now)
    data[form.add_prefix("seen_at")] = stored.updated_at.isoformat()
    form.data = data
    return conflicts


def _put(data: Any, key: str, field: forms.Field, value: Any) -> None:
    if isinstance(field, forms.BooleanField) and not isinstance(field, forms.NullBooleanField):
        if value:
            data[key] = "on"
        else:
            data.pop(key, None)
        return
    shown = field.prepare_value(value)
    data[key] = field.widget.format_value(shown) if hasattr(field.widget, "format_value") else shown
    if data[key] is None:
        data[key] = ""
    elif isinstance(data[key], list):
        data.setlist(key, [str(one) for one in data[key]])


def _readable(field: forms.Field, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    choices = getattr(field, "choices", None)
    if choices is not None:
        return str(dict(_flat(choices)).get(value, value))
    return str(field.prepare_value(value))


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    return [(key, label) for key, label in choices if not isinstance(label, list | tuple)]
