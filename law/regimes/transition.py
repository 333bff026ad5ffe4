"""Which law a case follows when the law changes on the way (rule V45)."""

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from law.citations import cite
from law.provisions import Mark, Provision
from law.regimes.base import Regime
from law.vocabulary import Actor, Step
from law.words import Phrase, Text, say

DECREE_32_FROM = dt.date(2024, 5, 1)
COMMUNES_FROM = dt.date(2025, 7, 1)
RESOLUTION_19_FROM = dt.date(2026, 4, 29)
DECREE_303_FROM = dt.date(2026, 9, 15)


class OpenQuestion(models.TextChoices):
    """What the transitional articles leave open; a person decides and the portal says so."""

    LIMITS_OF_NQ19 = (
        "limits_of_nq19",
        _(
            "Whether the time limits of Resolution 19/2026 still apply to a case under appraisal on 15/9/2026 is not "
            "stated; the portal keeps them."
        ),
    )
    TEXT_OF_303 = (
        "text_of_303",
        _("The transitional article of Decree 303/2026 is known from one summary only."),
    )
    NOT_YET_APPRAISED = (
        "not_yet_appraised",
        _(
            "The case was received before the law changed but was not under appraisal on that day; the transitional "
            "article speaks of cases under appraisal only, so the new law is taken."
        ),
    )
    START_OF_66 = "start_of_66", _("The day Decree 66/2020 took effect is not confirmed by any source.")


