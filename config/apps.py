from django.apps import AppConfig


class HouseConfig(AppConfig):
    """The project itself as an app: it brings the task queue and the production checks to every entry."""

    name = "config"
    label = "house"
    verbose_name = "House"

    def ready(self) -> None:
        """Register the checks and make the Celery app the default of every shared task."""
        from config import celery, checks  # noqa: F401 - imported for what they register
