"""Migrations are complete, and what a person may be asked about has a history."""

import pgtrigger
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from pghistory.models import Event

# Rows without business meaning, rows that are themselves history, and rows loaded as a whole from files: each with
# the reason why nobody will ask who changed it.
UNTRACKED = {
    "core.ListPreference": "a person's own view of a list",
    "core.SavedView": "a person's own view of a list, shared or not",
    "core.ReferenceLoad": "says which files were loaded",
    "core.StoredFile": "written once, never changed",
    "accounts.User": "sign-in data; what a person may do stands in memberships, which are tracked",
    "accounts.ApiTokenUse": "a counter of requests; the token is tracked",
    "dossiers.Dossier": "its events are its history: every change of it appends one",
    "dossiers.CodeCounter": "a counter",
    "dossiers.Upload": "a file on its way in; what becomes of it is tracked",
    "dossiers.Notification": "a message about an event, which is kept",
    "dossiers.OutboxMessage": "a letter about an event, which is kept",
    "dossiers.NotificationSetting": "a person's own choice how to be told",
    "clusters.BoardChange": "a place to count again; gone when it is counted",
    "clusters.BoardCount": "computed from the registry, which is tracked",
    "clusters.BoardState": "says when the counts were computed",
    "clusters.Figures": "computed from observations, which are tracked",
    "clusters.ImportMapping": "how a header was read last time; a convenience",
    "clusters.ImportRow": "rows of a preview, computed anew with it; what they write is tracked",
    "clusters.Industry": "loaded from files",
    "places.Region": "loaded from files",
    "places.Province": "loaded from files",
    "places.District": "loaded from files",
    "places.Commune": "loaded from files",
    "places.CommuneSuccession": "loaded from files",
}


def ours():
    return [model for model in apps.get_models() if model._meta.app_label in settings.ROOMS]


def tracked():
    """Return the models with an event table, and those whose rows can only be added and so are their own history."""
    append_only = {model for model, trigger in pgtrigger.registered() if trigger.name == "append_only"}
    return {model.pgh_tracked_model for model in ours() if issubclass(model, Event)} | append_only


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_model_with_business_meaning_has_a_history():
    candidates = [model for model in ours() if not issubclass(model, Event)]
    bare = {model._meta.label for model in candidates} - {model._meta.label for model in tracked()}
    assert sorted(bare - UNTRACKED.keys()) == [], "put core.history.track() on them"
    assert sorted(UNTRACKED.keys() - bare) == [], "these are tracked, or gone"


def test_every_model_is_named_for_people_and_has_an_order():
    for model in ours():
        if issubclass(model, Event):
            continue
        is_part_of_one = model._meta.pk.remote_field is not None
        assert model._meta.ordering or is_part_of_one, f"{model._meta.label} comes back in any order"
        assert model._meta.original_attrs.get("verbose_name"), f"{model._meta.label} has no verbose_name"


def test_money_and_land_are_never_floats():
    for model in ours():
        for field in model._meta.concrete_fields:
            assert (
                field.get_internal_type() != "FloatField" or "itude" in field.name or "km2" in field.name
            ), f"{model._meta.label}.{field.name}: money and land are decimals, never floats"
