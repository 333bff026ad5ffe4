"""Operations done together leave the same state and the same tables as one after the other."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from core.migrating import Together

TABLES = [
    migrations.CreateModel(
        "Paper", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())]
    ),
    migrations.CreateModel(
        "Copy",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("paper", models.ForeignKey("probe.Paper", on_delete=models.CASCADE)),
        ],
    ),
]
EXTRAS = [
    migrations.AddIndex("Paper", models.Index(fields=["name"], name="probe_by_name")),
    migrations.AddConstraint("Copy", models.UniqueConstraint(fields=["paper"], name="probe_once")),
]


def columns() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_name LIKE 'probe_%%' ORDER BY table_name, column_name"
        )
        found: dict[str, list[str]] = {}
        for table, column in cursor.fetchall():
            found.setdefault(table, []).append(column)
    return found


@pytest.mark.django_db
def test_operations_together_make_what_they_make_apart_and_take_it_back():
    state = ProjectState()
    for operation in (Together(TABLES), Together(EXTRAS)):
        before, state = state, state.clone()
        operation.state_forwards("probe", state)
        with connection.schema_editor() as editor:
            operation.database_forwards("probe", editor, before, state)

    apart = ProjectState()
    for operation in (*TABLES, *EXTRAS):
        operation.state_forwards("probe", apart)
    assert {key: one.options for key, one in state.models.items()} == {
        key: one.options for key, one in apart.models.items()
    }
    assert columns() == {"probe_copy": ["id", "paper_id"], "probe_paper": ["id", "name"]}

    with connection.schema_editor() as editor:
        Together(TABLES).database_backwards("probe", editor, state, ProjectState())
    assert columns() == {}
