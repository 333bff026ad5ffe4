"""The watch list: what in the field wants somebody to act. Importing this package enters every entry."""

from clusters.quality.base import WATCH, Check, Topic
from clusters.watch import land, origin, pollution, progress

__all__ = ["WATCH", "Check", "Topic", "land", "origin", "pollution", "progress"]
