"""Unordered querysets come back in random order, so that no test leans on the order of insertion."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models.query import MAX_GET_RESULTS
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import MULTI


def _is_ordered(compiler: SQLCompiler) -> bool:
    query = compiler.query
    if query.extra_order_by or query.order_by:
        return True
    return bool(query.default_ordering and query.get_meta().ordering and not query.group_by)


def shuffle_unordered_querysets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every top-level SELECT without an order a random one.

    Subqueries never pass through ``execute_sql``; EXISTS, aggregates and writes do not ask it for rows. ``get()``,
    known by its limit, takes one row or fails.
    DISTINCT and UNION do not allow ``ORDER BY RANDOM()`` in SQL; their rows are shuffled when they arrive.
    """
    original: Callable[..., Any] = SQLCompiler.execute_sql

    def execute_sql(self: SQLCompiler, result_type: str = MULTI, *args: Any, **kwargs: Any) -> Any:
        query = self.query
        if result_type != MULTI or query.high_mark == MAX_GET_RESULTS or _is_ordered(self):
            return original(self, result_type, *args, **kwargs)
        if query.distinct or query.combinator:
            return _shuffled(original(self, result_type, *args, **kwargs))
        self.query = query.chain()
        self.query.order_by = ("?",)
        try:
            return original(self, result_type, *args, **kwargs)
        finally:
            self.query = query

    monkeypatch.setattr(SQLCompiler, "execute_sql", execute_sql)


def _shuffled(chunks: Any) -> Any:
    if chunks is None:
        return chunks
    rows = [row for chunk in chunks for row in chunk]
    random.shuffle(rows)
    return iter([rows])
