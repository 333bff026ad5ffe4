"""The base of every check of the data, of quality and of the watch list.

A check is a class that says which rows fail, in one set-based query::

    @QUALITY.register
    class NoCommune(Check):
        \"\"\"A cluster that lies in no commune.\"\"\"

        code = "G01"
        group = Group.PLACES
        severity = Severity.MISSING
        basis = cite("ND32", "12.1")
        sentence = _("The cluster is not placed in a commune.")
        remedy = _("Enter the commune")

        def rows(self, day):
            return Cluster.objects.standing().filter(commune__isnull=True)

The board joins the rows of all checks in one statement (``clusters.quality.board``); a list of findings reads one
check's rows with what it shows. Nothing is stored: a finding is gone with the mistake.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models.expressions import OrderBy
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Function
from clusters.choices import Stage
from clusters.models import Cluster
from law.words import Text

#: Stages in which nothing is asked of a cluster any more.
GONE = (Stage.WITHDRAWN, Stage.ABOLISHED)
#: The basis of checks that no law asks for.
HOUSE = _("rule of this portal")


class Severity(models.TextChoices):
    """How much a finding weighs. A cluster is complete when it has none of the first two."""

    WRONG = "wrong", _("contradicts")
    MISSING = "missing", _("missing")
    OLD = "old", _("out of date")
    HINT = "hint", _("worth a look")


#: Findings that keep a cluster from counting as complete.
INCOMPLETE = (Severity.WRONG, Severity.MISSING)
TONES = {
    Severity.WRONG: "danger",
    Severity.MISSING: "warning",
    Severity.OLD: "neutral",
    Severity.HINT: "info",
}


class Group(models.TextChoices):
    """What the checks of quality are about."""

    PAPERS = "papers", _("Papers of legal facts")
    FRESHNESS = "freshness", _("Age of figures")
    SOURCES = "sources", _("Contradictions between sources")
    LAW = "law", _("Areas and the law")
    PLACES = "places", _("Places")
    RECORDS = "records", _("Investors, projects, works")


class Topic(models.TextChoices):
    """What the watch list is about."""

    PROGRESS = "progress", _("Slow progress")
    SCHEDULE = "schedule", _("Past schedule")
    OBSTACLES = "obstacles", _("Obstacles past their date")
    IDLE = "idle", _("Idle land")
    POLLUTION = "pollution", _("Pollution and violations")
    ORIGIN = "origin", _("Clusters formed before 5 October 2009")


class Check:
    """One question asked of all rows of a model at once.

    ``path`` leads from the row to its cluster; ``remedy`` names what one does about it on the page that ``mend``
    leads to, for which ``function`` is needed. ``rows`` may annotate what ``numbers`` shows; ``joins`` are read
    with the rows of a page.
    """

    code: ClassVar[str] = ""
    group: ClassVar[Any]
    severity: ClassVar[Severity] = Severity.MISSING
    basis: ClassVar[Text] = HOUSE
    sentence: ClassVar[Text] = ""
    remedy: ClassVar[Text] = ""
    path: ClassVar[str] = "pk"
    function: ClassVar[Function] = Function.EDIT_REGISTRY
    joins: ClassVar[tuple[str, ...]] = ()
    #: Order of the rows of a list; the most pressing stand first.
    order: ClassVar[tuple[str | OrderBy, ...]] = ()

    def rows(self, day: dt.date) -> models.QuerySet:
        """Return the rows that fail on the day."""
        raise NotImplementedError(f"{type(self).__name__} does not say which rows fail.")

    def numbers(self, row: Any) -> Text:
        """Return the figures of a row that fails, in words."""
        return ""

    def mend(self, row: Any) -> str:
        """Return the address of the form or page where the row is mended."""
        return reverse("registry:cluster", args=[self.cluster_of(row).code])

    def name(self, row: Any) -> str:
        """Return what the row is called beside its cluster; empty for the cluster itself."""
        return "" if self.path == "pk" else str(row)

    def within(self, clusters: models.QuerySet[Cluster], day: dt.date) -> models.QuerySet:
        """Return the failing rows of these clusters."""
        return self.rows(day).filter(**{f"{self.path}__in": clusters.order_by().values("pk")})

    def listed(self, clusters: models.QuerySet[Cluster], day: dt.date) -> models.QuerySet:
        """Return the failing rows of these clusters in order, with their clusters and places joined."""
        prefix = self._prefix
        joins = [f"{prefix}province", f"{prefix}commune", *self.joins]
        if prefix:
            joins.append(self.path)
        return self.within(clusters, day).select_related(*joins).order_by(*self._order)

    def keys(self, clusters: models.QuerySet[Cluster], day: dt.date) -> models.QuerySet:
        """Return the keys of the failing rows in the same order: of many rows, those of a page are found by them."""
        return self.within(clusters, day).order_by(*self._order).values_list("pk", flat=True)

    @property
    def _prefix(self) -> str:
        return "" if self.path == "pk" else f"{self.path}__"

    @property
    def _order(self) -> tuple[str | OrderBy, ...]:
        return (*self.order, f"{self._prefix}sort_key", "pk")

    def cluster_of(self, row: Any) -> Cluster:
        """Return the cluster of a row."""
        if self.path == "pk":
            cluster: Cluster = row
            return cluster
        for step in self.path.split("__"):
            row = getattr(row, step)
        found: Cluster = row
        return found

    @property
    def tone(self) -> str:
        """The tone of the badge."""
        return TONES[self.severity]


class ClusterCheck(Check):
    """A check of clusters themselves."""

    #: Name of the address where a cluster is mended; it takes the code of the cluster.
    form: ClassVar[str] = "cluster_edit"
    query: ClassVar[str] = ""

    def mend(self, row: Cluster) -> str:
        """Return the form of the cluster."""
        return reverse(f"registry:{self.form}", args=[row.code]) + self.query


C = TypeVar("C", bound=type[Check])


class Checks:
    """The checks of one board, in the order of its groups and of their codes."""

    def __init__(self) -> None:
        self._checks: dict[str, Check] = {}

    def register(self, check: C) -> C:
        """Enter a check; raise ValueError for a code that is taken or missing."""
        if not check.code or check.code in self._checks:
            raise ValueError(f"{check.__name__} needs a code of its own.")
        self._checks[check.code] = check()
        return check

    def __iter__(self) -> Iterator[Check]:
        groups = [group.value for kind in (Group, Topic) for group in kind]
        return iter(sorted(self._checks.values(), key=lambda check: (groups.index(check.group), check.code)))

    def __getitem__(self, code: str) -> Check:
        return self._checks[code]

    def __contains__(self, code: object) -> bool:
        return code in self._checks


QUALITY = Checks()
WATCH = Checks()
