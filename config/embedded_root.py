"""Where the embedded PostgreSQL lives when root starts it.

The server must run as somebody else, who has to reach its data and its programs. A private folder above either
(``/root`` as a rule) is left private: data and a copy of the programs then live under ``/var/lib`` or ``/var/tmp``,
and the state folder keeps a link to the data.
"""

import hashlib
import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

ELSEWHERE = [Path("/var/lib"), Path("/var/tmp"), Path("/tmp")]  # noqa: S108 - made private below
FOLDER = "ccn-portal"


@dataclass(frozen=True)
class Account:
    """The unprivileged system account that runs the server."""

    name: str
    uid: int
    gid: int


def account() -> Account:
    """Return the unprivileged account that every system has; none is created."""
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise RuntimeError(
            "Run the portal as an ordinary user: this system has no account to run PostgreSQL as."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def data_folder(link: Path, account: Account) -> Path:
    """Return the data folder, private to ``account``: at ``link`` itself, or elsewhere with ``link`` leading there."""
    if link.is_symlink():
        target = link.resolve()
        if target.is_dir() and target.parent.name == FOLDER and can_enter(target.parent, account):
            return target
        link.unlink()
    if link.is_dir():
        _give(link, account)
        if can_enter(link.parent, account):
            return link
        # A parent was made private since: the data moves, nothing is opened.
        target = _fresh(link)
        shutil.move(link, target)
    elif can_enter(link.parent, account):
        link.mkdir(mode=0o700)
        _give(link, account)
        return link
    else:
        target = _fresh(link)
        target.mkdir(mode=0o700)
    _give(target, account)
    link.symlink_to(target)
    return target


def remove_data(link: Path) -> None:
    """Remove the data folder that ``link`` is or leads to."""
    if link.is_symlink():
        target = link.resolve()
        if target.parent.name == FOLDER:
            shutil.rmtree(target, ignore_errors=True)
        link.unlink()
    elif link.exists():
        shutil.rmtree(link)


def reachable_programs(programs: Path, account: Account) -> Path:
    """Return ``programs``, or a copy of it where ``account`` may not run the original."""
    if can_enter(programs / "bin", account) and _allows(programs / "bin" / "postgres", account, 0o5):
        return programs
    mark = f"{programs}:{(programs / 'bin' / 'postgres').stat().st_mtime_ns}"
    copy = _elsewhere() / f"programs-{hashlib.sha256(mark.encode()).hexdigest()[:12]}"
    package = programs.parent.name
    if not copy.exists():
        unfinished = copy.with_suffix(f".{os.getpid()}")
        shutil.copytree(programs, unfinished / package / programs.name, symlinks=True)
        # The wheel keeps the programs' shared libraries beside its package and finds them by relative path.
        libraries = programs.parent.with_name(f"{package}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        for path in [unfinished, *unfinished.rglob("*")]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if _is_run(path) else 0o444))
        unfinished.rename(copy)
    return copy / package / programs.name


def can_enter(folder: Path, account: Account) -> bool:
    """Say whether ``account`` may pass every folder from the root down to ``folder``."""
    return all(_allows(each, account, 0o1) for each in [folder, *folder.parents])


def _is_run(path: Path) -> bool:
    return path.is_dir() or bool(path.stat().st_mode & 0o100)


def _allows(path: Path, account: Account, bits: int) -> bool:
    status = path.stat()
    if status.st_uid == account.uid:
        shift = 6
    elif status.st_gid == account.gid:
        shift = 3
    else:
        shift = 0
    return stat.S_IMODE(status.st_mode) >> shift & bits == bits


def _give(folder: Path, account: Account) -> None:
    """Hand a data folder over, also one that a run under another account left behind."""
    if folder.stat().st_uid == account.uid:
        return
    for root, _folders, files in os.walk(folder):
        os.chown(root, account.uid, account.gid)
        for name in files:
            os.chown(Path(root, name), account.uid, account.gid, follow_symlinks=False)
    folder.chmod(0o700)


def _fresh(link: Path) -> Path:
    name = hashlib.sha256(str(link).encode()).hexdigest()[:12]
    target = _elsewhere() / f"data-{name}"
    # The state folder it belonged to is gone: what lies here is nobody's any more.
    shutil.rmtree(target, ignore_errors=True)
    return target


def _elsewhere() -> Path:
    for parent in ELSEWHERE:
        if parent.is_dir() and stat.S_IMODE(parent.stat().st_mode) & 0o001:
            folder = parent / FOLDER
            folder.mkdir(mode=0o711, exist_ok=True)
            if folder.stat().st_uid == 0 and not folder.is_symlink():
                return folder
    raise RuntimeError(
        "No folder was found that PostgreSQL's account can reach: run the portal as an ordinary user."
    )
