"""What stands against a version of an investor, a plan or a line of a plan, apart from its clusters."""

from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.models import ConversionPlan, DevelopmentPlan, Investor, PlannedCluster
from clusters.services import plans
from clusters.services.investors import alike
from core.templatetags.portal import day


def own_contradictions(model: type[Model], key: Any) -> list[str]:
    """Return sentences about what cannot be right as the record stands now; none for one that is gone."""
    if model is Investor:
        return _of_investor(Investor.objects.filter(pk=key).first())
    plan: DevelopmentPlan | None = None
    if model is DevelopmentPlan:
        plan = DevelopmentPlan.objects.filter(pk=key).first()
    elif model is PlannedCluster:
        plan = DevelopmentPlan.objects.filter(planned_clusters=key).first()
    elif model is ConversionPlan:
        plan = DevelopmentPlan.objects.filter(planned_clusters__withdrawal=key).first()
    return [] if plan is None else _of_plan(plan)


def _of_investor(investor: Investor | None) -> list[str]:
    if investor is None:
        return []
    return [
        _("“%(name)s” is recorded too and is perhaps the same investor.") % {"name": row.name}
        for row in alike(name=investor.name, tax_code=investor.tax_code, besides=investor.pk)
    ]


def _of_plan(plan: DevelopmentPlan) -> list[str]:
    lines = plans.lines_of(plan)
    said = [
        _("“%(first)s” and “%(second)s”: %(sentence)s")
        % {"first": one.first.name, "second": one.second.name, "sentence": one.sentence}
        for one in plans.overlaps(lines)
    ]
    if plan.is_complete:
        said += [
            _("The List is said to be complete, and “%(line)s” lacks: %(missing)s.")
            % {"line": line.name, "missing": ", ".join(check.missing_labels)}
            for line in plans.standing(lines)
            if (check := plans.completeness(line)).missing
        ]
    versions = DevelopmentPlan.objects.filter(province=plan.province_id).order_by("version")
    in_force = list(versions.in_force(timezone.localdate()))
    if len(in_force) > 1:
        numbers = ", ".join(str(one.version) for one in in_force)
        said.append(_("Versions %(numbers)s would be in force at the same time.") % {"numbers": numbers})
    if not in_force and versions.filter(approved_on__isnull=False).exists():
        said.append(_("No version of the province's plan would be in force."))
    said += [
        _("Version %(version)s is superseded on %(day)s.")
        % {"version": one.version, "day": day(one.superseded_on)}
        for one in versions
        if one.superseded_on and one.pk != plan.pk
    ]
    return said
