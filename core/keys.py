"""Rows by their keys, where the keys are one alternative among others."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Lookup, Q, QuerySet


class _IsAmong(Lookup):
    """``key = ANY (ARRAY (SELECT ...))``."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the comparison."""
        key, key_parameters = self.process_lhs(compiler, connection)
        keys, parameters = self.process_rhs(compiler, connection)
        return f"{key} = ANY {keys}", (*key_parameters, *parameters)


def is_among(keys: QuerySet) -> Q:
    """Return the condition that a row's key is one of ``keys``, a queryset of one column.

    It says the same as ``pk__in``, for ``OR``: PostgreSQL reads the keys first and finds their rows by the index, as it
    finds those of the other alternative. With ``pk__in`` it compares every row of the table with both.
    """
    return Q(_IsAmong(F("pk"), ArraySubquery(keys.order_by())))
