from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from core.history import because
from places.models import Commune, Province


@transaction.atomic
def create_organisation(
    *,
    kind: str,
    name: str,
    short_name: str = "",
    tax_code: str = "",
    province: Province | None = None,
    commune: Commune | None = None,
    reason: str,
) -> Organisation:
    """Create an authority or an investor; raise ValidationError when its kind and place do not fit together."""
    organisation = Organisation(
        kind=kind, name=name, short_name=short_name, tax_code=tax_code, province=province, commune=commune
    )
    organisation.full_clean()
    with because(reason):
        organisation.save()
    return organisation


@transaction.atomic
def change_organisation(
    *,
    organisation: Organisation,
    name: str,
    short_name: str,
    tax_code: str,
    reason: str,
) -> Organisation:
    """Change the names of an organisation; its kind and place stay, because data scope hangs on them."""
    organisation.name, organisation.short_name, organisation.tax_code = name, short_name, tax_code
    organisation.full_clean()
    with because(reason):
        organisation.save()
    return organisation


@transaction.atomic
def set_organisation_active(
    *, organisation: Organisation, is_active: bool, actor: User, reason: str
) -> Organisation:
    """Close an organisation to its people, or open it again; nothing is deleted.

    Raise ValidationError when the actor would shut out themselves.
    """
    own = any(m.organisation_id == organisation.pk for m in actor.active_memberships)
    if not is_active and own:
        raise ValidationError(
            _("You act for this organisation yourself: ask another administrator to close it.")
        )
    organisation.is_active = is_active
    with because(reason):
        organisation.save(update_fields=["is_active", "updated_at"])
    return organisation
