"""Public notice, closing time, opening: the effects that procedures with rivals put into their tables."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.text import fold
from dossiers.models import Application, Document, Notice, OpeningRecord
from dossiers.procedures.transitions import Firing, Guard
from law import clock
from law.vocabulary import Step


def closing_of(firing: Firing, published_on: dt.date) -> dt.date:
    """Return the last day for applications after a notice on a day."""
    limit = firing.procedure.limit(firing.dossier.regime, Step.WINDOW)
    deadline = clock.due(published_on, limit, calendar=firing.calendar)
    if deadline.due is None:
        raise ValueError("A receiving time without pauses always ends.")
    return deadline.due


def publish_notice(firing: Firing) -> None:
    """Publish the notice on the portal; ``facts``: text, media, number. The closing time is computed, never typed."""
    facts = firing.facts
    errors = {}
    if not str(facts.get("text", "")).strip():
        errors["text"] = _("Write the notice; the draft fills it from the request.")
    if not str(facts.get("media", "")).strip():
        errors["media"] = _("Name the mass media that announce it besides the portal.")
    if errors:
        raise ValidationError(errors)
    dossier = firing.dossier
    closes_on = closing_of(firing, firing.today)
    Notice.objects.create(
        dossier=dossier,
        number=str(facts.get("number", "")).strip(),
        published_on=firing.today,
        published_at=firing.now,
        media=str(facts["media"]).strip(),
        text=str(facts["text"]).strip(),
        closes_on=closes_on,
        published_by=firing.actor,
    )
    # Applications are taken until the last day is over: the moment is the midnight after it.
    midnight = dt.datetime.combine(closes_on + dt.timedelta(days=1), dt.time.min)
    dossier.closes_at = timezone.make_aware(midnight)
    firing.said["closes_on"] = closes_on.isoformat()


def _window_is_over(firing: Firing) -> Iterable[str]:
    closes_at = firing.dossier.closes_at
    if closes_at is not None and firing.now < closes_at:
        last = timezone.localtime(closes_at) - dt.timedelta(days=1)
        yield _("Applications are taken until the end of %(day)s; they stay sealed until then.") % {
            "day": last.strftime("%d/%m/%Y")
        }


WINDOW_IS_OVER = Guard(code="window_is_over", check=_window_is_over)


def open_applications(firing: Firing) -> None:
    """Open the sealed applications and keep the record; ``facts``: present, remarks."""
    if not str(firing.facts.get("present", "")).strip():
        raise ValidationError({"present": _("Write who was present at the opening.")})
    dossier = firing.dossier
    dossier.opened_at = firing.now
    contents = [
        {
            "code": application.code,
            "organisation": str(application.organisation),
            "filed_at": application.filed_at.isoformat() if application.filed_at else "",
            "papers": [
                {
                    "kind": paper.kind,
                    "name": paper.file.name,
                    "size": paper.file.size,
                    "sha256": paper.file.sha256,
                }
                for paper in Document.objects.current()
                .filter(application=application)
                .select_related("file")
                .order_by("kind", "pk")
            ],
        }
        for application in dossier.applications.live()
        .select_related("organisation")
        .order_by("filed_at", "pk")
    ]
    OpeningRecord.objects.create(
        dossier=dossier,
        opened_at=firing.now,
        opened_by=firing.actor,
        present=str(firing.facts["present"]).strip(),
        contents=contents,
        remarks=str(firing.facts.get("remarks", "")).strip(),
    )
    names = Application.objects.filter(dossier=dossier).filed().values_list("organisation__name", "code")
    dossier.search = fold(
        " ".join([dossier.code, dossier.title, *(word for row in names for word in row if word)])
    )
    firing.said["applications"] = len(contents)


def closing_day(firing: Firing) -> dt.date:
    """Return the day the step after the receiving time is counted from: the law says "after the closing date"."""
    return firing.dossier.notice.closes_on
