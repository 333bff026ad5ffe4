"""Where a person goes after signing in: to their own work."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from accounts.permissions import can
from accounts.roles import Function

#: The first page of whoever has the function; the first that fits counts.
FIRST_PAGES: tuple[tuple[Function, str], ...] = (
    (Function.VIEW_DOSSIERS, "dossiers:my_work"),
    (Function.GIVE_OPINION, "dossiers:opinion_list"),
    (Function.FILE_DOSSIER, "dossiers:mine"),
    (Function.VIEW_REGISTRY, "registry:home"),
)


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the page of the person's work, or to the public pages."""
    for function, name in FIRST_PAGES:
        if can(request.user, function):
            try:
                return redirect(reverse(name))
            except NoReverseMatch:
                continue
    return redirect("/")
