"""Land an investor can have: what plots say where plots are recorded, what the registry can compute elsewhere.

Free land of a cluster (ha) is the area of its free plots if any of its plots is recorded; otherwise its industrial
land less what is leased and less what is approved but not yet leased. Where leased or industrial land is unknown, so
is free land: unknown is never zero.
"""

from django.db.models import BooleanField, Case, DateField, DecimalField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest

from clusters.choices import ESTABLISHED_STAGES

HECTARES = DecimalField(max_digits=12, decimal_places=5)
ZERO = Value(0, output_field=HECTARES)


def with_free_land(clusters: QuerySet) -> QuerySet:
    """Annotate ``free_ha`` (None: not known), ``free_as_of``, ``largest_plot_ha`` and ``has_plots``.

    Everything comes from the stored figures, so that a page of a hundred nations reads its own rows only.
    """
    remaining = F("industrial_land_ha") - F("figures__leased_ha") - Coalesce(F("figures__approved_ha"), ZERO)
    known = {"industrial_land_ha__isnull": False, "figures__leased_ha__isnull": False}
    has_plots = Q(figures__plots__gt=0)
    return clusters.annotate(
        has_plots=Case(When(has_plots, then=Value(True)), default=Value(False), output_field=BooleanField()),
        largest_plot_ha=F("figures__largest_free_plot_ha"),
        free_ha=Case(
            When(has_plots, then=F("figures__free_plots_ha")),
            # GREATEST skips nulls in PostgreSQL, so the unknown must be ruled out before it.
            When(**known, then=Greatest(remaining, ZERO)),
            default=Value(None),
            output_field=HECTARES,
        ),
        free_as_of=Case(
            When(has_plots, then=F("figures__plots_as_of")),
            default=F("figures__leased_as_of"),
            output_field=DateField(),
        ),
        free_is_upper_bound=Case(
            # Approved land that nobody reported would make the free land smaller.
            When(~has_plots & Q(figures__approved_ha__isnull=True), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        ),
    )


def lettable(clusters: QuerySet) -> QuerySet:
    """Keep clusters that stand in law, so that land in them can be let."""
    return clusters.filter(stage__in=ESTABLISHED_STAGES)
