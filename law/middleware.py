"""What the law room does around every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from law.current import keeping_limits


class LimitsMiddleware:
    """Let a request ask only once what the provinces rule for themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        with keeping_limits():
            return self.get_response(request)
