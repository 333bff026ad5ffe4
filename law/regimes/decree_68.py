"""R0: Decision 105/2009; R1: Decree 68/2017; R1b: with Decree 66/2020. Known from secondary sources only."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from law.citations import cite
from law.provisions import Limit, Mark, working_days
from law.regimes.base import Regime, Thresholds
from law.regimes.writing import (
    HA,
    NOT_FOUND,
    PERCENT,
    at_least,
    at_most,
    gives,
    no_threshold,
    none,
    over,
    under,
    unlimited,
)
from law.vocabulary import Actor, ClusterKind, Criterion, Document, Step

QUOTED_105 = {"mark": Mark.SECONDARY, "source": "105"}
QUOTED_68 = {"mark": Mark.SECONDARY, "source": "TVPL68"}
QUOTED_66 = {"mark": Mark.SECONDARY, "source": "66"}
MEMORY = {"mark": Mark.MEMORY, "source": "MEMORY"}

UNKNOWN = none(**NOT_FOUND)
UNKNOWN_LIMIT = Limit(**NOT_FOUND)
UNKNOWN_THRESHOLD = no_threshold(**NOT_FOUND)
NOT_IN_68 = none(_("not in this law"), **QUOTED_68)
NO_COUNCIL = none(_("no council in this law"), **QUOTED_68)

R0 = Regime(
    code="R0",
    title=_("Decision 105/2009"),
    valid_from=dt.date(2009, 10, 5),
    valid_to=dt.date(2017, 7, 14),
    dates_mark=Mark.SECONDARY,
    dates_note=_("Clusters formed before 5/10/2009 are treated by Article 35.4 of Decree 32/2024."),
    instruments=("QD105", "TTLT31"),
    limits=dict.fromkeys(Step, UNKNOWN_LIMIT),
    actors=dict.fromkeys(Step, UNKNOWN),
    thresholds=Thresholds(
        area_min=UNKNOWN_THRESHOLD,
        area_min_small=UNKNOWN_THRESHOLD,
        area_max=at_most(50, HA, cite("QD105"), **QUOTED_105),
        area_max_expanded=at_most(75, HA, cite("QD105"), **QUOTED_105),
        deviation=UNKNOWN_THRESHOLD,
        establish_occupancy=UNKNOWN_THRESHOLD,
        establish_unleased=UNKNOWN_THRESHOLD,
        expand_occupancy=UNKNOWN_THRESHOLD,
        craft_share=UNKNOWN_THRESHOLD,
        specialised_share=UNKNOWN_THRESHOLD,
        supporting_share=UNKNOWN_THRESHOLD,
        high_tech_share=UNKNOWN_THRESHOLD,
        service_share=UNKNOWN_THRESHOLD,
        support_ceiling=UNKNOWN_THRESHOLD,
        pass_mark=UNKNOWN_THRESHOLD,
        inspections=UNKNOWN_THRESHOLD,
    ),
    test_unit=UNKNOWN,
    exempt_from_test=UNKNOWN,
    kinds=UNKNOWN,
    sets=UNKNOWN,
    originals=UNKNOWN,
    e_file=UNKNOWN,
    documents=dict.fromkeys(Document, UNKNOWN),
    report_headings=UNKNOWN,
    works=UNKNOWN,
    works_exempt_before=UNKNOWN,
    score_maxima=dict.fromkeys(Criterion, UNKNOWN),
    council_chair=UNKNOWN,
    council_vice_chairs=UNKNOWN,
    council_stand_ins=UNKNOWN,
    council_secretary=UNKNOWN,
    decision_items=UNKNOWN,
    regulation_copy=UNKNOWN_LIMIT,
    small_only_before=UNKNOWN,
    large_only_before=UNKNOWN,
    idle_priority_years=UNKNOWN,
    shared_works_before_operation=UNKNOWN,
)

R1 = replace(
    R0,
    code="R1",
    title=_("Decree 68/2017"),
    valid_from=dt.date(2017, 7, 15),
    valid_to=dt.date(2020, 7, 31),
    dates_note=_(
        "The last day is not confirmed: Decree 66/2020 is thought to have taken effect on 1/8/2020."
    ),
    instruments=("ND68", "TT15"),
    limits={
        Step.NOTICE: unlimited(_("no public notice in this law"), cite("ND68", "12"), **QUOTED_68),
        Step.WINDOW: unlimited(_("no receiving period in this law"), cite("ND68", "12"), **QUOTED_68),
        Step.SUBMISSION: working_days(5, cite("ND68", "12"), **QUOTED_68),
        Step.APPRAISAL: working_days(15, cite("ND68", "12"), note=_("from a full dossier"), **QUOTED_68),
        Step.SUPPLEMENT: unlimited(_("the clock stands still"), cite("ND68", "12"), **QUOTED_68),
        Step.DECISION: working_days(5, cite("ND68", "12"), **QUOTED_68),
        Step.SENDING: unlimited(_("to the Ministry, no number of days"), **MEMORY),
    },
    actors={
        **R0.actors,
        Step.NOTICE: NOT_IN_68,
        Step.WINDOW: NOT_IN_68,
        Step.SUBMISSION: gives(Actor.DISTRICT_PC, cite("ND68", "12"), **QUOTED_68),
        Step.APPRAISAL: gives(Actor.DEPARTMENT, cite("ND68", "12"), **QUOTED_68),
        Step.DECISION: gives(Actor.PROVINCE_PC, cite("ND68", "12"), **QUOTED_68),
    },
    thresholds=replace(
        R0.thresholds,
        area_min=at_least(10, HA, cite("ND68", "2.1"), **QUOTED_68),
        area_min_small=at_least(5, HA, cite("ND68", "2.1"), **QUOTED_68),
        area_max=at_most(75, HA, cite("ND68", "2.1"), **QUOTED_68),
        area_max_expanded=at_most(75, HA, cite("ND68", "2.1"), **QUOTED_68),
        establish_occupancy=over(50, PERCENT, cite("ND68", "10"), **MEMORY),
        establish_unleased=under(50, HA, cite("ND68", "10"), **MEMORY),
        expand_occupancy=at_least(60, PERCENT, cite("ND68", "10"), **MEMORY),
        pass_mark=no_threshold(_("no council in this law"), **QUOTED_68),
    ),
    kinds=gives((ClusterKind.CRAFT_VILLAGE,), cite("ND68", "2.1"), **QUOTED_68),
    sets=gives(8, cite("ND68", "12"), **QUOTED_68),
    originals=gives(2, cite("ND68", "12"), note=_("at least"), **QUOTED_68),
    score_maxima=dict.fromkeys(Criterion, NO_COUNCIL),
    council_chair=NO_COUNCIL,
    council_vice_chairs=NO_COUNCIL,
    council_stand_ins=NO_COUNCIL,
    council_secretary=NO_COUNCIL,
    # The grandfather clauses of Decree 32 look back on these two days; this law knew neither.
    small_only_before=NOT_IN_68,
    large_only_before=NOT_IN_68,
    idle_priority_years=NOT_IN_68,
    shared_works_before_operation=NOT_IN_68,
)

SCORED = {"unit": _("points"), **QUOTED_66}

R1B = replace(
    R1,
    code="R1b",
    title=_("Decree 68/2017 with Decree 66/2020"),
    valid_from=dt.date(2020, 8, 1),
    valid_to=dt.date(2024, 4, 30),
    dates_mark=Mark.MEMORY,
    dates_note=_("The first day is not confirmed by any source."),
    instruments=("ND68", "ND66", "TT15", "TT28"),
    limits=dict.fromkeys(Step, UNKNOWN_LIMIT),
    actors=dict.fromkeys(Step, UNKNOWN),
    thresholds=replace(R1.thresholds, pass_mark=at_least(50, _("points"), cite("ND66"), **QUOTED_66)),
    sets=UNKNOWN,
    originals=UNKNOWN,
    score_maxima={
        Criterion.INFRASTRUCTURE: gives(Decimal(15), cite("ND66"), **SCORED),
        Criterion.MANAGEMENT: gives(Decimal(15), cite("ND66"), **SCORED),
        Criterion.CAPACITY: gives(Decimal(30), cite("ND66"), **SCORED),
        Criterion.FINANCE: gives(Decimal(40), cite("ND66"), **SCORED),
    },
    council_chair=UNKNOWN,
    council_vice_chairs=UNKNOWN,
    council_stand_ins=UNKNOWN,
    council_secretary=UNKNOWN,
)
