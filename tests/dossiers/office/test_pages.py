"""What every page of the office promises, and what each costs."""

from accounts.roles import Function, Role
from dossiers.services.people import add_condition, make_complaint
from tests.factories.dossiers import Walk, moment, planned
from tests.pages import PageContract


class TestMyWork(PageContract):
    url_name = "dossiers:my_work"
    function = Function.VIEW_DOSSIERS
    max_queries = 10

    def grow(self):
        for number in range(2):
            Walk(line=planned(name=f"Cụm Thử {number}")).to("appraisal")


class TestWorkspace(PageContract):
    url_name = "dossiers:workspace"
    function = Function.VIEW_DOSSIERS
    is_record = True
    max_queries = 44

    def url_kwargs(self):
        self.walk = Walk()
        self.walk.to("open")
        self.walk.join()
        for step in (self.walk.open_all, self.walk.submit, self.walk.accept, self.walk.opinion):
            step()
        return {"code": self.walk.dossier.code}

    def grow(self):
        for number in range(3):
            self.walk.paper("submission", self.walk.commune_officer, moment("2026-11-20"))
            add_condition(
                dossier=self.walk.dossier,
                text=f"Điều kiện {number}",
                check_on=moment("2027-06-01").date(),
                actor=self.walk.officer,
            )
            make_complaint(
                application=self.walk.application, text=f"Phản ánh {number}", user=self.walk.investor
            )


class TestBoard(PageContract):
    url_name = "dossiers:board"
    function = Function.SUPERVISE_DOSSIERS
    role = Role.DEPARTMENT_LEADER
    max_queries = 12

    def grow(self):
        Walk().to("deciding")


class TestDelegations(PageContract):
    url_name = "dossiers:delegations"
    function = Function.VIEW_DOSSIERS
    max_queries = 10


class TestOpinionList(PageContract):
    url_name = "dossiers:opinion_list"
    function = Function.GIVE_OPINION
    role = Role.CONSULTED_OFFICER
    max_queries = 9


class TestCouncilList(PageContract):
    url_name = "dossiers:council_list"
    function = Function.SCORE_APPLICATIONS
    max_queries = 6
