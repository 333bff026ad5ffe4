"""What the drafts share."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.office import facts as f
from core.office.facts import Head, Signature

_FULL_NAME = re.compile(r"^(?:cụm công nghiệp|ccn)\s+", re.IGNORECASE)


def bare_name(name: str) -> str:
    """Return the name of a cluster without the words "Cụm công nghiệp", which the papers write themselves.

    >>> bare_name("Cụm công nghiệp Phú Nghĩa 2")
    'Phú Nghĩa 2'
    """
    return _FULL_NAME.sub("", name) if name else name


@dataclass(frozen=True, kw_only=True)
class Issued:
    """What every paper of an agency has: head, bases, receivers, signature, and the act it is about.

    ``body`` is the issuing body as it stands in a sentence ("Ủy ban nhân dân xã Phú Nghĩa"); ``act`` is "thành lập"
    or "mở rộng". Bases come as whole sentences ("Căn cứ Luật ..."); the signs between them are set by the paper.
    """

    head: Head = f.group(_("head of the paper"), Head)
    body: str = f.text(_("issuing body, as in a sentence"))
    act: str = f.text(_("the act: establishing or expanding, in Vietnamese"))
    bases: Sequence[str] = f.points(_("legal bases, each a sentence"))
    receivers: Sequence[str] = f.points(_("receivers of the paper"))
    signature: Signature = f.group(_("signature block"), Signature)


@dataclass(frozen=True, kw_only=True)
class ClusterFacts:
    """The cluster a paper is about; areas in hectares, ``added_ha`` only for an expansion."""

    name: str = f.written(_("name of the cluster, without the words “industrial cluster”"), bare_name)
    place: str = f.text(_("place: commune and province"))
    area_ha: Decimal | None = f.number(_("area after the decision, in hectares"))
    before_ha: Decimal | None = f.number(_("area before the expansion, in hectares"))
    added_ha: Decimal | None = f.number(_("area added by the expansion, in hectares"))
    lines: str = f.text(_("main lines of business"))
    kind: str = f.text(_("type of the cluster"))
    plan: str = f.text(_("where the cluster stands in the provincial plan"))


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One who asks to become the infrastructure investor."""

    name: str = f.text(_("name of the candidate"))
    tax_code: str = f.text(_("tax code of the candidate"))
    code: str = f.text(_("dossier code"))
    received: dt.datetime | None = f.short_moment(_("time the dossier was received"))
    note: str = f.text(_("note"))
