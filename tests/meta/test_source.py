"""What holds for every source file; one test a habit, which names every file that breaks it."""

import ast
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LONGEST = 500
LEFT_TO_DO = ("TO" + "DO", "FIX" + "ME", "XX" + "X")


@cache
def sources() -> dict[Path, str]:
    """Return the text of every source file by its path from the root."""
    found = {
        path.relative_to(ROOT): path.read_text(encoding="utf-8")
        for room in ["config", *settings.ROOMS]
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts
    }
    assert len(found) > 300
    return found


def is_spoken_for(path: Path) -> bool:
    """Say whether everything public in the file must be explained: the law, and what writes."""
    if path.name == "apps.py" or "management" in path.parts:
        return False
    return path.parts[0] == "law" or "services" in path.parts


@pytest.mark.parametrize("word", ["os.environ", "os.getenv"])
def test_only_config_reads_the_environment(word: str):
    assert [str(p) for p, source in sources().items() if p.parts[0] != "config" and word in source] == []


def test_public_functions_of_law_and_services_are_explained():
    bare = [
        f"{path}: {name}"
        for path, source in sources().items()
        if is_spoken_for(path)
        for name in _unexplained(ast.parse(source))
    ]
    assert bare == []


def test_no_file_outgrows_its_idea():
    lines = {str(path): source.count("\n") for path, source in sources().items()}
    assert {path: number for path, number in lines.items() if number > LONGEST} == {}, "split them"


def test_nothing_is_left_to_do():
    assert [str(p) for p, source in sources().items() if any(mark in source for mark in LEFT_TO_DO)] == []


def test_services_know_nothing_of_http():
    assert [
        str(p) for p, source in sources().items() if "services" in p.parts and "django.http" in source
    ] == []


def _unexplained(tree: ast.Module) -> list[str]:
    """Return the public functions and classes without a docstring, those inside of functions left out."""
    inner = {
        inside
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef)
        for inside in ast.walk(outer)
        if inside is not outer
    }
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and node not in inner
        and not node.name.startswith("_")
        and node.name not in {"Meta", "Params"}
        and not ast.get_docstring(node)
    ]
