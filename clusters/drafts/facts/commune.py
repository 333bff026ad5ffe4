"""What the commune writes: notice that dossiers are received, record of their opening, submission."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from clusters.drafts.facts.common import Candidate, ClusterFacts, Issued
from core.office import facts as f
from core.office.facts import Head


@dataclass(frozen=True, kw_only=True)
class CommuneNotice(Issued):
    """The notice that dossiers of infrastructure investors are received (Article 10.1 of Decree 32/2024).

    ``window`` is the receiving time in words ("05 ngày làm việc"); ``opens`` its first day, ``closes`` its last moment.
    """

    cluster: ClusterFacts = f.group(_("the cluster"), ClusterFacts)
    first_request: dt.date | None = f.long_day(_("day of the first request"))
    conditions: Sequence[str] = f.points(_("who may apply, and what is asked of them"))
    documents: Sequence[str] = f.points(_("documents of the dossier"))
    sets: int | None = f.count(_("number of sets"))
    e_file: bool = f.flag(_("whether an electronic file is asked for"))
    window: str = f.text(_("receiving time in words"))
    opens: dt.date | None = f.long_day(_("first day dossiers are received"))
    closes: dt.datetime | None = f.moment(_("last moment dossiers are received"))
    address: str = f.text(_("where dossiers are handed in"))
    online: str = f.text(_("address of the portal for online filing"))
    contact: str = f.text(_("contact person, telephone and e-mail"))


@dataclass(frozen=True, kw_only=True)
class CommuneSubmission(Issued):
    """The submission of the commune to the department and the province (Articles 9.1(a), 10.2)."""

    addressees: Sequence[str] = f.addressees(_("to whom the paper is addressed"))
    cluster: ClusterFacts = f.group(_("the cluster"), ClusterFacts)
    lead_note: str = f.text(_("which commune leads, where the cluster lies in several"))
    first_request: dt.date | None = f.long_day(_("day of the first request"))
    notice: str = f.text(_("number and day of the notice"))
    published_at: str = f.text(_("where the notice was published"))
    closed: dt.datetime | None = f.moment(_("moment the receiving time ended"))
    candidates: Sequence[Candidate] = f.rows(_("candidates in the order of receipt"), Candidate)
    need: Sequence[str] = f.texts(_("why the cluster is needed"))
    land: Sequence[str] = f.texts(_("state of the land and its fit with the land-use plan"))
    opinion: Sequence[str] = f.texts(_("opinion of the commune on the dossiers"))
    proposals: Sequence[str] = f.points(_("what the commune proposes"))
    enclosed: Sequence[str] = f.points(_("enclosed documents"))


@dataclass(frozen=True, kw_only=True)
class OpeningRecord:
    """The record of the opening of sealed dossiers; the note of a candidate tells of its seal."""

    head: Head = f.group(_("head of the paper"), Head)
    body: str = f.text(_("issuing body, as in a sentence"))
    act: str = f.text(_("the act: establishing or expanding, in Vietnamese"))
    cluster: ClusterFacts = f.group(_("the cluster"), ClusterFacts)
    notice: str = f.text(_("number and day of the notice"))
    closed: dt.datetime | None = f.moment(_("moment the receiving time ended"))
    opened: dt.datetime | None = f.moment(_("moment the dossiers were opened"))
    venue: str = f.text(_("place of the opening"))
    present: Sequence[str] = f.points(_("who was present"))
    candidates: Sequence[Candidate] = f.rows(_("candidates in the order of receipt"), Candidate)
    late: int | None = f.count(_("number of dossiers refused because they came late"))
    remarks: Sequence[str] = f.texts(_("remarks of those present"))
    recorder: str = f.text(_("name of the recorder"))
    chair: str = f.text(_("name of the chair"))
