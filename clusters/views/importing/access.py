"""Which import a person works on."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.roles import Function
from clusters.importing.specs import SPECS
from clusters.models import ImportBatch

FUNCTION = Function.EDIT_REGISTRY
_SIZES = {"10": 10, "20": 20, "50": 50, "all": 500}


def page_size_of(request: HttpRequest) -> int:
    """Return the rows on a page that the address asks for; "all" ends at 500, which a form can still send back."""
    return _SIZES.get(request.GET.get("per_page", ""), 20)


def batch_for(user: Any, key: Any) -> ImportBatch:
    """Return an import the person may see; raise Http404 for any other."""
    joined = ImportBatch.objects.select_related(
        "file", "province", "organisation", "created_by", "committed_by", "undone_by"
    )
    return get_object_or_404(joined.visible_to(user), key=key)


def may_change(user: Any, batch: ImportBatch) -> bool:
    """Say whether the person may correct, save and undo an import that they see: one of a kind they may import."""
    return SPECS[batch.kind].may_use(user)


def changeable(user: Any, key: Any) -> ImportBatch:
    """Return an import the person may change; raise Http404 for any other."""
    batch = batch_for(user, key)
    if not may_change(user, batch):
        raise Http404
    return batch
