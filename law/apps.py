from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class LawConfig(AppConfig):
    name = "law"
    verbose_name = _("law")

    def ready(self) -> None:
        """Let every room enter its rules in the registry, and announce the reference data."""
        from core import reference
        from law import loading

        autodiscover_modules("rules")
        reference.register("calendar", paths=[loading.CALENDAR_FILE], loader=loading.write_calendar)
        reference.register(
            "provincial parameters", paths=[loading.PARAMETERS_FILE], loader=loading.write_parameters
        )
