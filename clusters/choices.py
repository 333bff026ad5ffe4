"""The closed lists of the registry. Labels are the glossary's."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClusterType(models.TextChoices):
    """Types of cluster: two of Decree 32/2024 Art. 2, four with Decree 303/2026."""

    ORDINARY = "ordinary", _("ordinary cluster")
    CRAFT_VILLAGE = "craft_village", _("craft-village cluster")
    SPECIALISED = "specialised", _("specialised cluster")
    SUPPORTING = "supporting", _("supporting-industry cluster")
    HIGH_TECH = "high_tech", _("high-tech cluster")
    ECOLOGICAL = "ecological", _("ecological cluster")


class Stage(models.TextChoices):
    """The ladder a cluster climbs, and the two ways off it."""

    PLANNED = "planned", _("in the plan")
    ESTABLISHED = "established", _("established")
    DETAILED_PLAN = "detailed_plan", _("detailed plan approved")
    CONSTRUCTION = "construction", _("infrastructure under construction")
    OPERATING = "operating", _("operating")
    WITHDRAWN = "withdrawn", _("withdrawn from planning")
    ABOLISHED = "abolished", _("abolished")


ESTABLISHED_STAGES = (Stage.ESTABLISHED, Stage.DETAILED_PLAN, Stage.CONSTRUCTION, Stage.OPERATING)


class DecisionKind(models.TextChoices):
    """What a recorded paper does to the registry."""

    OPENING = "opening", _("opening record from a public source")
    ESTABLISH = "establish", _("establish")
    EXPAND = "expand", _("expand")
    ADJUST = "adjust", _("adjust")
    DETAILED_PLAN = "detailed_plan", _("approve the detailed plan")
    INFRASTRUCTURE = "infrastructure", _("approve the infrastructure project")
    ASSIGN_INVESTOR = "assign_investor", _("assign or change the infrastructure investor")
    STAGE = "stage", _("confirm start of construction or operation")
    WITHDRAW = "withdraw", _("withdraw from planning")
    ABOLISH = "abolish", _("abolish")
    CORRECT = "correct", _("correct an earlier record")


class InvestorKind(models.TextChoices):
    """Who can build a cluster's infrastructure (Decree 32/2024 Art. 2.3; public units by Art. 35.3 only)."""

    ENTERPRISE = "enterprise", _("enterprise")
    COOPERATIVE = "cooperative", _("cooperative")
    OTHER = "other", _("other organisation")
    PUBLIC_UNIT = "public_unit", _("public unit (kept by Art. 35.3)")
    HOUSEHOLD = "household", _("household business")


class Indicator(models.TextChoices):
    """Moving figures of a cluster that are observed, each in one unit."""

    LEASED = "leased_ha", _("industrial land leased or sub-leased (ha)")
    APPROVED = "approved_ha", _("industrial land with investment approval, not yet leased (ha)")
    SERVICED = "serviced_ha", _("industrial land with infrastructure, ready to lease (ha)")
    PROJECTS = "projects", _("secondary projects (projects)")
    FOREIGN_PROJECTS = "foreign_projects", _("foreign-invested projects (projects)")
    OPERATING_PROJECTS = "operating_projects", _("projects operating (projects)")
    WORKERS = "workers", _("workers with a labour contract (people)")
    STATED_OCCUPANCY = "stated_occupancy", _("occupancy as stated by the source (%)")


AREA_INDICATORS = (Indicator.LEASED, Indicator.APPROVED, Indicator.SERVICED)
COUNT_INDICATORS = (
    Indicator.PROJECTS,
    Indicator.FOREIGN_PROJECTS,
    Indicator.OPERATING_PROJECTS,
    Indicator.WORKERS,
)


class WorkKind(models.TextChoices):
    """Shared infrastructure works of Decree 32/2024 Art. 2.4."""

    ROADS = "roads", _("internal roads and pavements")
    GREENERY = "greenery", _("greenery")
    WATER = "water", _("water supply")
    WASTEWATER_COLLECTION = "wastewater_collection", _("wastewater collection")
    WASTEWATER_TREATMENT = "wastewater_treatment", _("wastewater treatment")
    SOLID_WASTE = "solid_waste", _("solid waste")
    FIRE = "fire", _("fire protection")
    POWER = "power", _("power supply")
    LIGHTING = "lighting", _("public lighting")
    COMMUNICATIONS = "communications", _("communications")
    OTHER = "other", _("other work")


class WorkStatus(models.TextChoices):
    """How far a work is."""

    NOT_STARTED = "not_started", _("not started")
    BUILDING = "building", _("being built")
    FINISHED = "finished", _("finished")
    IN_USE = "in_use", _("finished and in use")


class ProjectStage(models.TextChoices):
    """The life of a secondary project."""

    AGREED = "agreed", _("agreed in principle")
    APPROVED = "approved", _("investment approved or registered")
    LEASED = "leased", _("land leased")
    CONSTRUCTION = "construction", _("under construction")
    OPERATING = "operating", _("operating")
    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("ended")


# Land a project holds under lease counts as leased; approved without lease counts only in the legal formula.
LEASING_STAGES = (
    ProjectStage.LEASED,
    ProjectStage.CONSTRUCTION,
    ProjectStage.OPERATING,
    ProjectStage.SUSPENDED,
)


class TenantGroup(models.TextChoices):
    """Groups of tenants that a legal share counts."""

    NONE = "none", _("no particular group")
    CRAFT_VILLAGE = "craft_village", _("producer of a craft village")
    SUPPORTING = "supporting", _("supporting industry")
    HIGH_TECH = "high_tech", _("high technology")
    SMALL = "small", _("small or medium enterprise")
    STARTUP = "startup", _("innovative start-up")
    SERVICE = "service", _("service for production")


class PlotStatus(models.TextChoices):
    """Whether an investor can have the plot."""

    FREE = "free", _("free")
    RESERVED = "reserved", _("reserved")
    LEASED = "leased", _("leased")
    NOT_CLEARED = "not_cleared", _("not cleared")


class MilestoneKind(models.TextChoices):
    """Steps after the decision, in the order in which they usually come."""

    DETAILED_PLAN = "detailed_plan", _("detailed plan approved")
    INFRASTRUCTURE_PROJECT = "infrastructure_project", _("infrastructure project approved")
    ENVIRONMENT = "environment", _("environmental assessment approved")
    LAND_CLEARANCE = "land_clearance", _("land clearance finished")
    LAND_LEASE = "land_lease", _("land leased by the State")
    GROUND_BREAKING = "ground_breaking", _("construction started")
    WASTEWATER = "wastewater", _("wastewater plant in use")
    WORKS_FINISHED = "works_finished", _("shared works finished")
    FIRST_TENANT = "first_tenant", _("first project operating")
