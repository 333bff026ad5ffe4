"""The tables of casework lists."""

from typing import Any

import django_tables2 as tables
from django.db.models import Case, CharField, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.lists.columns import ExportColumn, in_language
from core.templatetags.portal import NO_FIGURE, day, iso, moment
from dossiers.choices import Part
from dossiers.filters import procedure_choices, state_choices
from dossiers.lights import light_of_row
from dossiers.models import Dossier, OpinionRequest
from dossiers.templatetags.casework import days_since


def _tag(tone: str, words: str) -> SafeString:
    return format_html('<span class="tag tag-{}">{}</span>', tone, words)


class DossierTable(tables.Table):
    """Dossiers with their light, whose turn it is and since when."""

    code = tables.Column(_("Code"), attrs={"td": {"class": "nowrap"}})
    title = tables.Column(_("Matter"), attrs={"td": {"class": "dossier-cell"}})
    standing = tables.Column(_("Deadline"), accessor="due_on", empty_values=())
    state = tables.Column(_("State"), order_by=("state",))
    waiting = tables.Column(_("Waits for"), accessor="waiting_for")
    waiting_since = tables.Column(_("Waiting"), order_by=("waiting_since",))
    assignee = tables.Column(_("On the desk of"), order_by=("assignee__full_name",), empty_values=())
    commune = tables.Column(_("Commune"), order_by=("commune__sort_key",))
    received_on = tables.Column(_("Received"))
    procedure = tables.Column(_("Procedure"), accessor="procedure_code")
    regime = tables.Column(_("Law"), accessor="regime_code")

    class Meta:
        model = Dossier
        fields: tuple[str, ...] = ()
        default = NO_FIGURE
        empty_text = _("No dossier here.")
        attrs = {"class": "table"}

    def render_title(self, record: Dossier) -> SafeString:
        """Lead to the dossier."""
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.title)

    def render_standing(self, record: Dossier) -> SafeString:
        """Show the light in words, and the day."""
        light = light_of_row(record)
        if not record.is_open or record.due_on is None:
            return _tag(light.tone, light.words)
        return format_html(
            '<span>{}<span class="source-note"><time datetime="{}">{}</time></span></span>',
            _tag(light.tone, light.words),
            iso(record.due_on),
            day(record.due_on),
        )

    def render_state(self, record: Dossier) -> str:
        """Name the state."""
        return str(capfirst(record.get_state_display()))

    def render_waiting(self, record: Dossier) -> str:
        """Name the unit whose turn it is."""
        return str(capfirst(record.get_waiting_for_display()))

    def render_waiting_since(self, record: Dossier) -> SafeString:
        """Say for how long."""
        return format_html(
            '<span>{}<span class="source-note">{}</span></span>',
            days_since(record.waiting_since),
            moment(record.waiting_since),
        )

    def render_assignee(self, record: Dossier) -> str:
        """Name who has it."""
        return str(record.assignee) if record.assignee else str(_("not assigned yet"))

    def render_commune(self, record: Dossier) -> str:
        """Name the commune."""
        return record.commune.full_name if record.commune else NO_FIGURE

    def render_received_on(self, value: Any) -> str:
        """Show the day."""
        return day(value)

    def render_procedure(self, record: Dossier) -> str:
        """Name the procedure."""
        return str(record.procedure.title)


def _words(column: str, choices: Any) -> Any:
    """Return an expression that writes stored codes in words, for files."""

    def expression() -> Case:
        return Case(
            *(When(**{column: code}, then=Value(str(label))) for code, label in choices()),
            default=Value(""),
            output_field=CharField(),
        )

    return expression


#: What a file hands over where the page draws.
DOSSIER_EXPORT: dict[str, Any] = {
    "standing": ExportColumn("due_on", label=_("Due")),
    "state": ExportColumn(_words("state", state_choices)),
    "waiting": ExportColumn("waiting_for", choices=Part.choices),
    "waiting_since": ExportColumn("waiting_since", label=_("Waiting since")),
    "assignee": "assignee__full_name",
    "commune": in_language("commune__full_name"),
    "procedure": ExportColumn(_words("procedure_code", procedure_choices)),
}


class OpinionTable(tables.Table):
    """Requests for the opinion of one's own agency."""

    dossier = tables.Column(
        _("Dossier"), order_by=("dossier__code",), attrs={"td": {"class": "dossier-cell"}}
    )
    due_on = tables.Column(_("Answer due"), empty_values=())
    asked_on = tables.Column(_("Asked"))
    asked_by = tables.Column(_("Asked by"), order_by=("asked_by__full_name",))
    stance = tables.Column(_("Opinion"), empty_values=())

    class Meta:
        model = OpinionRequest
        fields: tuple[str, ...] = ()
        default = NO_FIGURE
        empty_text = _("Nobody asks your agency for an opinion here.")
        attrs = {"class": "table"}

    def render_dossier(self, record: OpinionRequest) -> SafeString:
        """Name the dossier by its matter, and lead to the request."""
        return format_html(
            '<a href="{}">{}</a><span class="source-note">{}</span>',
            reverse("dossiers:opinion", args=[record.pk]),
            record.dossier.title,
            record.dossier.code,
        )

    def render_due_on(self, record: OpinionRequest) -> Any:
        """Show the day, marked once it has passed unanswered."""
        if record.answered_at:
            return day(record.due_on)
        if record.is_silent(timezone.localdate()):
            return format_html(
                "<span>{} {}</span>", _tag("danger", str(_("past its day"))), day(record.due_on)
            )
        return day(record.due_on)

    def render_asked_on(self, value: Any) -> str:
        """Show the day."""
        return day(value)

    def render_stance(self, record: OpinionRequest) -> Any:
        """Show the opinion given, or that it is waited for."""
        if not record.answered_at:
            return _tag("warning", str(_("to be answered")))
        return str(capfirst(record.get_stance_display()))
