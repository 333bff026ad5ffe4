"""The filter by province, in every list whose rows come from several."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField, ModelChoiceIterator

from places.models import Province


class _Choices(ModelChoiceIterator):
    def __iter__(self) -> Iterator[tuple[Any, str]]:
        yield "", self.field.empty_label
        yield from map(self.choice, self.field.provinces)


class ProvinceField(ModelChoiceField):
    """One of the provinces in force; all are read once, to draw the choice and to find what was chosen."""

    iterator = _Choices

    @cached_property
    def provinces(self) -> list[Province]:
        """The provinces, in the order of their names."""
        return list(self.queryset)

    def to_python(self, value: Any) -> Province | None:
        """Find the province of a code. Raise ValidationError where there is none."""
        if value in self.empty_values:
            return None
        found = next((province for province in self.provinces if province.code == value), None)
        if found is None:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
            )
        return found


class ProvinceFilter(django_filters.ModelChoiceFilter):
    """A province in force, named by its code."""

    field_class = ProvinceField

    def __init__(self, **extra: Any) -> None:
        super().__init__(
            label=_("Province"),
            queryset=_in_force,
            to_field_name="code",
            empty_label=_("all provinces"),
            **extra,
        )


def _in_force(request: Any) -> QuerySet[Province]:
    return Province.objects.in_force()
