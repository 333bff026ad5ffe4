"""Every address of the portal, room by room."""

from django.contrib import admin
from django.urls import include, path

from accounts.views import keys
from accounts.views.matrix import permissions
from config.health import health
from law.views.the_law import the_law

urlpatterns = [
    path("api/v1/", include("api.urls")),
    # Before the sign-in package's own: these two it would answer worse.
    path("accounts/2fa/webauthn/keys/<int:pk>/remove/", keys.remove, name="mfa_remove_webauthn"),
    path("accounts/2fa/webauthn/reauthenticate/", keys.confirm, name="mfa_reauthenticate_webauthn"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("permissions/", permissions, name="permissions"),
    path("", include("accounts.urls")),
    path("places/", include("places.urls")),
    path("registry/", include("clusters.urls.registry")),
    path("dossiers/", include("dossiers.urls")),
    path("law/", the_law, name="law"),
    path("law/", include("law.urls")),
    path("", include("clusters.urls.public")),
    path("health/", health, name="health"),
]

handler400 = "core.errors.bad_request"
handler403 = "core.errors.permission_denied"
handler404 = "core.errors.not_found"
handler500 = "core.errors.server_error"
