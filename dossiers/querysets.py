"""Who sees which dossier, and the questions that lists ask.

Every list, page, file and endpoint starts from ``visible_to``. A dossier is seen by the officers of its place, by the
organisations that apply in it, by the agencies asked about it and by the members of its council. What lies in an
application is sealed until the opening: before it nobody but its own organisation sees it, whatever their role.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.roles import Function, OrganisationKind
from accounts.scope import scope_of
from core.keys import is_among
from core.search import matches
from dossiers.choices import Part

if TYPE_CHECKING:
    from accounts.models import Organisation


def _rows(model: str) -> Any:
    return apps.get_model("dossiers", model)._default_manager.all()


def _applicants_of(user: Any) -> frozenset[int]:
    return scope_of(user, Function.FILE_DOSSIER).organisation_ids


class DossierQuerySet(models.QuerySet):
    """Cases."""

    def in_reach_of(self, user: Any) -> Self:
        """Keep the dossiers of the places whose dossiers the person handles or watches by office."""
        return self.filter(self._by_place(user))

    def examined_by(self, user: Any) -> Self:
        """Keep the dossiers whose council, opinions and rules the person sees: where they examine, decide or lead."""
        condition = Q(pk__in=[])
        for function in (
            Function.APPRAISE_DOSSIER,
            Function.DECIDE_DOSSIER,
            Function.SUPERVISE_DOSSIERS,
        ):
            condition |= Q(province_id__in=scope_of(user, function).province_ids)
        return self.filter(condition)

    def visible_to(self, user: Any) -> Self:
        """Keep every dossier the person has to do with; see the module."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        condition = self._by_place(user)
        if applicants := _applicants_of(user):
            own = _rows("Application").filter(organisation_id__in=applicants, filed_at__isnull=False)
            condition |= is_among(own.values("dossier_id"))
        if user.can(Function.GIVE_OPINION):
            asked = _rows("OpinionRequest").filter(
                organisation_id__in=scope_of(user, Function.GIVE_OPINION).organisation_ids,
                withdrawn_at__isnull=True,
            )
            condition |= is_among(asked.values("dossier_id"))
        if user.is_officer:
            seats = _rows("CouncilMember").filter(user_id=user.pk)
            condition |= is_among(seats.values("council__dossier_id"))
        return self.filter(condition)

    def _by_place(self, user: Any) -> Q:
        scope = scope_of(user, Function.VIEW_DOSSIERS)
        if scope.national:
            return Q()
        condition = Q(pk__in=[])
        if scope.province_ids:
            condition |= Q(province_id__in=scope.province_ids)
        if scope.commune_ids:
            condition |= Q(commune_id__in=scope.commune_ids)
            model: Any = self.model
            touching = model.other_communes.through.objects.filter(commune_id__in=scope.commune_ids)
            condition |= is_among(touching.values("dossier_id"))
        return condition

    def open(self) -> Self:
        """Keep what is in process."""
        return self.filter(is_open=True)

    def waiting_for_unit_of(self, user: Any) -> Self:
        """Keep what the person's units must move on."""
        condition = Q(pk__in=[])
        for membership in user.active_memberships:
            unit = membership.organisation
            if unit.kind == OrganisationKind.COMMUNE_PC:
                condition |= Q(waiting_for=Part.RECEIVER, commune_id=unit.commune_id)
            elif unit.kind == OrganisationKind.DEPARTMENT:
                condition |= Q(
                    waiting_for__in=[Part.DEPARTMENT, Part.DEPARTMENT_LEADER], province_id=unit.province_id
                )
            elif unit.kind == OrganisationKind.PROVINCE_PC:
                condition |= Q(waiting_for=Part.COMMITTEE, province_id=unit.province_id)
        return self.open().filter(condition)

    def waiting_for_person(self, user: Any, today: dt.date) -> Self:
        """Keep what lies on the person's own desk, or on that of a colleague they stand in for today."""
        absent = _rows("Delegation").running(today).filter(deputy=user).order_by()
        # Keys, not a subquery: with an OR the planner would read every open dossier of the province.
        desks = [user.pk, *absent.values_list("absent_id", flat=True)]
        return self.waiting_for_unit_of(user).filter(assignee_id__in=desks)

    def overdue(self, today: dt.date) -> Self:
        """Keep what is past its day."""
        return self.open().filter(due_on__lt=today)

    def due_within(self, today: dt.date, days: int) -> Self:
        """Keep what falls due in the next days, counted by the calendar."""
        return self.open().filter(due_on__gte=today, due_on__lte=today + dt.timedelta(days=days))

    def paused(self) -> Self:
        """Keep what stands still."""
        return self.open().filter(paused_since__isnull=False)

    def search_for(self, text: str) -> Self:
        """Keep the dossiers whose code, matter or applicants contain every word, folded."""
        return self.filter(matches(text))

    def with_listing(self) -> Self:
        """Join what a line of a list shows."""
        return self.select_related("province", "commune", "assignee").defer("search", "search_vector")


