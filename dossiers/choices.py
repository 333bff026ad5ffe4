"""The words of casework; none of them belongs to a concrete procedure."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """Who acts on a dossier. A procedure's table names one for each transition."""

    APPLICANT = "applicant", _("applicant")
    RECEIVER = "receiver", _("receiving commune People's Committee")
    DEPARTMENT = "department", _("Department of Industry and Trade")
    DEPARTMENT_LEADER = "department_leader", _("leader of the Department of Industry and Trade")
    COMMITTEE = "committee", _("office of the provincial People's Committee")
    SYSTEM = "system", _("the portal")
    NOBODY = "nobody", _("nobody")


class Channel(models.TextChoices):
    """How an application came in."""

    ONLINE = "online", _("online")
    PAPER = "paper", _("on paper")
    POST = "post", _("by post")


class Outcome(models.TextChoices):
    """What became of one application."""

    PENDING = "", _("not decided")
    CHOSEN = "chosen", _("chosen")
    NOT_CHOSEN = "not_chosen", _("not chosen")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn by the applicant")


class Punctuality(models.TextChoices):
    """How a step ended against its deadline; frozen when it ends."""

    EARLY = "early", _("early")
    ON_TIME = "on_time", _("on time")
    LATE = "late", _("late")
    NO_LIMIT = "no_limit", _("no time limit")


class Stance(models.TextChoices):
    """What an agency answers when asked for its opinion."""

    AGREES = "agrees", _("agrees")
    AGREES_WITH_REMARKS = "agrees_with_remarks", _("agrees with remarks")
    DISAGREES = "disagrees", _("disagrees")


class Seat(models.TextChoices):
    """The place of a person in an evaluation council."""

    CHAIR = "chair", _("chair")
    VICE_CHAIR = "vice_chair", _("vice-chair")
    MEMBER = "member", _("member")
    SECRETARY = "secretary", _("secretary (not a member)")


class ReturnMethod(models.TextChoices):
    """How the applicant wants the result."""

    ELECTRONIC = "electronic", _("electronically, on this portal")
    AT_THE_OFFICE = "at_the_office", _("on paper, at the office")
    BY_POST = "by_post", _("on paper, by post")


#: Seats that score; the secretary keeps the minutes and does not.
SCORING_SEATS = frozenset({Seat.CHAIR, Seat.VICE_CHAIR, Seat.MEMBER})
