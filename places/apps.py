from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "places"

    def ready(self) -> None:
        from core import reference
        from places.services import loading

        reference.register("places", paths=loading.PLACE_FILES, loader=loading.write_places)
