"""The words in which a regime is written: steps, actors, documents, works, contents."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """The steps of establishing or expanding a cluster that have a time limit."""

    NOTICE = "S1", _("public notice after the first request")
    WINDOW = "S2", _("receiving of dossiers")
    SUBMISSION = "S3", _("submission to the department")
    APPRAISAL = "S4", _("appraisal and scoring")
    SUPPLEMENT = "S4b", _("supplement of the dossier")
    DECISION = "S5", _("decision of the provincial People's Committee")
    SENDING = "S6", _("sending of the decision to the Ministry")


class Actor(models.TextChoices):
    """Who does a step."""

    CANDIDATES = "candidates", _("those who ask to be investor")
    DISTRICT_PC = "district_pc", _("district People's Committee")
    COMMUNE_PC = "commune_pc", _("commune People's Committee")
    DEPARTMENT = "department", _("Department of Industry and Trade")
    PROVINCE_PC = "province_pc", _("provincial People's Committee")


class OccupancyUnit(models.TextChoices):
    """The territory whose clusters are looked at when a new one is to be established."""

    DISTRICT = "district", _("district")
    AS_DECIDED = "as_decided", _("territory decided by the provincial People's Committee")
    COMMUNE = "commune", _("commune")
    PROVINCE = "province", _("province")


class Requirement(models.TextChoices):
    """Whether a dossier must hold a document."""

    REQUIRED = "required", _("required")
    OPTIONAL = "optional", _("if there is one")
    NOT_ASKED = "not_asked", _("not asked")


class Document(models.TextChoices):
    """The documents of an establishment or expansion dossier."""

    SUBMISSION = "submission", _("submission of the receiving People's Committee")
    REQUEST = "request", _("request to be infrastructure investor, with the commitment")
    REPORT = "report", _("investment report on establishing or expanding the cluster")
    MAP = "map", _("map of location and boundary")
    LEGAL_STATUS = "legal_status", _("copy of the papers on legal status")
    FINANCIAL_CAPACITY = "financial_capacity", _("proof of financial capacity, at least one of five kinds")
    EXPERIENCE = "experience", _("papers on experience and others")


class FinancialProof(models.TextChoices):
    """The kinds of proof of financial capacity, of which a dossier holds at least one."""

    STATEMENTS = "statements", _("financial statements of the two latest years")
    PARENT_COMPANY = "parent_company", _("commitment of support by the parent company")
    CREDIT_INSTITUTION = "credit_institution", _("commitment of support by a credit institution")
    GUARANTEE = "guarantee", _("guarantee of the financial capacity")
    OTHER = "other", _("other papers proving the financial capacity")


class Work(models.TextChoices):
    """The shared works that must be finished and in use before a cluster is expanded."""

    ROADS = "roads", _("internal roads")
    WATER_SUPPLY = "water_supply", _("water supply")
    WASTEWATER = "wastewater", _("wastewater collection and treatment")
    WASTE = "waste", _("waste handling")
    FIRE_PROTECTION = "fire_protection", _("fire protection")


class DecisionItem(models.TextChoices):
    """What a decision to establish or expand a cluster must say."""

    IDENTITY = "identity", _("name, area, place and main lines of business")
    INVESTOR = "investor", _("infrastructure investor")
    SCALE = "scale", _("scale of the infrastructure, total capital and its structure")
    PROGRESS = "progress", _("progress")
    INCENTIVES = "incentives", _("incentives and support with their conditions, if any")
    RESPONSIBILITIES = "responsibilities", _("responsibilities of those concerned")
    EFFECT = "effect", _("time of effect")
    OTHER = "other", _("other contents")
    TYPE = "type", _("type of the cluster")
    PRIORITY_LAND = (
        "priority_land",
        _("least land for private high-tech firms, small and medium enterprises and innovative start-ups"),
    )


class ReportHeading(models.TextChoices):
    """The headings of the investment report."""

    NEED = (
        "need",
        _("legal basis, need, fulfilment of the conditions, labour, effect of other zones and clusters"),
    )
    LAND = "land", _("state of the land, recovery, lines of business, land structure, connections outside")
    OBJECTIVES = (
        "objectives",
        _("aim, area, place, infrastructure options, clearance, progress, attraction, housing"),
    )
    INVESTOR = (
        "investor",
        _("status, capacity and experience of the investor, total investment and its structure"),
    )
    OPERATION = "operation", _("operating cost and management")
    ENVIRONMENT = "environment", _("preliminary environmental assessment")
    INCENTIVES = "incentives", _("incentives asked for, impact, organisation")
    TYPE = "type", _("type of the cluster and target enterprises")
    PRIORITY_LAND = (
        "priority_land",
        _("land for private high-tech firms, small and medium enterprises and innovative start-ups"),
    )


class Criterion(models.TextChoices):
    """What the council scores."""

    INFRASTRUCTURE = "infrastructure", _("infrastructure plan")
    MANAGEMENT = "management", _("management and environment plan")
    CAPACITY = "capacity", _("capacity and experience")
    FINANCE = "finance", _("financial plan")


class CouncilPost(models.TextChoices):
    """The posts from which the law fills the council that scores those who ask to be investor."""

    PROVINCE_PC = "province_pc", _("leader of the provincial People's Committee")
    INDUSTRY = "industry", _("leader of the Department of Industry and Trade")
    PLANNING = "planning", _("leader of the Department of Planning and Investment")
    FINANCE = "finance", _("leader of the Department of Finance")
    INDUSTRY_OFFICE = "industry_office", _("officer of the Department of Industry and Trade")
    RELATED = "related", _("representative of a related department")


class ClusterKind(models.TextChoices):
    """The kinds of cluster that the law names."""

    CRAFT_VILLAGE = "craft_village", _("craft-village cluster")
    SPECIALISED = "specialised", _("specialised cluster")
    SUPPORTING = "supporting", _("supporting-industry cluster")
    HIGH_TECH = "high_tech", _("high-tech cluster")
    ECOLOGICAL = "ecological", _("ecological cluster")
