from typing import Any

from django.core.management.base import BaseCommand

from accounts import matrix
from core import translations


class Command(BaseCommand):
    """Write docs/permissions.md from accounts/roles.py."""

    help = "Write the permission matrix to docs/permissions.md, in both languages."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say where."""
        translations.compile_all()
        path = matrix.document_path()
        path.write_text(matrix.document(), encoding="utf-8")
        self.stdout.write(f"{path.name} written")
