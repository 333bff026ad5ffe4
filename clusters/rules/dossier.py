"""V23-V26: the papers of a dossier, its sets, its investment report, and who leads where units share the cluster."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from clusters.rules.case_subjects import Application, CaseSubject
from clusters.rules.wording import listed, of_each
from law.citations import cite
from law.provisions import Cited
from law.rules import Finding, Rule, Severity, register
from law.vocabulary import Document, Requirement
from law.words import Text, say

_NO_DOSSIER = _("No dossier has been filed yet.")


class EachDossier(Rule[CaseSubject]):
    """What is asked of every candidate's dossier that takes part."""

    about = CaseSubject

    def told(
        self, subject: CaseSubject, lacking: Sequence[tuple[str, Sequence[Text]]], **said: object
    ) -> Finding:
        """Return the finding, with what each dossier lacks."""
        count = len(subject.standing)
        short = {name for name, what in lacking if what}
        said["measured"] = say(
            _("%(complete)s of %(count)s dossiers complete"), complete=count - len(short), count=count
        )
        if short:
            words = of_each((name, what) for name, what in lacking if what)
            return self.not_met(say(_("Lacking – %(what)s."), what=words), **said)
        return self.met(**said)


@register
class DossierComplete(EachDossier):
    """Every dossier holds the documents of its regime, with at least one of the five financial proofs (V23)."""

    code = "V23"
    regimes = ("R2", "R3", "R4", "R5")
    legal_basis = say(
        "%(decree)s; %(resolution)s; %(amended)s",
        decree=cite("ND32", "9.1"),
        resolution=cite("NQ19", part=_("Appendix III, item 1")),
        amended=cite("ND303", part=_("amending Art. 9")),
    )
    sentence = _(
        "The dossier holds every document the law asks for, with at least one of the five proofs of financial capacity."
    )

    def check(self, subject: CaseSubject) -> Finding:
        """Hold the papers of each candidate, and the submission once it is made, against the regime's list."""
        if not subject.standing:
            return self.not_applicable(_NO_DOSSIER)
        asked = [
            document for document in Document if self.regime.documents[document].value is Requirement.REQUIRED
        ]
        lacking = [
            (one.name, [paper.label for paper in asked if not _holds(one, paper)]) for one in subject.standing
        ]
        # The submission is written after the closing; before that nobody can lack it.
        if (
            Document.SUBMISSION in asked
            and subject.submitted_on is not None
            and Document.SUBMISSION not in subject.documents
        ):
            lacking = [(name, [*what, Document.SUBMISSION.label]) for name, what in lacking]
        return self.told(
            subject,
            lacking,
            required=listed(document.label for document in asked),
            cited=tuple(self.regime.documents[document] for document in Document),
        )


def _holds(application: Application, document: Document) -> bool:
    if document is Document.SUBMISSION:
        return True  # no candidate's paper: looked at for the case as a whole
    if document is Document.FINANCIAL_CAPACITY:
        return bool(application.proofs)
    return document in application.documents


