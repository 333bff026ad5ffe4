"""Build the portal's own model documents anew."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from clusters.drafts import building, model_path
from dossiers.papers import building as of_dossiers


class Command(BaseCommand):
    """Write every model document to its place; the same descriptions give the same bytes."""

    help = "Build the model documents of the drafts (.docx) from their descriptions."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files and name each."""
        for kind, make in building.MODELS.items():
            self._write(model_path(kind), make())
        for kind, make in of_dossiers.MODELS.items():
            self._write(of_dossiers.model_path(kind), make())

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.stdout.write(path.name)
