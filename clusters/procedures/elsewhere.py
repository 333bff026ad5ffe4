"""What people look for beside the procedures of this portal, and where to go with it."""

from django.utils.translation import gettext_lazy as _

from dossiers.procedures import Elsewhere, name_elsewhere
from law.citations import cite

OTHERS = (
    Elsewhere(
        title=_("Rent land in a cluster or open a factory there"),
        sentence=_(
            "You agree with the infrastructure investor of the cluster; find free land and the contact on this portal. "
            "Investment, land and construction papers follow other laws and are filed elsewhere."
        ),
        legal_basis=cite("ND32", "20", "21"),
    ),
    Elsewhere(
        title=_("Move a plant out of a residential area or a craft village into a cluster"),
        sentence=_(
            "Moving has no procedure on this portal yet. Find land here; ask the Department of Industry and Trade of "
            "your province for the support that it gives."
        ),
        legal_basis=cite("ND32", "25", "26"),
    ),
    Elsewhere(
        title=_("Ask for State support for the infrastructure of a cluster"),
        sentence=_(
            "Requests for support are not on this portal yet. File with the Department of Industry and Trade of your "
            "province."
        ),
        legal_basis=cite("ND32", "26", "27"),
    ),
    Elsewhere(
        title=_("Change the name, place or boundary of an established cluster, or abolish it"),
        sentence=_(
            "Not on this portal yet: write to the commune People's Committee of the place and to the Department of "
            "Industry and Trade."
        ),
        legal_basis=cite("ND32", "12"),
    ),
    Elsewhere(
        title=_("Have a new cluster put on the province's List"),
        sentence=_(
            "The List is part of the provincial plan and is changed with it, not on application: propose it to the "
            "Department of Industry and Trade."
        ),
        legal_basis=cite("ND32", "5", "7"),
    ),
)
name_elsewhere(*OTHERS)
