"""What ``make`` says before there is an environment: one clear sentence, and a non-zero exit."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from config.env import BASE_DIR

# A stand-in for an interpreter: it answers the questions that the installation asks.
FAKE_PYTHON = """#!/bin/sh
case "$2" in
    *"%d.%d"*) echo "{version}" ;;
    *version_info*) exit {is_old} ;;
    *ensurepip*) exit {has_no_venv} ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The files of a fresh clone that make reads before anything is installed."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(BASE_DIR / name, tmp_path / name)
    shutil.copytree(BASE_DIR / ".ci", tmp_path / ".ci")
    return tmp_path


def make(checkout: Path, python: str, user: str | None = None) -> "subprocess.CompletedProcess[str]":
    command = ["make", "--no-print-directory", "run", f"PYTHON={python}"]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, timeout=60, user=user)


def fake_python(checkout: Path, *, version: str, is_old: bool = False, has_no_venv: bool = False) -> str:
    path = checkout / "fake-python"
    path.write_text(FAKE_PYTHON.format(version=version, is_old=int(is_old), has_no_venv=int(has_no_venv)))
    path.chmod(0o755)
    return str(path)


def sentence(done: "subprocess.CompletedProcess[str]") -> str:
    """Return what the installation said; make adds a line of its own that names the target."""
    assert done.returncode != 0
    ours = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert len(ours) == 1, done.stderr
    return ours[0]


def test_an_old_python_is_named_with_the_way_out(checkout: Path) -> None:
    said = sentence(make(checkout, fake_python(checkout, version="3.9", is_old=True)))
    assert "is Python 3.9, and the portal needs 3.11 or newer" in said
    assert "make PYTHON=" in said


def test_a_python_that_does_not_start_is_named_with_the_way_out(checkout: Path) -> None:
    # As a version manager leaves them: a file of the name, which explains at length that nothing is behind it.
    path = checkout / "shim"
    path.write_text("#!/bin/sh\necho 'no such version' >&2\necho 'these exist:' >&2\nexit 127\n")
    path.chmod(0o755)
    said = sentence(make(checkout, str(path)))
    assert "does not start" in said and "make PYTHON=" in said


def test_a_missing_venv_module_is_named_with_the_package_that_brings_it(checkout: Path) -> None:
    said = sentence(make(checkout, fake_python(checkout, version="3.12", has_no_venv=True)))
    assert "has no venv module" in said
    assert "python3.12-venv" in said


def test_a_missing_python_is_named(checkout: Path) -> None:
    assert "There is no python-of-nowhere on the PATH" in sentence(make(checkout, "python-of-nowhere"))


def test_a_folder_that_cannot_be_written_is_named() -> None:
    folder = Path(tempfile.mkdtemp(prefix="ccn-", dir="/tmp"))
    try:
        shutil.copy(BASE_DIR / "Makefile", folder)
        shutil.copytree(BASE_DIR / ".ci", folder / ".ci")
        shutil.copy(BASE_DIR / "pyproject.toml", folder)
        shutil.copy(BASE_DIR / "constraints.txt", folder)
        python = fake_python(folder, version="3.12")
        folder.chmod(0o555)
        # Root writes everywhere: the command is run as somebody else.
        said = sentence(make(folder, python, user="nobody" if os.geteuid() == 0 else None))
        assert f"The folder {folder.resolve()} cannot be written" in said
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_nothing_is_installed_again_while_no_dependency_changed(checkout: Path) -> None:
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / ".installed").touch()
    done = subprocess.run(["make", "--question", "setup"], cwd=checkout, timeout=60)
    assert done.returncode == 0
    (checkout / "constraints.txt").write_text("Django==5.2.19\n")
    done = subprocess.run(["make", "--question", "setup"], cwd=checkout, timeout=60)
    assert done.returncode == 1


@pytest.mark.parametrize("script", [".ci/run", ".ci/check", ".ci/install"])
def test_the_scripts_are_well_formed(script: str) -> None:
    shell = "bash" if script == ".ci/run" else "sh"
    assert subprocess.run([shell, "-n", str(BASE_DIR / script)], timeout=10).returncode == 0
