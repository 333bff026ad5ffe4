from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Record(models.Model):
    """A row that knows when it was written; who and why stand in its history."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: models.Field) -> Any:  # noqa: N802 - what Django's get_FOO_display() calls
        # Django hashes the choices at each call, and to hash a label translates it: a list's labels a hundred times.
        value = getattr(self, field.attname)
        return None if value is None else str(dict(field.flatchoices).get(value, value))