@register
class EnoughSets(EachDossier):
    """8 sets with 2 originals under Decree 68, 2 sets under Decree 32, 1 since Resolution 19, with an e-file (V24)."""

    code = "V24"
    regimes = ("R1", "R2", "R3", "R4", "R5")
    severity = Severity.WARN
    legal_basis = say(
        "%(old)s; %(decree)s; %(resolution)s",
        old=cite("ND68", "12"),
        decree=cite("ND32", "10.2"),
        resolution=cite("NQ19", part=_("Appendix III, item 2.2")),
    )
    sentence = _("The dossier comes in as many sets, originals and files as the law asks for.")

    def check(self, subject: CaseSubject) -> Finding:
        """Count the sets, the originals and the electronic file of each dossier."""
        if not subject.standing:
            return self.not_applicable(_NO_DOSSIER)
        sets, originals, e_file = self.regime.sets, self.regime.originals, self.regime.e_file
        required: list[Text] = [
            say(ngettext_lazy("%(count)s set", "%(count)s sets", sets.value or 0), count=sets.value)
        ]
        cited: list[Cited] = [sets]
        if originals.value is not None:
            required.append(say(_("%(count)s originals"), count=originals.value))
            cited.append(originals)
        if e_file.value:
            required.append(_("electronic file"))
            cited.append(e_file)
        said = {"required": listed(required), "cited": tuple(cited)}
        lacking = [(one.name, self._short_of(one)) for one in subject.standing]
        unknown = [
            one.name
            for one in subject.standing
            if one.sets is None
            or (originals.value is not None and one.originals is None)
            or (e_file.value and one.has_e_file is None)
        ]
        if unknown and not any(what for _name, what in lacking):
            return self.not_computable(
                say(_("Sets or files are not recorded: %(names)s."), names=", ".join(unknown)), **said
            )
        return self.told(subject, lacking, **said)

    def _short_of(self, application: Application) -> list[Text]:
        sets, originals, e_file = self.regime.sets, self.regime.originals, self.regime.e_file
        short: list[Text] = []
        if sets.value is not None and application.sets is not None and application.sets < sets.value:
            short.append(say(_("%(found)s of %(asked)s sets"), found=application.sets, asked=sets.value))
        found = application.originals
        if originals.value is not None and found is not None and found < originals.value:
            short.append(say(_("%(found)s of %(asked)s originals"), found=found, asked=originals.value))
        if e_file.value and application.has_e_file is False:
            short.append(_("electronic file"))
        return short


@register
class ReportHasEveryHeading(EachDossier):
    """The investment report has every heading of Article 9.2; R5 adds type, target firms and priority land (V25)."""

    code = "V25"
    regimes = ("R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "9.2")
    sentence = _("The investment report treats every heading the law names.")

    def check(self, subject: CaseSubject) -> Finding:
        """Hold the headings ticked of each report against the regime's list."""
        if not subject.standing:
            return self.not_applicable(_NO_DOSSIER)
        headings = self.regime.report_headings
        asked = headings.value or ()
        return self.told(
            subject,
            [
                (one.name, [heading.label for heading in asked if heading not in one.headings])
                for one in subject.standing
            ],
            required=say(_("%(count)s headings"), count=len(asked)),
            cited=(headings,),
        )


@register
class OneLeadUnit(Rule[CaseSubject]):
    """Where two or more units are touched, the provincial People's Committee names exactly one to lead (V26)."""

    code = "V26"
    about = CaseSubject
    regimes = ("R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "9.1(a)")
    sentence = _(
        "Where the cluster touches two or more units, exactly one of them leads, named by the provincial People's "
        "Committee."
    )

    def check(self, subject: CaseSubject) -> Finding:
        """Count the units touched and those that lead."""
        touched = list(dict.fromkeys(subject.units))
        if not touched:
            return self.not_computable(_("The units the cluster touches are not recorded."))
        if len(touched) == 1:
            return self.not_applicable(_("The cluster lies in one unit."))
        leads = list(dict.fromkeys(subject.lead_units))
        said = {
            "measured": say(
                _("%(count)s units: %(units)s; leading: %(leads)s"),
                count=len(touched),
                units=", ".join(touched),
                leads=", ".join(leads) or _("none"),
            ),
            "required": _("exactly one leading unit, by a paper of the provincial People's Committee"),
        }
        if len(leads) != 1:
            return self.not_met(_("Exactly one unit leads: ask the provincial People's Committee."), **said)
        if leads[0] not in touched:
            return self.not_met(_("The leading unit is not one that the cluster touches."), **said)
        if not subject.lead_named_by:
            return self.not_met(
                _("Record the paper by which the provincial People's Committee named it."), **said
            )
        return self.met(explanation=subject.lead_named_by, **said)
