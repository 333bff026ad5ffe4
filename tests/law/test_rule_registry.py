"""Every rule that any room registers is complete, and is tested under its code."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from law.regimes import REGIMES
from law.rules import Severity, all_rules

TESTS = Path(settings.BASE_DIR) / "tests"


def names_of_tests() -> set[str]:
    names = set()
    for path in TESTS.rglob("test_*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return {name for name in names if name.startswith("test_")}


TESTED = names_of_tests()


def test_there_are_rules():
    assert {"V13", "V45", "V59"} <= {rule.code for rule in all_rules()}


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_rule_has_code_legal_basis_sentence_and_docstring(rule):
    assert rule.code
    assert str(rule.legal_basis)
    assert str(rule.sentence)
    assert rule.__doc__
    assert rule.severity in Severity
    assert any(rule.applies(regime) for regime in REGIMES)
    assert rule.about is not object
    assert "check" in {name for one in rule.__mro__[:-2] for name in vars(one)}


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_rule_has_a_test_that_names_it(rule):
    word = rule.code.lower()
    assert any(f"_{word}_" in f"{name}_" for name in TESTED), f"no test is named after {rule.code}"
