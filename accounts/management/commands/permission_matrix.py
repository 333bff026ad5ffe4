from typing import Any

from django.core.management.base import BaseCommand

from accounts import matrix


class Command(BaseCommand):
    """Write docs/permissions.md from accounts/roles.py."""

    help = "Write the permission matrix to docs/permissions.md, in both languages (compile the translations first)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say where."""
        path = matrix.document_path()
        path.write_text(matrix.document(), encoding="utf-8")
        self.stdout.write(f"{path.name} written")
