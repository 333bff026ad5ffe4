from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from law.loading import write_calendar


class Command(BaseCommand):
    help = "Load the working-day calendar; running it again changes nothing, and entries made by hand stay."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            changed = write_calendar()
        self.stdout.write(f"{changed} calendar days added or changed.")
