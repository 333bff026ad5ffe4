from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User


@transaction.atomic
def create_account(
    *,
    email: str,
    full_name: str,
    password: str,
    phone: str = "",
    language: str = "",
    is_demo: bool = False,
    hashed: str = "",
) -> User:
    """Create a person who can sign in; the address counts as proven, since only a letter to it leads here.

    ``hashed`` is what the password was hashed to before, where many accounts are made with the same one.
    Raise ValidationError when the address is taken or the password is too weak.
    """
    address = email.strip().lower()
    if User.objects.filter(email=address).exists():
        raise ValidationError(
            _("There already is an account for %(email)s. Sign in with it.") % {"email": address}
        )
    user = User(email=address, full_name=full_name.strip(), phone=phone, language=language, is_demo=is_demo)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password1": error.messages}) from error
    user.password = hashed or make_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    return user


def change_own_account(*, user: User, full_name: str, phone: str, language: str) -> User:
    """Store what a person says of themselves."""
    user.full_name, user.phone, user.language = full_name.strip(), phone.strip(), language
    user.full_clean(exclude=["password"])
    user.save(update_fields=["full_name", "phone", "language"])
    return user


def remember_language(*, user: User, language: str) -> None:
    """Store the language a person switched to, so that the next sign-in starts in it."""
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])
