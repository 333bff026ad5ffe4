from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import AUTHORITY_KINDS, Function
from accounts.scope import scope_of
from places.models import Commune

if TYPE_CHECKING:
    from accounts.models.memberships import Membership


class UserManager(BaseUserManager["User"]):
    """Make users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user; the address is stored in lower case so that it is unique however it is typed."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a technical administrator, who may use the admin site and has no data scope of their own."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by address, however it is typed."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address. What they may do comes from their memberships."""

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("name of the person"), max_length=150)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    language = models.CharField(_("preferred language"), max_length=5, choices=settings.LANGUAGES, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may use the admin site"), default=False)
    is_demo = models.BooleanField(_("demo account"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["full_name", "pk"]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        """Return the name as the person writes it."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the given name, which in Viet Nam comes last."""
        return self.full_name.rsplit(" ", 1)[-1]

    @cached_property
    def active_memberships(self) -> "list[Membership]":
        """The memberships that count today, with their organisations: one query, kept on the object."""
        if not self.is_active:
            return []
        return list(
            self.memberships.filter(is_active=True, organisation__is_active=True)
            .select_related("organisation")
            .order_by("organisation__name", "pk")
        )

    def forget_memberships(self) -> None:
        """Drop what the object remembers of its memberships, after they changed."""
        self.__dict__.pop("active_memberships", None)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the row again, and the memberships when they are next asked for."""
        self.forget_memberships()
        super().refresh_from_db(*args, **kwargs)

    @property
    def functions(self) -> frozenset[Function]:
        """Everything this person may do somewhere."""
        return frozenset().union(*(membership.functions for membership in self.active_memberships))

    def can(self, function: Function) -> bool:
        """Say whether this person may do something anywhere; being a superuser gives nothing."""
        return function in self.functions

    def can_in(
        self, function: Function, *, province_id: int | None = None, commune_id: int | None = None
    ) -> bool:
        """Say whether this person may do something at a place: function and reach from the same membership.

        Give both keys where both are known. With a commune alone, its province is looked up when it matters.
        """
        scope = scope_of(self, function)
        if scope.covers(province_id=province_id, commune_id=commune_id):
            return True
        if province_id is None and commune_id is not None and scope.province_ids:
            return Commune.objects.filter(pk=commune_id, province_id__in=scope.province_ids).exists()
        return False

    @property
    def is_officer(self) -> bool:
        """Whether this person acts for an authority or for the operator of the portal."""
        return any(membership.organisation.kind in AUTHORITY_KINDS for membership in self.active_memberships)