class ApplicationQuerySet(models.QuerySet):
    """What organisations ask for."""

    def of(self, user: Any) -> Self:
        """Keep the person's own organisations' applications, drafts among them."""
        return self.filter(organisation_id__in=_applicants_of(user))

    def visible_to(self, user: Any) -> Self:
        """Keep one's own, and the opened ones of dossiers the person sees as an officer."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        condition = Q(organisation_id__in=_applicants_of(user))
        if user.is_officer:
            dossiers = _rows("Dossier").visible_to(user)
            condition |= Q(
                filed_at__isnull=False,
                dossier__opened_at__isnull=False,
                dossier__in=dossiers.order_by().values("pk"),
            )
        return self.filter(condition)

    def filed(self) -> Self:
        """Leave out drafts."""
        return self.filter(filed_at__isnull=False)

    def drafts(self) -> Self:
        """Keep what is still being written."""
        return self.filter(filed_at__isnull=True)

    def live(self) -> Self:
        """Keep what is filed and neither withdrawn nor refused."""
        return self.filed().exclude(outcome__in=["withdrawn", "refused"])


class DocumentQuerySet(models.QuerySet):
    """Papers."""

    def visible_to(self, user: Any) -> Self:
        """Keep the papers of applications the person may read, and the authorities' papers of their dossiers.

        Applicants see of the authorities' papers those that were addressed to them (kinds in ``SHOWN_TO_APPLICANTS``).
        """
        if not getattr(user, "is_authenticated", False):
            return self.none()
        applications = _rows("Application").visible_to(user).order_by().values("pk")
        condition = Q(application__in=applications)
        dossiers = _rows("Dossier").visible_to(user).order_by().values("pk")
        if user.is_officer:
            condition |= Q(application__isnull=True, dossier__in=dossiers)
        else:
            condition |= Q(application__isnull=True, dossier__in=dossiers, kind__in=SHOWN_TO_APPLICANTS)
        return self.filter(condition)

    def readable_by_officer(self, user: Any) -> Self:
        """Keep what an officer may open: everything visible in reach; elsewhere what was asked about, and no more.

        A consulted agency and a member of a council read the opened applications and the agency's own answer.
        """
        in_reach = _rows("Dossier").in_reach_of(user).order_by().values("pk")
        asked = _rows("OpinionRequest").asked_of(user).order_by()
        seats = _rows("CouncilMember").filter(user_id=user.pk).order_by()
        about = Q(application__dossier__in=asked.values("dossier_id")) | Q(
            application__dossier__in=seats.values("council__dossier_id")
        )
        return self.visible_to(user).filter(
            Q(dossier__in=in_reach)
            | Q(application__dossier__in=in_reach)
            | about
            | Q(pk__in=asked.filter(document__isnull=False).values("document_id"))
        )

    def current(self) -> Self:
        """Leave out what a newer version replaced, and what was removed."""
        return self.filter(removed_at__isnull=True, replaced_by__isnull=True)


#: Papers of authorities that every applicant of a dossier reads. A letter that asks one of them for a supplement is not
#: among them: what it says stands, item by item, on that applicant's own page.
SHOWN_TO_APPLICANTS = (
    "notice",
    "refusal_letter",
    "apology_letter",
    "decision",
    "result_notice",
)


class OrganisationPaperQuerySet(models.QuerySet):
    """The organisations' own stores."""

    def visible_to(self, user: Any) -> Self:
        """Keep the papers of the person's own organisations."""
        return self.filter(organisation_id__in=_applicants_of(user))

    def valid_on(self, day: dt.date) -> Self:
        """Keep what is valid on the day; a paper without dates is."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )


class EventQuerySet(models.QuerySet):
    """What happened."""

    def visible_to(self, user: Any) -> Self:
        """Keep the events of dossiers the person sees; those of an application with it, internal ones for officers."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        dossiers = _rows("Dossier").visible_to(user).order_by().values("pk")
        applications = _rows("Application").visible_to(user).order_by().values("pk")
        found = self.filter(
            Q(application__isnull=True) | Q(application__in=applications), dossier__in=dossiers
        )
        return found if user.is_officer else found.filter(is_internal=False)


