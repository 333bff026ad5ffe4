from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core import reference


class Command(BaseCommand):
    help = "Load all reference data that ships with the portal; what has not changed is skipped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="load even if the files have not changed")

    def handle(self, *args: Any, **options: Any) -> None:
        for name, loaded in reference.load_all(force=options["force"]):
            self.stdout.write(f"{name}: {'loaded' if loaded else 'unchanged'}")
