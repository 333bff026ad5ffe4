"""What a newcomer's terminal does, for the tests of starting and ending."""

import os
import subprocess
import sys
from pathlib import Path

from config.env import BASE_DIR


def environment(state: Path) -> dict[str, str]:
    """Return the environment of a fresh terminal, with a state folder of its own."""
    return {"PATH": os.environ["PATH"], "CCN_STATE_DIR": str(state), "PYTHONDONTWRITEBYTECODE": "1"}


def reset(state: Path) -> "subprocess.CompletedProcess[str]":
    """Run what ``make reset`` runs."""
    return subprocess.run(
        [sys.executable, "-m", "config.run", "--reset"],
        cwd=BASE_DIR,
        env=environment(state),
        capture_output=True,
        text=True,
        timeout=60,
    )
