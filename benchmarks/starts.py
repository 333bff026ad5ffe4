"""Start the portal from an empty state folder and again, as ``make run`` does: ``python -m benchmarks.starts``.

Prints for each start the seconds until the first page can be asked for, as the portal tells them, and the processor
seconds of everything that was started. Target: the second start under 8 s.
"""

import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.database import ROOT

SECOND_STARTS = 3
_UP = re.compile(r"started in ([0-9.]+) s")


def main() -> None:
    """Start, end, start again, and remove what was made."""
    with tempfile.TemporaryDirectory(prefix="ccn-starts-", dir="/tmp") as folder:
        # The database may run as another account, which has to reach its files.
        Path(folder).chmod(0o711)
        surroundings = {"PATH": os.environ["PATH"], "CCN_STATE_DIR": f"{folder}/state"}
        try:
            print("first start: {:.1f} s, {:.1f} s of processor".format(*_start(surroundings)))
            for _time in range(SECOND_STARTS):
                print("second start: {:.1f} s, {:.1f} s of processor".format(*_start(surroundings)))
        finally:
            _run(surroundings, "--reset").wait()


def _start(surroundings: dict[str, str]) -> tuple[float, float]:
    """Return the seconds until the portal was up, and the processor seconds until it had ended."""
    before = _processor_seconds()
    portal = _run(surroundings, f"--port={_free_port()}")
    assert portal.stdout is not None
    told = next((found for line in portal.stdout if (found := _UP.search(line))), None)
    portal.send_signal(signal.SIGINT)
    portal.stdout.read()
    portal.wait()
    if told is None:
        raise SystemExit("The portal did not start; make run tells why.")
    return float(told.group(1)), _processor_seconds() - before


def _run(surroundings: dict[str, str], option: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-u", "-m", "config.run", option]
    return subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True)


def _processor_seconds() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


main()