class DossierPartQuerySet(models.QuerySet):
    """Rows that belong to one dossier; whoever may see a row's application, where it has one, sees the row."""

    def visible_to(self, user: Any) -> Self:
        """Keep the rows of dossiers the person sees; applicants see only rows of their own applications."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        dossiers = _rows("Dossier").visible_to(user).order_by().values("pk")
        found = self.filter(dossier__in=dossiers)
        has_application = any(field.name == "application" for field in self.model._meta.fields)
        if has_application:
            return found.filter(application__in=_rows("Application").visible_to(user).order_by().values("pk"))
        return found if user.is_officer else found.none()


class OpinionRequestQuerySet(DossierPartQuerySet):
    """Requests for opinions."""

    def asked_of(self, user: Any) -> Self:
        """Keep what the person's own agencies are asked, and not what others are asked about the same dossier."""
        agencies = scope_of(user, Function.GIVE_OPINION).organisation_ids
        return self.filter(organisation_id__in=agencies, withdrawn_at__isnull=True)


class NoticeQuerySet(models.QuerySet):
    """Public notices: everybody may read them."""

    def visible_to(self, user: Any) -> Self:
        """Keep all: a notice is published."""
        return self.all()

    def open(self, now: dt.datetime | None = None) -> Self:
        """Keep those whose receiving time runs."""
        return self.filter(dossier__closes_at__gt=now or timezone.now(), dossier__is_open=True)


class CouncilMemberQuerySet(models.QuerySet):
    """Seats in councils."""

    def of(self, user: Any) -> Self:
        """Keep the person's own seats."""
        return self.filter(user=user)

    def scoring(self) -> Self:
        """Leave out the secretary, and who declared a conflict of interest."""
        return self.exclude(seat="secretary").exclude(has_conflict=True)


class DelegationQuerySet(models.QuerySet):
    """Who stands in for whom."""

    def running(self, day: dt.date) -> Self:
        """Keep the delegations in force on the day."""
        return self.filter(starts_on__lte=day, ends_on__gte=day, ended_at__isnull=True)

    def visible_to(self, user: Any) -> Self:
        """Keep the person's own, and those of people whose unit they lead."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        led = scope_of(user, Function.SUPERVISE_DOSSIERS).organisation_ids
        return self.filter(
            Q(absent=user) | Q(deputy=user) | Q(absent__memberships__organisation_id__in=led)
        ).distinct()


class NotificationQuerySet(models.QuerySet):
    """Messages in the portal."""

    def visible_to(self, user: Any) -> Self:
        """Keep the person's own."""
        return self.filter(user_id=user.pk) if getattr(user, "is_authenticated", False) else self.none()

    def unread(self) -> Self:
        """Keep what was not read."""
        return self.filter(read_at__isnull=True)


class ModelDocumentQuerySet(models.QuerySet):
    """Departments' own models of papers."""

    def visible_to(self, user: Any) -> Self:
        """Keep the models of departments whose province the person works in."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        provinces = {m.organisation.province_id for m in user.active_memberships}
        return self.filter(organisation__province_id__in=provinces)

    def in_use(self, organisation: "Organisation") -> Self:
        """Keep the models an organisation uses now."""
        return self.filter(organisation=organisation, ended_at__isnull=True)
