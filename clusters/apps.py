from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClustersConfig(AppConfig):
    name = "clusters"
    verbose_name = _("registry of industrial clusters")

    def ready(self) -> None:
        import clusters.procedures  # noqa: F401 - enters the procedures of this room
        from clusters.loading import industries
        from core import reference

        reference.register(
            "industries", paths=tuple(industries.FILES.values()), loader=industries.write_industries
        )
