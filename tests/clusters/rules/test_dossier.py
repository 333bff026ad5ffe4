import pytest
from django.utils import translation

from clusters.rules.dossier import DossierComplete, EnoughSets, OneLeadUnit, ReportHasEveryHeading
from law.regimes import Regime
from law.rules import Outcome, Severity
from law.vocabulary import Document, FinancialProof, ReportHeading
from tests.factories.cases import application, case, day


def check(rule, regime="R5", **said):
    return rule(Regime.by_code(regime)).check(case(regime, **said))


ALL = frozenset(Document) - {Document.SUBMISSION}


@pytest.mark.parametrize("regime", ["R2", "R3", "R4", "R5"])
@pytest.mark.parametrize("document", [Document.REQUEST, Document.REPORT, Document.MAP])
def test_v23_request_report_and_map_are_always_asked(regime, document):
    short = application(documents=ALL - {document})

    assert check(DossierComplete, regime, applications=(application(),)).ok is True
    assert check(DossierComplete, regime, applications=(short,)).blocks


@pytest.mark.parametrize(("regime", "ok"), [("R2", False), ("R3", False), ("R4", True), ("R5", True)])
def test_v23_legal_status_is_asked_until_resolution_19(regime, ok):
    short = application(documents=ALL - {Document.LEGAL_STATUS})

    assert check(DossierComplete, regime, applications=(short,)).ok is ok


@pytest.mark.parametrize("proof", FinancialProof)
def test_v23_any_one_of_the_five_financial_proofs_will_do(proof):
    assert check(DossierComplete, applications=(application(proofs=frozenset({proof})),)).ok is True


def test_v23_without_any_financial_proof_the_dossier_is_not_complete():
    finding = check(
        DossierComplete, applications=(application(proofs=frozenset()), application(name="Công ty B"))
    )

    assert finding.blocks
    with translation.override("en"):
        assert str(finding.measured) == "1 of 2 dossiers complete"
        assert "Công ty A: proof of financial capacity" in str(finding.explanation)
        assert "Công ty B" not in str(finding.explanation)


def test_v23_experience_is_optional():
    assert (
        check(DossierComplete, applications=(application(documents=ALL - {Document.EXPERIENCE}),)).ok is True
    )


def test_v23_the_submission_is_asked_once_it_is_made():
    handed_in = {"applications": (application(),), "submitted_on": day("2026-10-20")}

    assert check(DossierComplete, **handed_in).blocks
    assert check(DossierComplete, **handed_in, documents=frozenset({Document.SUBMISSION})).ok is True


def test_v23_only_dossiers_that_take_part_are_looked_at():
    empty = application(documents=frozenset())

    assert check(DossierComplete).outcome is Outcome.NOT_APPLICABLE
    for out in ({"refused_late": True}, {"withdrawn": True}):
        gone = application(documents=empty.documents, **out)
        assert check(DossierComplete, applications=(gone, application())).ok is True


@pytest.mark.parametrize(
    ("regime", "sets", "originals", "ok"),
    [
        ("R1", 8, 2, True),
        ("R1", 8, 1, False),
        ("R1", 7, 2, False),
        ("R2", 2, None, True),
        ("R2", 1, None, False),
        ("R3", 1, None, False),
        ("R4", 1, None, True),
        ("R5", 1, None, True),
        ("R5", 0, None, False),
    ],
)
def test_v24_each_law_asks_for_its_sets(regime, sets, originals, ok):
    finding = check(EnoughSets, regime, applications=(application(sets=sets, originals=originals),))

    assert finding.ok is ok
    assert finding.severity is Severity.WARN


def test_v24_since_decree_32_an_electronic_file_belongs_to_the_dossier():
    without = application(has_e_file=False)

    assert check(EnoughSets, "R1", applications=(without,)).ok is True
    assert check(EnoughSets, "R2", applications=(without,)).ok is False
    assert check(EnoughSets, "R5", applications=(without,)).ok is False


def test_v24_what_is_not_recorded_is_not_computable():
    assert check(EnoughSets, applications=(application(sets=None),)).outcome is Outcome.NOT_COMPUTABLE


def test_v25_every_heading_is_treated_and_r5_adds_type_and_priority_land():
    old = frozenset(ReportHeading) - {ReportHeading.TYPE, ReportHeading.PRIORITY_LAND}

    assert check(ReportHasEveryHeading, "R2", applications=(application(headings=old),)).ok is True
    assert check(ReportHasEveryHeading, "R4", applications=(application(headings=old),)).ok is True
    finding = check(ReportHasEveryHeading, "R5", applications=(application(headings=old),))
    assert finding.blocks
    with translation.override("en"):
        assert "type of the cluster" in str(finding.explanation)
        assert str(finding.required) == "9 headings"


@pytest.mark.parametrize("heading", [ReportHeading.NEED, ReportHeading.INCENTIVES])
def test_v25_a_missing_heading_blocks(heading):
    short = application(headings=frozenset(ReportHeading) - {heading})

    assert check(ReportHasEveryHeading, "R2", applications=(short,)).blocks


TWO = ("Xã Mậu A", "Xã Văn Bàn")


@pytest.mark.parametrize(
    ("leads", "paper", "ok"),
    [
        (("Xã Mậu A",), "12/UBND-CN", True),
        (("Xã Mậu A",), "", False),
        ((), "", False),
        (TWO, "12/UBND-CN", False),
        (("Xã Lâm Giang",), "12/UBND-CN", False),
    ],
)
def test_v26_of_several_units_exactly_one_leads_by_a_paper_of_the_province(leads, paper, ok):
    finding = check(OneLeadUnit, units=TWO, lead_units=leads, lead_named_by=paper)

    assert finding.ok is ok
    assert finding.blocks is (not ok)


def test_v26_one_unit_needs_no_lead_and_none_proves_nothing():
    assert check(OneLeadUnit, units=("Xã Mậu A",)).outcome is Outcome.NOT_APPLICABLE
    assert check(OneLeadUnit).outcome is Outcome.NOT_COMPUTABLE
