from django.db import models
from django.utils.translation import gettext_lazy as _


class Record(models.Model):
    """A row that knows when it was written; who and why stand in its history."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        abstract = True
