"""A state folder and a supervised run of the portal, both of the test's own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.terminal import remove


@pytest.fixture(scope="module")
def state() -> Iterator[Path]:
    """A state folder that other accounts can reach, with a path short enough for sockets."""
    folder = Path(tempfile.mkdtemp(prefix="ccn-", dir="/tmp")).resolve()
    folder.chmod(0o711)
    yield folder / "state"
    remove(folder / "state")
    shutil.rmtree(folder, ignore_errors=True)