@dataclass(frozen=True)
class Transition:
    """One transitional rule: the day the law changed, what happens to open cases, and where it says so."""

    day: dt.date
    sentence: Text
    article: Text
    mark: Mark = Mark.PRIMARY
    source: str = "ND32"


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        DECREE_32_FROM,
        _("A case under appraisal or decision on this day continues under Decrees 68/2017 and 66/2020."),
        cite("ND32", "35.2"),
    ),
    Transition(
        COMMUNES_FROM,
        _(
            "Work in progress at a district passes to the commune of the place; papers issued before stay valid. "
            "Time limits do not change."
        ),
        cite("ND139", "22.3", "22.4"),
        source="ND139",
    ),
    Transition(
        RESOLUTION_19_FROM,
        _("A dossier received, or postmarked, before this day keeps the law in force when it was received."),
        cite("NQ19", "7.1"),
        Mark.PRIMARY_OCR,
        "NQ19",
    ),
    Transition(
        DECREE_303_FROM,
        _("A case under appraisal on this day continues under Decree 32/2024 and Decree 139/2025."),
        cite("ND303", part=_("amending Art. 35.2")),
        Mark.SINGLE_SOURCE,
        "ND303",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Pinned:
    """The regime a case follows for life, why, by which article, and what the law leaves open.

    ``alternatives`` are the regimes a person may choose instead where a question is open.
    """

    regime: Regime
    reason: Phrase
    article: Text
    mark: Mark = Mark.PRIMARY
    questions: tuple[OpenQuestion, ...] = ()
    alternatives: tuple[Regime, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether a person has to decide between regimes."""
        return bool(self.alternatives)

    def actor(self, step: Step, on: dt.date) -> Provision[Actor]:
        """Return who does a step on a day: since 1/7/2025 the commune does what the district had begun."""
        actor = self.regime.actors[step]
        if actor.value is Actor.DISTRICT_PC and on >= COMMUNES_FROM:
            return Provision(value=Actor.COMMUNE_PC, article=cite("ND139", "22.3"), source="ND139")
        return actor


def pin(
    received_on: dt.date,
    *,
    postmarked_on: dt.date | None = None,
    appraisal_began_on: dt.date | None = None,
) -> Pinned:
    """Return the regime for a case; see :meth:`Regime.for_case`.

    Raises ValueError when the days contradict one another, and NoRegimeError for a case received before 2009.
    """
    if postmarked_on and postmarked_on > received_on:
        raise ValueError(f"A dossier postmarked on {postmarked_on} cannot be received on {received_on}.")
    if appraisal_began_on and appraisal_began_on < received_on:
        raise ValueError(f"Appraisal cannot begin on {appraisal_began_on}, before receipt on {received_on}.")
    if received_on >= RESOLUTION_19_FROM and postmarked_on and postmarked_on < RESOLUTION_19_FROM:
        # Only the resolution gives the postmark a meaning; other changes look at the receipt alone.
        return _settle(
            Regime.on(postmarked_on),
            say(_("postmarked %(day)s, before 29/4/2026: keeps the law of that day"), day=postmarked_on),
            cite("NQ19", "7.1"),
            Mark.PRIMARY_OCR,
            appraisal_began_on,
        )
    regime = Regime.on(received_on)
    words = say(_("received %(day)s, when %(law)s was in force"), day=received_on, law=regime.title)
    if received_on < DECREE_32_FROM:
        return _before_decree_32(regime, words, appraisal_began_on)
    if received_on < COMMUNES_FROM:
        words = say(
            _(
                "received %(day)s under Decree 32/2024; the commune has done the district's steps since 1/7/2025"
            ),
            day=received_on,
        )
        return _settle(regime, words, cite("ND139", "22.3"), Mark.PRIMARY, appraisal_began_on)
    if received_on < RESOLUTION_19_FROM:
        words = say(
            _("received %(day)s, before 29/4/2026: keeps the law in force when it was received"),
            day=received_on,
        )
        return _settle(regime, words, cite("NQ19", "7.1"), Mark.PRIMARY_OCR, appraisal_began_on)
    if received_on < DECREE_303_FROM:
        return _settle(regime, words, cite("NQ19", "8"), Mark.PRIMARY_OCR, appraisal_began_on)
    return Pinned(
        regime=regime,
        reason=words,
        article=cite("ND303", "3"),
        mark=Mark.SINGLE_SOURCE,
        questions=(OpenQuestion.TEXT_OF_303,),
    )


def _before_decree_32(regime: Regime, words: Phrase, began: dt.date | None) -> Pinned:
    questions = (OpenQuestion.START_OF_66,) if regime.code in ("R1", "R1b") else ()
    if began and began > DECREE_32_FROM:
        return Pinned(
            regime=Regime.on(DECREE_32_FROM),
            reason=say(_("appraisal began %(day)s, after Decree 32/2024 took effect on 1/5/2024"), day=began),
            article=cite("ND32", "35.2"),
            questions=(OpenQuestion.NOT_YET_APPRAISED,),
            alternatives=(regime,),
        )
    if began:
        words = say(
            _("under appraisal since %(day)s, on 1/5/2024: continues under Decrees 68/2017 and 66/2020"),
            day=began,
        )
    return Pinned(regime=regime, reason=words, article=cite("ND32", "35.2"), questions=questions)


def _settle(regime: Regime, words: Phrase, article: Text, mark: Mark, began: dt.date | None) -> Pinned:
    """Take the change of 15/9/2026 into account once the department has the case."""
    if began and began > DECREE_303_FROM:
        return Pinned(
            regime=Regime.on(DECREE_303_FROM),
            reason=say(
                _("appraisal began %(day)s, after Decree 303/2026 took effect on 15/9/2026"), day=began
            ),
            article=cite("ND32", "35.2"),
            mark=Mark.SINGLE_SOURCE,
            questions=(OpenQuestion.NOT_YET_APPRAISED, OpenQuestion.TEXT_OF_303),
            alternatives=(regime,),
        )
    if regime.code == "R4":
        return Pinned(
            regime=regime,
            reason=words,
            article=article,
            mark=Mark.SINGLE_SOURCE,
            questions=(OpenQuestion.LIMITS_OF_NQ19, OpenQuestion.TEXT_OF_303),
            alternatives=(Regime.by_code("R3"),),
        )
    return Pinned(regime=regime, reason=words, article=article, mark=mark)
