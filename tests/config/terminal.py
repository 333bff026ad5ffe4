"""What a newcomer's terminal does, for the tests of starting and ending."""

import os
import subprocess
import sys
from pathlib import Path

from config.env import BASE_DIR
from config.run.__main__ import reset as reset_here


def environment(state: Path) -> dict[str, str]:
    """Return the environment of a fresh terminal, with a state folder of its own."""
    return {"PATH": os.environ["PATH"], "CCN_STATE_DIR": str(state)}


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


def remove(state: Path) -> None:
    """Do what ``make reset`` does, in this process, where a test is over and resetting is not what it was about."""
    if state.exists():
        reset_here(state)
