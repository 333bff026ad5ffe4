"""What the boards keep so that a nation of clusters is not counted for every reader."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BoardCount(models.Model):
    """How often a check or a group of checks fails at a place; of the sort ``place``, how many clusters there are.

    ``findings`` are rows that fail and ``clusters`` those they belong to. A ``place`` has its clusters in
    ``findings`` and the complete ones among them in ``clusters``. ``commune`` is empty for clusters in no commune.
    """

    board = models.CharField(_("board"), max_length=10)
    province = models.ForeignKey(
        "places.Province", db_index=False, on_delete=models.CASCADE, related_name="+"
    )
    commune = models.ForeignKey(
        "places.Commune", null=True, db_index=False, on_delete=models.CASCADE, related_name="+"
    )
    sort = models.CharField(_("sort"), max_length=6)
    code = models.CharField(_("code"), max_length=12, blank=True)
    findings = models.PositiveIntegerField(_("findings"))
    clusters = models.PositiveIntegerField(_("clusters"))

    class Meta:
        verbose_name = _("count of a board")
        verbose_name_plural = _("counts of the boards")
        ordering = ["board", "province_id", "commune_id", "sort", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "province", "commune", "sort", "code"],
                include=["findings", "clusters"],
                nulls_distinct=False,
                name="board_count_once",
            )
        ]


class BoardState(models.Model):
    """When a province was counted last, for which day, and by which checks and limits (``mark``)."""

    province = models.OneToOneField(
        "places.Province", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    counted_at = models.DateTimeField(_("counted at"))
    day = models.DateField(_("counted for the day"))
    mark = models.CharField(_("mark of the checks"), max_length=64)

    class Meta:
        verbose_name = _("state of the boards")
        verbose_name_plural = _("states of the boards")
        ordering = ["province_id"]


class BoardChange(models.Model):
    """A place where something was written since it was counted. Written by triggers, so that no writer forgets."""

    province = models.ForeignKey("places.Province", on_delete=models.CASCADE, related_name="+")
    commune = models.ForeignKey("places.Commune", null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("place to count again")
        verbose_name_plural = _("places to count again")
        ordering = ["pk"]
