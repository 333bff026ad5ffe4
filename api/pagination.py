from rest_framework.pagination import LimitOffsetPagination


class Pages(LimitOffsetPagination):
    """Fifty rows unless asked otherwise, at most five hundred at once."""

    default_limit = 50
    max_limit = 500
