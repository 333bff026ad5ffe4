"""V34: who sits on the council, and that nobody scores with an interest of their own."""

from django.utils.translation import gettext_lazy as _

from clusters.rules.case_subjects import CaseSubject, Council
from clusters.rules.wording import listed
from law.citations import cite
from law.rules import Finding, Rule, Severity, register
from law.vocabulary import CouncilPost
from law.words import Text, say

_NO_COUNCIL = _("The council has not been set up yet.")


@register
class CouncilAsTheLawSays(Rule[CaseSubject]):
    """Chair, vice-chairs and secretary hold the posts the law names; the secretary is not a member (V34)."""

    code = "V34"
    about = CaseSubject
    regimes = ("R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "13.2")
    sentence = _(
        "A leader of the provincial People's Committee chairs the council, leaders of the departments the law names "
        "are vice-chairs, and the secretary is not a member."
    )

    def check(self, subject: CaseSubject) -> Finding:
        """Hold the posts of the council against those of the regime."""
        council, regime = subject.council, self.regime
        if council is None:
            return self.not_applicable(_NO_COUNCIL)
        posts = regime.council_vice_chairs.value or ()
        stand_ins = set(regime.council_stand_ins.value or ())
        missing, stood_in = _unfilled(council, posts, stand_ins)
        faults: list[Text] = []
        if council.chair is None:
            faults.append(_("there is no chair"))
        elif council.chair.post != regime.council_chair.value:
            faults.append(
                say(
                    _("%(name)s in the chair is %(post)s"),
                    name=council.chair.name,
                    post=council.chair.post.label,
                )
            )
        faults += [say(_("no vice-chair is %(post)s"), post=post.label) for post in missing]
        secretary = council.secretary
        if secretary is None:
            faults.append(_("there is no secretary"))
        else:
            if secretary.post != regime.council_secretary.value:
                faults.append(
                    say(
                        _("the secretary %(name)s is %(post)s"),
                        name=secretary.name,
                        post=secretary.post.label,
                    )
                )
            if secretary.person in {one.person for one in council.everybody}:
                faults.append(say(_("the secretary %(name)s is also a member"), name=secretary.name))
        twice = [one.name for one in council.everybody if _seats(council, one.person) > 1]
        if twice:
            faults.append(say(_("more than one seat: %(names)s"), names=", ".join(dict.fromkeys(twice))))
        cited = [regime.council_chair, regime.council_vice_chairs, regime.council_secretary]
        if stood_in:
            cited.append(regime.council_stand_ins)
        said = {
            "measured": listed(
                say("%(name)s (%(post)s)", name=one.name, post=one.post.label) for one in council.everybody
            ),
            "required": say(
                _("chair: %(chair)s; vice-chairs: %(vice_chairs)s; secretary: %(secretary)s"),
                chair=regime.council_chair,
                vice_chairs=regime.council_vice_chairs,
                secretary=regime.council_secretary,
            ),
            "cited": tuple(cited),
        }
        if faults:
            return self.not_met(listed(faults, "; "), **said)
        return self.met(
            explanation=say(
                "%(post)s: %(note)s", post=regime.council_stand_ins, note=regime.council_stand_ins.note
            )
            if stood_in
            else "",
            **said,
        )


def _unfilled(
    council: Council, posts: tuple[CouncilPost, ...], stand_ins: set[CouncilPost]
) -> tuple[list[CouncilPost], bool]:
    """Return the vice-chairs' posts that nobody fills, and whether somebody sits in the place of another."""
    held = [one.post for one in council.vice_chairs]
    missing = [post for post in posts if post not in held]
    spare = [post for post in held if post in stand_ins and post not in posts]
    # One stand-in takes one place, and never that of the department itself.
    filled = [post for post in missing if post is not CouncilPost.INDUSTRY][: len(spare)]
    return [post for post in missing if post not in filled], bool(filled)


def _seats(council: Council, person: str) -> int:
    return sum(one.person == person for one in council.everybody)


@register
class InterestsDeclared(Rule[CaseSubject]):
    """Everybody who scores has declared their interests, and nobody with a conflict scores (V34, second half)."""

    code = "V34b"
    about = CaseSubject
    severity = Severity.WARN
    regimes = ("R1b", "R2", "R3", "R4", "R5")
    legal_basis = say(
        "%(decree)s (%(practice)s)",
        decree=cite("ND32", "13.2"),
        practice=_("good practice, not asked by the decree"),
    )
    sentence = _("Whoever scores has declared their interests, and nobody scores who declared a conflict.")

    def check(self, subject: CaseSubject) -> Finding:
        """Look at the declarations of those who score."""
        if subject.council is None:
            return self.not_applicable(_NO_COUNCIL)
        scoring = [one for one in subject.council.everybody if one.scores]
        silent = [one.name for one in scoring if not one.declared]
        biased = [one.name for one in scoring if one.conflict]
        said = {
            "measured": say(
                _("%(declared)s of %(count)s declared"),
                declared=len(scoring) - len(silent),
                count=len(scoring),
            )
        }
        faults: list[Text] = []
        if biased:
            faults.append(say(_("scores in spite of a conflict: %(names)s"), names=", ".join(biased)))
        if silent:
            faults.append(say(_("no declaration: %(names)s"), names=", ".join(silent)))
        return self.not_met(listed(faults, "; "), **said) if faults else self.met(**said)
