from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from places.models import Commune, CommuneSuccession, District, Province
from places.services import load_places


class Command(BaseCommand):
    help = "Load provinces, former districts and communes with their successions from data/places."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="load even if the files have not changed")

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_places(force=options["force"])
        self.stdout.write(
            f"Places {'loaded' if loaded else 'unchanged'}: {Province.objects.count()} provinces, "
            f"{District.objects.count()} districts, {Commune.objects.count()} communes, "
            f"{CommuneSuccession.objects.count()} successions."
        )
