"""The writes of the room: places change only by loading the tables that ship with the project."""

from places.services.loading import PLACE_FILES, load_places

__all__ = ["PLACE_FILES", "load_places"]
