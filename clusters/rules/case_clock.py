"""V27-V31, V36: each step of a case within its time, counted by the clock of the law."""

import datetime as dt
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from clusters.rules.case_subjects import CaseSubject, local_day
from clusters.rules.wording import listed
from law.citations import cite
from law.clock import due
from law.deadlines import Deadline
from law.provisions import count_of_days
from law.rules import Finding, Rule, Severity, register
from law.vocabulary import Step
from law.words import Text, say


def receiving_closes(subject: CaseSubject) -> Deadline | None:
    """Return the end of the receiving time by the law of the case; None without a notice or without a limit."""
    limit = subject.regime.limits[Step.WINDOW]
    if subject.notice_on is None or not limit.is_set:
        return None
    return due(
        subject.notice_on,
        limit,
        subject.pauses.get(Step.WINDOW, ()),
        subject.extensions.get(Step.WINDOW, ()),
        calendar=subject.calendar,
    )


class StepOnTime(Rule[CaseSubject]):
    """What the clock rules share: a step that began on a day and ends by its due day."""

    about = CaseSubject
    severity = Severity.WARN
    step: ClassVar[Step]

    def began(self, subject: CaseSubject) -> dt.date | None:
        """Return the day from which the step counts."""
        raise NotImplementedError(f"{type(self).__name__} does not say when its step begins.")

    def ended(self, subject: CaseSubject) -> dt.date | None:
        """Return the day on which the step was done."""
        raise NotImplementedError(f"{type(self).__name__} does not say when its step ends.")

    def check(self, subject: CaseSubject) -> Finding:
        """Compute the due day and hold the actual day against it, or today while the step runs."""
        limit = self.regime.limits[self.step]
        if not limit.is_set:
            return self.not_applicable(limit.note or _("This law sets no such limit."), cited=(limit,))
        began, ended = self.began(subject), self.ended(subject)
        if began is None:
            if ended is not None:
                return self.not_computable(
                    _("The day from which the step counts is not recorded."), cited=(limit,)
                )
            return self.not_applicable(_("The step has not begun."), cited=(limit,))
        deadline = due(
            began,
            limit,
            subject.pauses.get(self.step, ()),
            subject.extensions.get(self.step, ()),
            calendar=subject.calendar,
        )
        said: dict[str, Any] = {"cited": (limit,)}
        trace = say("%(trace)s", trace=deadline)
        if ended is not None:
            said["measured"] = say(_("done %(day)s"), day=ended)
        if deadline.due is None:
            return self.not_computable(trace, **said)
        said["required"] = say(_("by %(day)s"), day=deadline.due)
        if ended is None and subject.on <= deadline.due:
            return self.not_computable(say(_("Not done yet: %(trace)s"), trace=trace), **said)
        if ended is not None and ended < began:
            return self.not_met(
                say(_("The step is recorded as done before it began on %(day)s."), day=began), **said
            )
        last = ended or subject.on
        if last <= deadline.due:
            return self.met(explanation=trace, **said)
        late = count_of_days(-deadline.remaining(last), deadline.unit)
        if ended is None:
            said["measured"] = say(_("not done by %(day)s"), day=subject.on)
        return self.not_met(say(_("%(late)s late: %(trace)s"), late=late, trace=trace), **said)


