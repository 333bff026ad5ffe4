"""Uploads are for everybody who is signed in; whose upload and which dossier is asked of each (tests beside this)."""

import uuid

from dossiers.models import Upload
from tests.factories.dossiers import applicant, draft
from tests.meta.samples import Access, Address


def _of_somebody_else() -> dict[str, object]:
    user = applicant()
    upload = Upload.objects.create(
        key=uuid.uuid4(), user=user, application=draft(user=user), kind="experience", name="a.pdf", size=10
    )
    return {"key": upload.key}


NOT_THEIRS = frozenset({404})
ADDRESSES = {
    "dossiers:upload_start": Address(Access.SIGNED_IN, method="post", ok=NOT_THEIRS),
    "dossiers:upload_piece": Address(
        Access.SIGNED_IN, _of_somebody_else, "offset=0", method="post", ok=NOT_THEIRS
    ),
    "dossiers:upload_state": Address(Access.SIGNED_IN, _of_somebody_else, ok=NOT_THEIRS),
    "dossiers:upload_finish": Address(Access.SIGNED_IN, _of_somebody_else, method="post", ok=NOT_THEIRS),
}
