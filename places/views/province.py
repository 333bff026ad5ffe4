from typing import Any

from django.db.models import Count, QuerySet
from django.views.generic import DetailView

from places.choices import UnitKind
from places.models import Commune, District, Province


class ProvinceView(DetailView):
    """A province in force: what it was formed from, its communes, the districts it no longer has."""

    template_name = "places/province.html"
    context_object_name = "province"

    def get_queryset(self) -> QuerySet[Province]:
        """Only provinces in force have a page."""
        return Province.objects.in_force().select_related("region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the communes in force and the units that went into the province."""
        communes = Commune.objects.in_force().filter(province=self.object)
        counts = dict(communes.order_by().values_list("kind").annotate(Count("pk")))
        return super().get_context_data(
            communes=communes,
            counts=[(kind.label, counts[kind]) for kind in UnitKind if counts.get(kind)],
            predecessors=self.object.predecessors.all(),
            districts=District.objects.filter(province__successor=self.object).select_related("province"),
            **kwargs,
        )
