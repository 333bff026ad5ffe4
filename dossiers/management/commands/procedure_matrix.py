from typing import Any

from django.core.management.base import BaseCommand

from dossiers import matrix


class Command(BaseCommand):
    """Write docs/procedures.md from the tables of the procedures."""

    help = "Write who may do what with a dossier to docs/procedures.md (compile the translations first)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say where."""
        path = matrix.document_path()
        path.write_text(matrix.document(), encoding="utf-8")
        self.stdout.write(f"{path.name} written")
