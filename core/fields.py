"""Model fields with their unit in the name."""

from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.db import models

from core.forms import HectareFormField, MoneyFormField


class HectareField(models.DecimalField):
    """An area in hectares, never negative, to a tenth of a square metre."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 5)
        kwargs.setdefault("validators", [MinValueValidator(0)])
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """Take hectares as people type them."""
        return super().formfield(**{"form_class": HectareFormField, **kwargs})


class DongField(models.DecimalField):
    """Money in Vietnamese dong, never negative, without fractions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 20)
        kwargs.setdefault("decimal_places", 0)
        kwargs.setdefault("validators", [MinValueValidator(0)])
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """Take money as people type it."""
        return super().formfield(**{"form_class": MoneyFormField, **kwargs})
