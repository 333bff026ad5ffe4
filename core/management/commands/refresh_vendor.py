"""Fetch the front-end packages that ``static/vendor/VENDOR.toml`` names."""

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import vendor


class Command(BaseCommand):
    """Fetch each package with ``npm pack``, keep the named files, write their checksums into the manifest."""

    help = "Fetch the front-end packages named in static/vendor/VENDOR.toml (needs npm; running the portal does not)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refresh every package; raise CommandError when npm is missing or a file is not in its package."""
        npm = shutil.which("npm")
        if npm is None:
            raise CommandError(
                "npm was not found. It is needed to refresh vendored files, not to run the portal."
            )
        manifest = Path(settings.BASE_DIR) / vendor.MANIFEST
        text = manifest.read_text("utf-8")
        for package in vendor.read_manifest():
            with tempfile.TemporaryDirectory() as folder:
                root = self._fetch(npm, package, Path(folder))
                for entry in package["file"]:
                    content = self._content(root, package, entry)
                    target = Path(settings.BASE_DIR) / entry["path"]
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content)
                    text = self._with_checksum(text, entry["path"], vendor.checksum(content))
            self.stdout.write(f"{package['name']} {package['version']}: {len(package['file'])} files")
        manifest.write_text(text, "utf-8")

    def _fetch(self, npm: str, package: dict[str, Any], folder: Path) -> Path:
        wanted = f"{package['name']}@{package['version']}"
        command = [npm, "pack", wanted, "--silent", "--pack-destination", str(folder)]
        try:
            subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - names from our manifest
        except subprocess.CalledProcessError as error:
            raise CommandError(f"npm could not fetch {wanted}: {error.stderr.strip()}") from error
        with tarfile.open(next(folder.glob("*.tgz"))) as archive:
            archive.extractall(folder, filter="data")
        return folder / "package"

    def _content(self, root: Path, package: dict[str, Any], entry: dict[str, str]) -> bytes:
        if "icons" in package and "*" in entry["source"]:
            files = {name: root / entry["source"].replace("*", name) for name in package["icons"]}
            missing = sorted(name for name, file in files.items() if not file.exists())
            if missing:
                raise CommandError(f"{package['name']} has no icon named {', '.join(missing)}.")
            return vendor.sprite({name: file.read_text("utf-8") for name, file in files.items()}).encode()
        source = root / entry["source"]
        if not source.exists():
            raise CommandError(f"{package['name']} {package['version']} has no file {entry['source']}.")
        content = source.read_bytes()
        if source.suffix == ".css" and package.get("drop"):
            content = vendor.without_classes(
                vendor.without_source_map(content).decode(), package["drop"]
            ).encode()
        elif source.suffix in {".css", ".js"}:
            content = vendor.without_source_map(content)
        return content

    def _with_checksum(self, text: str, path: str, digest: str) -> str:
        before, found, after = text.partition(f'path = "{path}"\n')
        start, end = (
            after.index('sha256 = "') + len('sha256 = "'),
            after.index('"\n', after.index('sha256 = "') + 10),
        )
        return before + found + after[:start] + digest + after[end:]
