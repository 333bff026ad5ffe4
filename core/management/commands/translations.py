from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import translations


class Command(BaseCommand):
    """Keep the Vietnamese catalogues in step with the source, without the gettext programs."""

    help = "Merge source strings into the catalogues, check that they are complete, compile them."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do and, optionally, the rooms to do it for."""
        parser.add_argument("rooms", nargs="*", help="rooms (all unless named)")
        parser.add_argument(
            "--update", action="store_true", help="merge the source strings into the catalogues"
        )
        parser.add_argument("--check", action="store_true", help="fail unless every string is translated")
        parser.add_argument("--compile", action="store_true", help="write the .mo files that are out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        """Update, check and compile, in that order, as asked."""
        rooms = options["rooms"] or translations.rooms()
        unknown = set(rooms) - set(translations.rooms())
        if unknown:
            raise CommandError(
                f"No such room: {', '.join(sorted(unknown))}. Rooms: {', '.join(translations.rooms())}."
            )
        if not (options["update"] or options["check"] or options["compile"]):
            raise CommandError("Say what to do: --update, --check or --compile.")
        if options["update"]:
            for room in rooms:
                if translations.update(room):
                    self.stdout.write(f"{translations.catalogue_path(room)} updated")
        if options["check"]:
            self._check(rooms)
        if options["compile"]:
            for path in translations.compile_all():
                self.stdout.write(f"{path} written")

    def _check(self, rooms: list[str]) -> None:
        faults = [f"{room}: {fault}" for room in rooms for fault in translations.check(room).faults]
        faults += [f"contradiction: {fault}" for fault in translations.contradictions()]
        if faults:
            raise CommandError("\n".join([*faults, f"{len(faults)} fault(s) in the translations."]))
