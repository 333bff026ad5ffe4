from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class LawConfig(AppConfig):
    name = "law"
    verbose_name = _("law")

    def ready(self) -> None:
        """Let every room enter its rules in the registry."""
        autodiscover_modules("rules")
