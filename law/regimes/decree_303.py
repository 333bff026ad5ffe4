"""R5: Decree 32 as amended by Decree 303/2026. Everything new here rests on one summary."""

import datetime as dt
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from law.citations import cite
from law.provisions import Mark, working_days
from law.regimes.decree_32 import R2, R3
from law.regimes.writing import HA, PERCENT, at_least, at_most, gives, none, over, unlimited
from law.vocabulary import (
    Actor,
    ClusterKind,
    CouncilPost,
    DecisionItem,
    Document,
    OccupancyUnit,
    ReportHeading,
    Requirement,
    Step,
    Work,
)

S1 = {"mark": Mark.SINGLE_SOURCE, "source": "ND303"}
AMENDED_10 = cite("ND303", part=_("amending Art. 10"))
AMENDED_8 = cite("ND303", part=_("amending Art. 8"))
AMENDED_2 = cite("ND303", part=_("amending Art. 2"))
AMENDED_9 = cite("ND303", part=_("amending Art. 9"))

R5 = replace(
    R2,
    code="R5",
    title=_("Decree 32/2024 as amended by Decree 303/2026"),
    valid_from=dt.date(2026, 9, 15),
    valid_to=None,
    dates_mark=Mark.SINGLE_SOURCE,
    dates_note=_(
        "Articles 6, 11 and 12 of Decree 139/2025 lapse. Whether Resolution 19/2026 still prevails until 1/3/2027 "
        "is open."
    ),
    instruments=("ND32", "ND303", "TT14", "TT38", "VBHN55", "ND178", "LDT143", "NQ202"),
    limits={
        Step.NOTICE: working_days(2, AMENDED_10, **S1),
        Step.WINDOW: working_days(5, AMENDED_10, note=_("from the notice"), **S1),
        Step.SUBMISSION: working_days(5, AMENDED_10, note=_("after the closing day"), **S1),
        Step.APPRAISAL: working_days(20, AMENDED_10, note=_("from a full dossier"), **S1),
        Step.SUPPLEMENT: unlimited(_("the clock stands still"), AMENDED_10, **S1),
        Step.DECISION: working_days(5, AMENDED_10, note=_("from one set and the appraisal report"), **S1),
        Step.SENDING: unlimited(_("one copy to the Ministry, no number of days"), AMENDED_10, **S1),
    },
    actors={
        **R3.actors,
        Step.NOTICE: gives(Actor.COMMUNE_PC, AMENDED_10, **S1),
        Step.SUBMISSION: gives(Actor.COMMUNE_PC, AMENDED_10, **S1),
    },
    thresholds=replace(
        R2.thresholds,
        area_min=at_least(5, HA, AMENDED_2, note=_("one floor for every cluster"), **S1),
        area_min_small=at_least(5, HA, AMENDED_2, note=_("one floor for every cluster"), **S1),
        area_max=at_most(75, HA, AMENDED_2, **S1),
        area_max_expanded=at_most(75, HA, AMENDED_8, **S1),
        deviation=at_most(5, HA, AMENDED_10, **S1),
        establish_occupancy=over(50, PERCENT, AMENDED_8, **S1),
        establish_unleased=at_most(50, HA, AMENDED_8, **S1),
        expand_occupancy=at_least(50, PERCENT, AMENDED_8, **S1),
        craft_share=at_least(
            60, PERCENT, AMENDED_2, note=_("villages with a recognised traditional craft"), **S1
        ),
        specialised_share=at_least(60, PERCENT, AMENDED_2, **S1),
        supporting_share=at_least(60, PERCENT, AMENDED_2, **S1),
        high_tech_share=at_least(30, PERCENT, AMENDED_2, **S1),
        service_share=at_most(10, PERCENT, cite("ND303", part=_("amending Art. 3")), **S1),
        support_ceiling=at_most(
            30,
            PERCENT,
            cite("ND32", "26.1"),
            note=_("whether the amendment keeps the ceiling is not stated: open question"),
            **S1,
        ),
        pass_mark=at_least(50, _("points"), cite("ND32", "13.2"), note=_("kept by the amendment"), **S1),
    ),
    test_unit=gives(OccupancyUnit.COMMUNE, AMENDED_8, **S1),
    exempt_from_test=gives((ClusterKind.HIGH_TECH, ClusterKind.ECOLOGICAL), AMENDED_8, **S1),
    kinds=gives(
        (
            ClusterKind.CRAFT_VILLAGE,
            ClusterKind.SPECIALISED,
            ClusterKind.SUPPORTING,
            ClusterKind.HIGH_TECH,
            ClusterKind.ECOLOGICAL,
        ),
        AMENDED_2,
        **S1,
    ),
    sets=gives(1, AMENDED_10, **S1),
    documents={
        Document.SUBMISSION: gives(Requirement.REQUIRED, AMENDED_9, note=_("by the commune"), **S1),
        Document.REQUEST: gives(Requirement.REQUIRED, AMENDED_9, **S1),
        Document.REPORT: gives(Requirement.REQUIRED, AMENDED_9, **S1),
        Document.MAP: gives(Requirement.REQUIRED, AMENDED_9, **S1),
        Document.LEGAL_STATUS: gives(
            Requirement.NOT_ASKED, AMENDED_9, note=_("Article 9.1(c) is repealed"), **S1
        ),
        Document.FINANCIAL_CAPACITY: gives(Requirement.REQUIRED, AMENDED_9, **S1),
        Document.EXPERIENCE: gives(Requirement.OPTIONAL, AMENDED_9, **S1),
    },
    report_headings=gives(
        (*(R2.report_headings.value or ()), ReportHeading.TYPE, ReportHeading.PRIORITY_LAND), AMENDED_9, **S1
    ),
    works=gives(
        (Work.ROADS, Work.WATER_SUPPLY, Work.WASTEWATER, Work.WASTE, Work.FIRE_PROTECTION), AMENDED_8, **S1
    ),
    works_exempt_before=gives(
        dt.date(2009, 10, 5), AMENDED_8, note=_("clusters formed before that day"), **S1
    ),
    council_vice_chairs=gives(
        (CouncilPost.INDUSTRY, CouncilPost.FINANCE), cite("ND303", part=_("amending Art. 13")), **S1
    ),
    council_stand_ins=none(_("not in this law"), **S1),
    decision_items=gives(
        (*(R2.decision_items.value or ()), DecisionItem.TYPE, DecisionItem.PRIORITY_LAND),
        cite("ND303", part=_("amending Art. 12")),
        note=_("11 items, of which the list is not fully known"),
        **S1,
    ),
    large_only_before=gives(
        dt.date(2009, 10, 5),
        cite("ND32", "35.1", "35.4"),
        note=_("Article 35.4a: also larger clusters already full or with an approved plan and clearance"),
        **S1,
    ),
    idle_priority_years=gives(2, cite("ND303", part=_("adding Art. 18.4a")), unit=_("years"), **S1),
    shared_works_before_operation=gives(True, cite("ND303", part=_("amending Art. 21.1")), **S1),
    originals=none(_("not in this law")),
)
