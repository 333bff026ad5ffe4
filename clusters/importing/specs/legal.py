"""Legal facts in rows: what names them, and how they reach a decision."""

from collections.abc import Mapping
from typing import Any

from clusters.choices import Stage
from clusters.models import LEGAL_FACTS, Investor
from places.models import Commune

STAGES = {
    Stage.PLANNED: ("quy hoạch", "chưa thành lập"),
    Stage.ESTABLISHED: ("đã thành lập", "mới thành lập"),
    Stage.CONSTRUCTION: ("đang xây dựng hạ tầng", "đang xây dựng", "đang triển khai"),
    Stage.OPERATING: ("đang hoạt động", "hoạt động", "đã hoạt động"),
    Stage.ABOLISHED: ("bãi bỏ", "đã bãi bỏ"),
    Stage.WITHDRAWN: ("rút khỏi quy hoạch",),
}


def legal_facts(attrs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the legal facts of a row as ``record_decision`` takes them."""
    sets = {name: value for name, value in attrs.items() if name in LEGAL_FACTS}
    if attrs.get("commune_id"):
        sets["commune"] = Commune.objects.get(pk=attrs["commune_id"])
    if attrs.get("investor_id"):
        sets["investor"] = Investor.objects.get(pk=attrs["investor_id"])
    return sets