@register
class NoticeOnTime(StepOnTime):
    """The public notice follows the first request within 5, 5, 3, 2 working days (V27)."""

    code = "V27"
    regimes = ("R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "10.1")
    sentence = _("The notice that dossiers are received is published in time after the first request.")
    step = Step.NOTICE

    def began(self, subject: CaseSubject) -> dt.date | None:
        """Return the day of the first request."""
        return subject.first_request_on

    def ended(self, subject: CaseSubject) -> dt.date | None:
        """Return the day of the notice."""
        return subject.notice_on


@register
class ReceivedInTheWindow(Rule[CaseSubject]):
    """Dossiers are received for the legal time from the notice, and late ones are refused (V28)."""

    code = "V28"
    about = CaseSubject
    regimes = ("R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "10.1")
    sentence = _(
        "Dossiers are received for the time the law gives from the notice on; a late dossier is refused."
    )

    def check(self, subject: CaseSubject) -> Finding:
        """Compute the closing day, hold the stated one against it, and look for late dossiers taken in."""
        limit = self.regime.limits[Step.WINDOW]
        if subject.notice_on is None:
            return self.not_applicable(_("No notice has been published yet."), cited=(limit,))
        deadline = due(
            subject.notice_on,
            limit,
            subject.pauses.get(Step.WINDOW, ()),
            subject.extensions.get(Step.WINDOW, ()),
            calendar=subject.calendar,
        )
        trace = say("%(trace)s", trace=deadline)
        if deadline.due is None:
            return self.not_computable(trace, cited=(limit,))
        closing = subject.closing_on or deadline.due
        said: dict[str, Any] = {
            "measured": listed(
                [
                    say(_("closes %(day)s"), day=closing),
                    *(
                        say(_("%(name)s filed %(day)s"), name=one.name, day=local_day(one.filed_at))
                        for one in subject.applications
                        if one.filed_at is not None
                    ),
                ],
                "; ",
            ),
            "required": say(_("open to %(day)s"), day=deadline.due),
            "cited": (limit,),
        }
        faults: list[Text] = []
        if closing != deadline.due:
            faults.append(
                say(
                    _("the notice states %(stated)s as the last day, the law gives %(due)s"),
                    stated=closing,
                    due=deadline.due,
                )
            )
        late = [one for one in subject.applications if _is_late(one.filed_at, subject, deadline.due)]
        kept = [one.name for one in late if one.stands]
        if kept:
            faults.append(say(_("late and to be refused: %(names)s"), names=", ".join(kept)))
        if faults:
            return self.not_met(
                say("%(faults)s; %(trace)s", faults=listed(faults, "; "), trace=trace), **said
            )
        undated = [one.name for one in subject.standing if one.filed_at is None]
        if undated:
            return self.not_computable(
                say(_("The moment of filing is not recorded: %(names)s."), names=", ".join(undated)), **said
            )
        return self.met(explanation=trace, **said)


def _is_late(filed_at: dt.datetime | None, subject: CaseSubject, last_day: dt.date) -> bool:
    """Say whether a dossier came at or after the moment stated, or where none is stated after the last day by law."""
    if filed_at is None:
        return False
    if subject.closes_at is None:
        return local_day(filed_at) > last_day
    return filed_at >= subject.closes_at


@register
class SubmittedOnTime(StepOnTime):
    """The submission reaches the department within 5 working days after the closing (V29)."""

    code = "V29"
    regimes = ("R1", "R1b", "R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "10.2")
    sentence = _("The submission reaches the department in time after the closing day.")
    step = Step.SUBMISSION

    def began(self, subject: CaseSubject) -> dt.date | None:
        """Return the closing day; where the law knows no receiving time, the day of the first request."""
        if not self.regime.limits[Step.WINDOW].is_set:
            return subject.first_request_on
        if subject.closing_on is not None:
            return subject.closing_on
        closes = receiving_closes(subject)
        return closes.due if closes else None

    def ended(self, subject: CaseSubject) -> dt.date | None:
        """Return the day of the submission."""
        return subject.submitted_on


@register
class AppraisedOnTime(StepOnTime):
    """The appraisal takes 15 working, 25 calendar or 20 working days from the full dossier, without pauses (V30)."""

    code = "V30"
    regimes = ("R1", "R1b", "R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "10.3")
    sentence = _(
        "The department appraises in time, counted from the full dossier; the time of a supplement is not counted."
    )
    step = Step.APPRAISAL

    def began(self, subject: CaseSubject) -> dt.date | None:
        """Return the day the file was full."""
        return subject.full_file_on

    def ended(self, subject: CaseSubject) -> dt.date | None:
        """Return the day of the appraisal report."""
        return subject.appraisal_report_on


@register
class DecidedOnTime(StepOnTime):
    """The decision takes 5, 7, 5 working days from the set and the appraisal report (V31)."""

    code = "V31"
    regimes = ("R1", "R1b", "R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "10.4")
    sentence = _(
        "The provincial People's Committee decides in time after it has the set and the appraisal report."
    )
    step = Step.DECISION

    def began(self, subject: CaseSubject) -> dt.date | None:
        """Return the day the committee had the papers."""
        return subject.decision_file_on or subject.appraisal_report_on

    def ended(self, subject: CaseSubject) -> dt.date | None:
        """Return the day of the decision."""
        return subject.decision_on


@register
class CopySent(Rule[CaseSubject]):
    """A copy of the decision goes to the Ministry (V36)."""

    code = "V36"
    about = CaseSubject
    severity = Severity.WARN
    regimes = ("R1", "R1b", "R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "10.4")
    sentence = _("The decision is sent to the Ministry of Industry and Trade.")

    def check(self, subject: CaseSubject) -> Finding:
        """Look for the day of sending; the law gives no number of days."""
        limit = self.regime.limits[Step.SENDING]
        if subject.decision_on is None:
            return self.not_applicable(_("There is no decision yet."), cited=(limit,))
        said = {"required": limit.note, "cited": (limit,)}
        if subject.sent_at is None:
            return self.not_met(_("Send a copy to the Ministry and record the day."), **said)
        return self.met(measured=say(_("sent %(day)s"), day=local_day(subject.sent_at)), **said)
