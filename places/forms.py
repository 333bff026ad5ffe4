"""Fields for places: typed by name, in any spelling, or by code; helped by a picker where scripts run."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from places.models import Commune, Province
from places.names import split_address
from places.search import Place
from places.suggestions import Suggestion, address, by_code, suggest

NAMED_AT_MOST = 5


class PlaceInput(forms.TextInput):
    """A text input that static/js/place-picker.js turns into a combobox; without scripts it stays a text input."""

    template_name = "places/widgets/place_input.html"

    class Media:
        js = (forms.Script("js/place-picker.js", type="module"),)

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.asked: dict[str, str] = {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the address that suggestions come from."""
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["list_id"] = f"{widget['attrs'].get('id', name)}-places"
        query = f"?{urlencode(self.asked)}" if self.asked else ""
        widget["attrs"].setdefault("class", "form-control")
        widget["attrs"]["autocomplete"] = "off"
        widget["attrs"]["data-place-picker"] = reverse("places:suggest") + query
        widget["attrs"]["data-place-list"] = widget["list_id"]
        return context


class PlaceField(forms.Field):
    """A province or commune in force, typed as name ("mau a", "Mậu A, Lào Cai", "huyện Văn Yên") or code.

    Cleans to the model instance or ``None``. A name of several places, or a former unit that became several, is an
    error that names the candidates.
    """

    widget = PlaceInput
    default_error_messages = {
        "unknown_place": _(
            "No place in force is called “%(value)s”. Check the name, or type the official code."
        ),
        "several_places": _("“%(value)s” can mean several places: %(candidates)s. Type the one you mean."),
    }

    def __init__(
        self,
        *,
        levels: Collection[str] = ("province", "commune"),
        province: Province | None = None,
        **kwargs: Any,
    ) -> None:
        self.levels = tuple(levels)
        super().__init__(**kwargs)
        self.province = province

    @property
    def province(self) -> Province | None:
        """The province in force that the communes must lie in."""
        return self._province

    @province.setter
    def province(self, province: Province | None) -> None:
        self._province = province
        asked = {"levels": ",".join(self.levels)}
        if province is not None:
            asked["province"] = province.code
        self.widget.asked = asked

    def __deepcopy__(self, memo: dict[int, Any]) -> "PlaceField":
        """Give each form its own widget settings."""
        copy = super().__deepcopy__(memo)
        copy.province = self._province
        return copy

    def prepare_value(self, value: Any) -> Any:
        """Show a place as the address that reads back as the same place."""
        if isinstance(value, (Province, Commune)):
            return address(value)
        if isinstance(value, int):
            model = Province if self.levels == ("province",) else Commune
            place = model.objects.filter(pk=value).first()
            return address(place) if place else ""
        return value

    def to_python(self, value: Any) -> Place | None:
        """Read what was typed; raises ValidationError where it is not one place."""
        if isinstance(value, (Province, Commune)):
            return value
        text = " ".join(str(value or "").split())
        if not text:
            return None
        return by_code(text, self.levels) or self._named(text)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare by what is shown."""
        return super().has_changed(self.prepare_value(initial), data)

    def _named(self, text: str) -> Place:
        name, _wider = split_address(text)
        offers = suggest(text, levels=self.levels, province=self.province, limit=50)
        exact = [offer for offer in offers if _is_called(offer, name.full)]
        called = exact or [offer for offer in offers if _is_called(offer, name.bare)]
        same_tones = [offer for offer in called if name.typed in offer.place.full_name_vi.lower()]
        for found in (same_tones, called, offers):
            if len(found) == 1:
                return found[0].place
        if not offers:
            raise ValidationError(self.error_messages["unknown_place"], "unknown_place", {"value": text})
        names = [offer.text for offer in (called or offers)]
        candidates = "; ".join(names[:NAMED_AT_MOST]) + ("; …" if len(names) > NAMED_AT_MOST else "")
        raise ValidationError(
            self.error_messages["several_places"],
            "several_places",
            {"value": text, "candidates": candidates},
        )


class CommuneChoiceField(PlaceField):
    """A commune in force, inside ``province`` if one is given."""

    def __init__(self, *, province: Province | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Commune"))
        super().__init__(levels=("commune",), province=province, **kwargs)


class ProvinceChoiceField(PlaceField):
    """A province in force."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Province"))
        super().__init__(levels=("province",), **kwargs)


class LookupForm(forms.Form):
    """The search box of the page "what became of a place"."""

    q = forms.CharField(label=_("Name of a place, old or new"), required=False, max_length=120)


def _is_called(offer: Suggestion, folded: str) -> bool:
    return f"|{folded}|" in offer.place.search
