from typing import Any

from django.db.models import Prefetch
from django.views.generic import TemplateView

from places.forms import LookupForm
from places.models import Province, Region
from places.search import find_places


class LookupView(TemplateView):
    """The page "old name, new unit": search over all times, and the provinces in force by region."""

    template_name = "places/lookup.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Search when something was typed."""
        form = LookupForm(self.request.GET)
        text = form.cleaned_data["q"] if form.is_valid() else ""
        provinces = Prefetch("provinces", Province.objects.in_force(), to_attr="in_force")
        return super().get_context_data(
            form=form,
            text=text,
            matches=find_places(text) if text else [],
            regions=Region.objects.prefetch_related(provinces),
            **kwargs,
        )
