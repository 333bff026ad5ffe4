"""Corrections of a preview: cells typed anew, matches chosen, rows left out."""

import re
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clusters.importing.questions import ALL_ROWS, KINDS, Question, answer_key
from clusters.importing.specs.base import NEW, SKIP
from clusters.models.imports import OPEN_STATES, ImportBatch, ImportOutcome
from core.history import because

_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_LONGEST = 2_000


def correct_import(
    *, batch: ImportBatch, cells: Mapping[str, str], choices: Mapping[str, str], skip_stopping: bool = False
) -> ImportBatch:
    """Keep corrected cells by address, and choices by row: a key, ``new``, ``skip`` or blank for none.

    Answers to questions are choices too, under the keys of ``clusters.importing.questions``. ``skip_stopping`` leaves
    out every row that is wrong or not decided. The file itself stays as it is. Raise
    ValidationError for an import that is not open, or a choice that was not offered.
    """
    with transaction.atomic(), because(_("cells of an import corrected")):
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if batch.state not in OPEN_STATES:
            raise ValidationError(
                _("This import is %(state)s; nothing can be changed in it.")
                % {"state": batch.get_state_display()}
            )
        corrections = dict(batch.corrections)
        for address, text in cells.items():
            if not _ADDRESS.fullmatch(address):
                raise ValidationError(_("%(cell)s is no cell of the sheet.") % {"cell": address})
            corrections[address] = text.strip()[:_LONGEST]
        chosen = dict(batch.choices)
        offered = _offered(batch, choices)
        for key, value in choices.items():
            if not value:
                chosen.pop(key, None)
            elif value in offered.get(key, ()) or chosen.get(key) == value:
                chosen[key] = value
            else:
                raise ValidationError(
                    _("That choice is not offered for row %(row)s.") % {"row": _row_of(key)}
                )
        if skip_stopping:
            stopping = batch.rows.filter(outcome__in=(ImportOutcome.WRONG, ImportOutcome.ASKED))
            chosen |= {row.choice_key: SKIP for row in stopping.only("number", "part")}
        batch.corrections, batch.choices = corrections, chosen
        batch.save()
    return batch


def _offered(batch: ImportBatch, choices: Iterable[str]) -> dict[str, set[str]]:
    """Return what may be chosen, by key of the choice."""
    offered = {answer_key(ALL_ROWS, kind.key): set(kind.answers) for kind in KINDS.values()}
    for row in batch.rows.filter(number__in=[_row_of(key) for key in choices]):
        offered[row.choice_key] = {SKIP, NEW, *(str(key) for key, _label in row.candidates)}
        for facts in row.questions:
            question = Question.from_dict(facts)
            offered[answer_key(row.choice_key, question.kind)] = set(question.answers)
    return offered


def _row_of(key: str) -> int:
    number = key.partition(".")[0]
    return int(number) if number.isdigit() else 0
