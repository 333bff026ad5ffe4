"""What holds for every source file."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FILES = sorted(
    path
    for room in ["config", *settings.ROOMS]
    for path in (ROOT / room).rglob("*.py")
    if "migrations" not in path.parts
)
LONGEST = 500


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def is_spoken_for(path: Path) -> bool:
    """Say whether everything public in the file must be explained: the law, and what writes."""
    if path.name == "apps.py" or "management" in path.parts:
        return False
    return path.relative_to(ROOT).parts[0] == "law" or "services" in path.parts


@pytest.mark.parametrize("path", [p for p in FILES if p.relative_to(ROOT).parts[0] != "config"], ids=name_of)
def test_only_config_reads_the_environment(path):
    source = path.read_text(encoding="utf-8")
    assert "os.environ" not in source
    assert "os.getenv" not in source


@pytest.mark.parametrize("path", [p for p in FILES if is_spoken_for(p)], ids=name_of)
def test_public_functions_of_law_and_services_are_explained(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and node.name not in {"Meta", "Params"}
        and not _is_inside_function(tree, node)
        and not ast.get_docstring(node)
    ]
    assert bare == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_file_outgrows_its_idea(path):
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST, f"{lines} lines: split it"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nothing_is_left_to_do(path):
    source = path.read_text(encoding="utf-8")
    assert not any(mark in source for mark in ("TO" + "DO", "FIX" + "ME", "XX" + "X"))


def test_services_know_nothing_of_http():
    for path in FILES:
        if "services" in path.parts:
            assert "django.http" not in path.read_text(encoding="utf-8"), name_of(path)


def _is_inside_function(tree: ast.Module, node: ast.AST) -> bool:
    return any(
        isinstance(outer, ast.FunctionDef)
        and node is not outer
        and any(inner is node for inner in ast.walk(outer))
        for outer in ast.walk(tree)
    )
