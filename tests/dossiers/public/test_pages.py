"""Public pages about procedures and notices, for everybody."""

from tests.factories.dossiers import Walk
from tests.pages import PageContract


class TestNeed(PageContract):
    url_name = "dossiers:need"
    max_queries = 6


class TestProcedures(PageContract):
    url_name = "dossiers:procedures"
    max_queries = 5


class TestProcedure(PageContract):
    url_name = "dossiers:procedure"
    max_queries = 5

    def url_kwargs(self):
        return {"code": "establish_cluster"}


class TestNotices(PageContract):
    url_name = "dossiers:notices"
    max_queries = 8

    def url_kwargs(self):
        Walk().to("open")
        return {}

    def grow(self):
        from tests.factories.dossiers import planned

        for number in range(3):
            Walk(line=planned(name=f"Cụm công nghiệp số {number}")).to("open")


class TestNotice(PageContract):
    url_name = "dossiers:notice"
    max_queries = 7

    def url_kwargs(self):
        return {"code": Walk().to("open").code}


class TestTrack(PageContract):
    url_name = "dossiers:track"
    max_queries = 5
