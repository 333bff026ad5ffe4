"""Where a fact shown to the public comes from: title, link, date, how far it can be trusted."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from clusters.choices import DecisionKind
from clusters.models import Decision
from core.models import Sourced, SourceClass
from core.templatetags.portal import day

#: Classes that are not an authority's own words; a fact that rests on one of these is marked.
_UNVERIFIED = (SourceClass.NEWS, SourceClass.WIKI)


@dataclass(frozen=True)
class Provenance:
    """A source as a page shows it."""

    text: str
    href: str
    as_of: dt.date | None
    kind: str
    unverified: bool


def source_of(row: Sourced, as_of: dt.date | None = None) -> Provenance:
    """Return the source a row names; only web addresses become links."""
    parts = [row.source_title]
    if row.source_number and row.source_number not in row.source_title:
        parts.append(row.source_number)
    if row.source_date:
        parts.append(day(row.source_date))
    return Provenance(
        ", ".join(parts), web_address(row.source_url), as_of, row.get_source_class_display(), is_unverified(row)
    )


def decision_source(decision: Decision) -> Provenance:
    """Return a decision as the source of a fact: number, date and issuer, or the page an opening record rests on."""
    if decision.kind == DecisionKind.OPENING and not decision.number:
        return source_of(decision, decision.effective_on)
    what = _("Decision %(number)s") % {"number": decision.number} if decision.number else decision.get_kind_display()
    parts = [str(what)]
    if decision.issued_on:
        parts.append(day(decision.issued_on))
    if decision.issuer:
        parts.append(decision.issuer)
    return Provenance(
        ", ".join(parts),
        web_address(decision.source_url),
        None,
        decision.get_source_class_display(),
        is_unverified(decision),
    )


def is_unverified(row: Sourced) -> bool:
    """Say whether a row rests on the press or an encyclopaedia alone."""
    return row.source_class in _UNVERIFIED


def web_address(text: str) -> str:
    """Return the text if it is a whole http(s) address, otherwise nothing."""
    text = text.strip()
    if " " in text or "…" in text:
        return ""
    parts = urlsplit(text)
    return text if parts.scheme in ("http", "https") and parts.netloc else ""
