"""The rules of a case, all evaluated together, from what stands in the dossier and in the registry."""

from dossiers.models import Dossier
from law.rules import Checklist


def case_checklist(dossier: Dossier) -> Checklist | None:
    """Return every rule about the case under its regime."""
    return None
