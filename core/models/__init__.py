"""Base models without business words."""

from core.models.files import StoredFile
from core.models.lists import ListPreference, SavedView
from core.models.records import Record
from core.models.reference import ReferenceLoad
from core.models.sources import SourceClass, Sourced

__all__ = ["ListPreference", "Record", "ReferenceLoad", "SavedView", "SourceClass", "Sourced", "StoredFile"]
