"""The admin site: a technical back room. It is entered through the portal's own sign-in, second factor included."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest

from accounts.models import AccessLogEntry, Membership, Organisation, User

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as the package asks


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows rows that only services write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse to add."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Refuse to change."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Refuse to remove."""
        return False


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """People."""

    list_display = ["email", "full_name", "is_active", "is_staff", "is_demo", "last_login"]
    list_filter = ["is_active", "is_staff", "is_demo"]
    search_fields = ["email", "full_name"]
    exclude = ["password", "groups", "user_permissions"]


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    """Authorities and investors."""

    list_display = ["name", "kind", "province", "commune", "is_active"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["province", "commune"]
    search_fields = ["name", "tax_code"]


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """Who acts for whom."""

    list_display = ["user", "organisation", "role", "is_administrator", "is_active"]
    list_filter = ["role", "is_active"]
    list_select_related = ["user", "organisation"]
    search_fields = ["user__email", "user__full_name", "organisation__name"]


@admin.register(AccessLogEntry)
class AccessLogEntryAdmin(ReadOnlyAdmin):
    """Readings of personal data."""

    list_display = ["at", "user", "object_type", "object_label", "fields", "reason"]
    list_filter = ["object_type"]
    list_select_related = ["user"]
    search_fields = ["user__email", "object_label"]
