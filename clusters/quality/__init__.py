"""The quality of the registry's data: importing this package enters every check."""

from clusters.quality import freshness, papers, parties, placing, sources, within_law
from clusters.quality.base import QUALITY, Check, Group, Severity

__all__ = [
    "QUALITY",
    "Check",
    "Group",
    "Severity",
    "freshness",
    "papers",
    "parties",
    "placing",
    "sources",
    "within_law",
]
