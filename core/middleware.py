"""Who changes something, and in which request."""

from typing import Any

import structlog
from django.http import HttpRequest
from pghistory import middleware


class HistoryMiddleware(middleware.HistoryMiddleware):
    """Note the person as they were called at the time, and the request id that the logs carry.

    The name stays readable in the history after the account is renamed or closed.
    """

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what is stored beside every change of the request."""
        context: dict[str, Any] = super().get_context(request)
        if context.get("user") is not None:
            context["user_name"] = str(request.user)
        request_id = structlog.contextvars.get_contextvars().get("request_id")
        return {**context, "request_id": request_id} if request_id else context
