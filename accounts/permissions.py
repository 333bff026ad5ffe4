"""What a view needs: named on the view, refused with a sentence that names it.

Anonymous visitors are sent to sign in. A person without the function gets a page (403) that says which function is
missing. Records out of reach are not found (404), because every queryset starts from ``visible_to``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Function


class SignedInRequest(HttpRequest):
    """The request of a view that only signed-in people reach."""

    user: User


def can(user: Any, function: Function) -> bool:
    """Say whether a user, signed in or not, may do something somewhere."""
    return user.is_authenticated and user.can(function)


def refusal(function: Function) -> str:
    """Return the sentence that says what is missing and who can give it."""
    return _(
        "Your account does not have the function “%(function)s”. "
        "An administrator of your organisation can give you a role that has it."
    ) % {"function": function.label}


def demand(user: Any, function: Function) -> None:
    """Raise PermissionDenied, with the sentence to show, unless a signed-in user has the function."""
    if not can(user, function):
        raise PermissionDenied(refusal(function))


def requires(function: Function) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator that lets only people with a function reach a view."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            demand(request.user, function)
            return view(request, *args, **kwargs)

        guarded.required_function = function  # type: ignore[attr-defined]  # read by the test of every address
        return guarded

    return decorate


class RequiresFunction:
    """A mixin for class-based views: only people with ``function`` reach them. Put it first among the bases."""

    function: Function

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Check before anything is read."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        demand(request.user, self.function)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # the view it is mixed into
