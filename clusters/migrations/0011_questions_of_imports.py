"""Imports keep why they stopped, and what their rows ask, as codes and facts."""

from django.db import migrations, models

_TABLES = ("clusters_importbatch", "clusters_importbatchevent")


def as_facts(apps, schema_editor):
    """Turn the texts into JSON; what was said before stays as the text it was."""
    for table in _TABLES:
        _alter(
            schema_editor,
            f"ALTER TABLE {table} ALTER COLUMN fault DROP NOT NULL, ALTER COLUMN fault TYPE jsonb "
            "USING CASE WHEN fault = '' THEN NULL ELSE to_jsonb(fault) END",
        )


def as_text(apps, schema_editor):
    """Turn the JSON back into text."""
    for table in _TABLES:
        _alter(
            schema_editor,
            f"ALTER TABLE {table} ALTER COLUMN fault TYPE text USING coalesce(fault #>> '{{}}', ''), "
            "ALTER COLUMN fault SET NOT NULL",
        )


def _alter(schema_editor, statement):
    # The triggers of the history name the column, and are put back after the statement.
    with schema_editor.alter_field_type():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("clusters", "0010_judgements")]

    operations = [
        migrations.AddField("importrow", "questions", models.JSONField(default=list)),
        migrations.AddField(
            "importbatch",
            "interruptions",
            models.PositiveSmallIntegerField(default=0, verbose_name="times interrupted"),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(as_facts, as_text)],
            state_operations=[
                migrations.AlterField(
                    model, "fault", models.JSONField(null=True, verbose_name="why it stopped")
                )
                for model in ("importbatch", "importbatchevent")
            ],
        ),
    ]
