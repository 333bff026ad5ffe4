"""Addresses of organisations, people and permissions. Sign-in itself has its own, under ``accounts/``."""

from django.urls import path

from accounts.views import access_log, account, invitations, lockouts, members, organisations, tokens

app_name = "accounts"
urlpatterns = [
    path("account/", account.account, name="account"),
    path("organisation/", organisations.own, name="organisation"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.create, name="organisation_create"),
    path("organisations/<int:pk>/", organisations.detail, name="organisation_detail"),
    path("organisations/<int:pk>/change/", organisations.change, name="organisation_change"),
    path("organisations/<int:pk>/active/", organisations.set_active, name="organisation_set_active"),
    path("organisations/<int:pk>/invite/", invitations.invite, name="invite"),
    path("members/<int:pk>/", members.member, name="member"),
    path("members/<int:pk>/end/", members.end, name="member_end"),
    path("members/<int:pk>/resume/", members.resume, name="member_resume"),
    path("invitations/<int:pk>/withdraw/", invitations.withdraw, name="invitation_withdraw"),
    path("invitation/<str:secret>/", invitations.accept, name="accept_invitation"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/new/", tokens.token_create, name="token_create"),
    path("tokens/", tokens.all_tokens, name="all_tokens"),
    path("tokens/<int:pk>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("access-log/", access_log.access_log, name="access_log"),
    path("lockouts/", lockouts.lockouts, name="lockouts"),
    path("lockouts/<int:pk>/release/", lockouts.release, name="lockout_release"),
]
