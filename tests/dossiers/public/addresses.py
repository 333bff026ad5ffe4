"""Everybody reaches what is published about procedures and notices."""

from tests.factories.dossiers import Walk
from tests.meta.samples import Access, Address


def _notice() -> dict[str, object]:
    return {"code": Walk().to("open").code}


ADDRESSES = {
    "dossiers:need": Address(Access.PUBLIC, query="procedure=establish_cluster"),
    "dossiers:procedures": Address(Access.PUBLIC),
    "dossiers:procedure": Address(Access.PUBLIC, lambda: {"code": "establish_cluster"}),
    "dossiers:notices": Address(Access.PUBLIC),
    "dossiers:notice": Address(Access.PUBLIC, _notice),
    "dossiers:track": Address(Access.PUBLIC),
}
