"""The start of every child: tie its life to the supervisor's, then become the program.

``python -m config.run.leash <supervisor pid> <state folder> <name> <arguments>``. The state folder on the command
line is what proves to a later start that a process left behind is ours.
"""

import ctypes
import os
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1
PARENT_WATCH_SECONDS = 1.0


def main() -> None:
    """Tie this process to its parent and run the named program in it."""
    parent, _state, name, *arguments = sys.argv[1:]
    end_with_parent(int(parent))
    sys.argv = [name, *arguments]
    if name == "web":
        from gunicorn.app.wsgiapp import run

        run(prog="gunicorn")
    elif name in {"worker", "beat"}:
        from celery.__main__ import main as celery

        celery()
    elif name == "prepare":
        from config.run.prepare import main as prepare

        prepare()
    else:
        raise SystemExit(f"Unknown child: {name}")


def end_with_parent(parent: int) -> None:
    """Have this process receive TERM when ``parent`` vanishes, however it ended."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    else:
        threading.Thread(target=_watch, args=[parent], daemon=True).start()
    if os.getppid() != parent:
        # It vanished before the tie was made.
        raise SystemExit(0)


def _watch(parent: int) -> None:
    me = os.getpid()
    while os.getppid() == parent:
        time.sleep(PARENT_WATCH_SECONDS)
    os.kill(me, signal.SIGTERM)


if __name__ == "__main__":
    main()
