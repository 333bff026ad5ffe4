"""Function x data scope: what a role may do, and the data its organisation lets it see.

The two axes are kept apart. ``FUNCTIONS_OF`` is the whole matrix; the page and the document "who may do what" are
generated from it.
"""

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What an organisation is; the roles its people can have and the data they see follow from it."""

    MINISTRY = "ministry", _("Ministry of Industry and Trade")
    PROVINCE_PC = "province_pc", _("provincial People's Committee")
    DEPARTMENT = "department", _("Department of Industry and Trade")
    OTHER_DEPARTMENT = "other_department", _("other department of the province")
    COMMUNE_PC = "commune_pc", _("commune People's Committee")
    INVESTOR = "investor", _("investor")
    OPERATOR = "operator", _("operator of the portal")


class Role(models.TextChoices):
    """The part a person plays in their organisation."""

    COMMUNE_OFFICER = "commune_officer", _("commune officer")
    DEPARTMENT_OFFICER = "department_officer", _("department officer")
    DEPARTMENT_LEADER = "department_leader", _("department leader")
    CONSULTED_OFFICER = "consulted_officer", _("officer of a consulted department")
    COMMITTEE_CLERK = "committee_clerk", _("clerk of the People's Committee office")
    COMMITTEE_LEADER = "committee_leader", _("leader of the People's Committee")
    MINISTRY_ANALYST = "ministry_analyst", _("analyst of the Ministry")
    INVESTOR_MEMBER = "investor_member", _("member of an investor's organisation")
    PORTAL_ADMINISTRATOR = "portal_administrator", _("portal administrator")


class Function(models.TextChoices):
    """One thing that can be done; every view and service names the one it needs."""

    VIEW_REGISTRY = "view_registry", _("see the registry with unpublished rows")
    EDIT_REGISTRY = "edit_registry", _("enter and correct registry records")
    RECORD_DECISION = "record_decision", _("record a decision")
    ADD_OBSERVATION = "add_observation", _("add an observation with its source")
    EDIT_PLAN = "edit_plan", _("keep the development plan")
    RECORD_INSPECTION = "record_inspection", _("record inspections and violations")
    VIEW_HISTORY = "view_history", _("see who changed what, when and why")
    VIEW_PERSONAL_DATA = "view_personal_data", _("see personal data (each read is logged)")
    KEEP_CALENDAR = "keep_calendar", _("keep the working-day calendar")
    KEEP_LOCAL_RULES = "keep_local_rules", _("keep the province's own parameters")
    MANAGE_ORGANISATIONS = "manage_organisations", _("manage organisations and accounts")
    FILE_DOSSIER = "file_dossier", _("file dossiers for one's organisation and answer for them")
    VIEW_DOSSIERS = "view_dossiers", _("see the dossiers of one's place")
    RECEIVE_DOSSIER = "receive_dossier", _("announce, open and submit dossiers")
    APPRAISE_DOSSIER = "appraise_dossier", _("examine dossiers, ask for supplements and opinions")
    SIGN_APPRAISAL = "sign_appraisal", _("sign appraisal reports and refusals")
    GIVE_OPINION = "give_opinion", _("give the opinion of a consulted agency")
    SCORE_APPLICATIONS = "score_applications", _("sit in evaluation councils")
    DECIDE_DOSSIER = "decide_dossier", _("enter what the People's Committee decided on a dossier")
    SUPERVISE_DOSSIERS = (
        "supervise_dossiers",
        _("see load and lateness, re-assign dossiers, answer complaints"),
    )
    KEEP_MODEL_DOCUMENTS = "keep_model_documents", _("replace model documents by the department's own")


class Extent(models.TextChoices):
    """How far an organisation of a kind sees: the second axis, independent of what its people may do."""

    NATION = "nation", _("the whole nation")
    PROVINCE = "province", _("its province")
    COMMUNE = "commune", _("its commune")
    OWN = "own", _("its own organisation")


K = OrganisationKind
EXTENT_OF_KIND: dict[OrganisationKind, Extent] = {
    K.MINISTRY: Extent.NATION,
    K.PROVINCE_PC: Extent.PROVINCE,
    K.DEPARTMENT: Extent.PROVINCE,
    K.OTHER_DEPARTMENT: Extent.PROVINCE,
    K.COMMUNE_PC: Extent.COMMUNE,
    K.INVESTOR: Extent.OWN,
    K.OPERATOR: Extent.NATION,
}

# A second factor is demanded of everybody who acts for one of these.
AUTHORITY_KINDS = frozenset(OrganisationKind) - {K.INVESTOR}

ROLES_OF_KIND: dict[OrganisationKind, tuple[Role, ...]] = {
    K.MINISTRY: (Role.MINISTRY_ANALYST,),
    K.PROVINCE_PC: (Role.COMMITTEE_CLERK, Role.COMMITTEE_LEADER),
    K.DEPARTMENT: (Role.DEPARTMENT_OFFICER, Role.DEPARTMENT_LEADER),
    K.OTHER_DEPARTMENT: (Role.CONSULTED_OFFICER,),
    K.COMMUNE_PC: (Role.COMMUNE_OFFICER,),
    K.INVESTOR: (Role.INVESTOR_MEMBER,),
    K.OPERATOR: (Role.PORTAL_ADMINISTRATOR,),
}

F = Function
FUNCTIONS_OF: dict[Role, frozenset[Function]] = {
    Role.COMMUNE_OFFICER: frozenset(
        {
            F.VIEW_REGISTRY,
            F.EDIT_REGISTRY,
            F.ADD_OBSERVATION,
            F.RECORD_INSPECTION,
            F.VIEW_HISTORY,
            F.VIEW_DOSSIERS,
            F.RECEIVE_DOSSIER,
        }
    ),
    Role.DEPARTMENT_OFFICER: frozenset(
        {
            F.VIEW_REGISTRY,
            F.EDIT_REGISTRY,
            F.RECORD_DECISION,
            F.ADD_OBSERVATION,
            F.EDIT_PLAN,
            F.RECORD_INSPECTION,
            F.VIEW_HISTORY,
            F.VIEW_PERSONAL_DATA,
            F.VIEW_DOSSIERS,
            F.APPRAISE_DOSSIER,
            F.SCORE_APPLICATIONS,
        }
    ),
    Role.DEPARTMENT_LEADER: frozenset(
        {
            F.VIEW_REGISTRY,
            F.RECORD_DECISION,
            F.VIEW_HISTORY,
            F.VIEW_PERSONAL_DATA,
            F.KEEP_LOCAL_RULES,
            F.VIEW_DOSSIERS,
            F.APPRAISE_DOSSIER,
            F.SIGN_APPRAISAL,
            F.SCORE_APPLICATIONS,
            F.SUPERVISE_DOSSIERS,
            F.KEEP_MODEL_DOCUMENTS,
        }
    ),
    Role.CONSULTED_OFFICER: frozenset({F.VIEW_REGISTRY, F.GIVE_OPINION, F.SCORE_APPLICATIONS}),
    Role.COMMITTEE_CLERK: frozenset(
        {F.VIEW_REGISTRY, F.RECORD_DECISION, F.VIEW_HISTORY, F.VIEW_DOSSIERS, F.DECIDE_DOSSIER}
    ),
    Role.COMMITTEE_LEADER: frozenset(
        {F.VIEW_REGISTRY, F.VIEW_HISTORY, F.VIEW_DOSSIERS, F.SCORE_APPLICATIONS, F.SUPERVISE_DOSSIERS}
    ),
    Role.MINISTRY_ANALYST: frozenset({F.VIEW_REGISTRY}),
    Role.INVESTOR_MEMBER: frozenset({F.FILE_DOSSIER}),
    Role.PORTAL_ADMINISTRATOR: frozenset({F.KEEP_CALENDAR, F.MANAGE_ORGANISATIONS}),
}


def roles_with(function: Function) -> frozenset[Role]:
    """Return the roles that hold a function."""
    return frozenset(role for role, functions in FUNCTIONS_OF.items() if function in functions)


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of organisations as form choices."""
    return [(kind.value, capfirst(str(kind.label))) for kind in OrganisationKind]


def role_choices(kind: str) -> list[tuple[str, str]]:
    """Return the roles that people of an organisation of this kind can have, as form choices."""
    return [(role.value, capfirst(str(role.label))) for role in ROLES_OF_KIND[OrganisationKind(kind)]]
