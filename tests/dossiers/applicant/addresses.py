"""People who file: lists answer them, and what belongs to another organisation is not found, whatever their role."""

from accounts.roles import Function
from dossiers.models import OrganisationPaper
from tests.dossiers.applicant.cases import with_supplement
from tests.factories.dossiers import Walk, draft, organisation_of, stored
from tests.meta.samples import Address

FILE = Function.FILE_DOSSIER
NOT_MINE = frozenset({404})


def _draft() -> dict[str, object]:
    return {"pk": draft().pk}


def _section() -> dict[str, object]:
    return {**_draft(), "section": "project"}


def _filed() -> dict[str, object]:
    return {"pk": Walk().file().pk}


def _paper() -> dict[str, object]:
    return {"pk": draft().documents.first().pk}


def _supplement() -> dict[str, object]:
    return {"pk": with_supplement().application.pk, "number": 1}


def _item() -> dict[str, object]:
    return {**_supplement(), "position": 1}


def _stored() -> dict[str, object]:
    walk = Walk()
    paper = OrganisationPaper.objects.create(
        organisation=organisation_of(walk.investor),
        kind="experience",
        title="Hồ sơ năng lực",
        file=stored(user=walk.investor),
        added_by=walk.investor,
    )
    return {"pk": paper.pk}


ADDRESSES = {
    "dossiers:begin": Address(FILE, query="procedure=establish_cluster"),
    "dossiers:mine": Address(FILE),
    "dossiers:store": Address(FILE),
    "dossiers:draft": Address(FILE, _draft, ok=NOT_MINE),
    "dossiers:draft_section": Address(FILE, _section, ok=NOT_MINE),
    "dossiers:draft_answers": Address(FILE, _draft, method="post", ok=NOT_MINE),
    "dossiers:paper_add": Address(FILE, _draft, method="post", ok=NOT_MINE),
    "dossiers:discard": Address(FILE, _draft, method="post", ok=NOT_MINE),
    "dossiers:review": Address(FILE, _draft, ok=NOT_MINE),
    "dossiers:application": Address(FILE, _filed, ok=NOT_MINE),
    "dossiers:receipt": Address(FILE, _filed, ok=NOT_MINE),
    "dossiers:withdraw": Address(FILE, _filed, ok=NOT_MINE),
    "dossiers:complain": Address(FILE, _filed, ok=NOT_MINE),
    "dossiers:supplement": Address(FILE, _supplement, ok=NOT_MINE),
    "dossiers:supplement_item": Address(FILE, _item, method="post", ok=NOT_MINE),
    "dossiers:hand_in": Address(FILE, _supplement, method="post", ok=NOT_MINE),
    "dossiers:paper_file": Address(FILE, _paper, ok=NOT_MINE),
    "dossiers:paper_remove": Address(FILE, _paper, method="post", ok=NOT_MINE),
    "dossiers:paper_keep": Address(FILE, _paper, ok=NOT_MINE),
    "dossiers:store_paper": Address(FILE, _stored, ok=NOT_MINE),
    "dossiers:store_file": Address(FILE, _stored, ok=NOT_MINE),
    "dossiers:store_remove": Address(FILE, _stored, method="post", ok=NOT_MINE),
}
