from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import matrix
from accounts.roles import Role


def permissions(request: HttpRequest) -> HttpResponse:
    """Show who may do what, to everybody."""
    context = {
        "roles": list(Role),
        "rows": matrix.rows(),
        "reaches": matrix.reaches(),
        "explanation": matrix.explanation(),
    }
    return render(request, "accounts/permissions.html", context)
