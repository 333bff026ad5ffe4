"""Every address of the portal with who may reach it: the table that ``test_addresses.py`` walks.

A room lists its own in ``tests/<room>/addresses.py`` as ``ADDRESSES: dict[str, Address]``, keyed by URL name. A new
URL without an entry fails the suite.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.roles import FUNCTIONS_OF, Function, Role

# Addresses of packages have no entries: they are only asked not to break.
OF_PACKAGES = ("account_", "mfa_", "socialaccount_", "admin:", "usersessions_")

#: Makes the records an address shows and returns the arguments of its URL.
Maker = Callable[[], dict[str, Any]]


class Access(Enum):
    """Who reaches an address that asks for no function."""

    PUBLIC = "everybody"
    SIGNED_IN = "everybody who is signed in"


@dataclass(frozen=True)
class Address:
    """One address: its access, a maker of its arguments, and what it answers to those it lets in.

    ``access`` is an :class:`Access`, a function, or the set of roles that are let in. ``arguments`` is called with
    the database at hand; records it makes lie in the province and commune of the factories. Others are sent to
    sign in, refused (403), or not told that the record exists (404).
    """

    access: Access | Function | frozenset[Role]
    arguments: Maker = dict
    query: str = ""
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)
    ok: frozenset[int] = frozenset({200})
    #: What a visitor without an account is answered where that is no way to the sign-in page (REST).
    anonymous: int | None = None

    def lets_in(self, role: Role | None) -> bool:
        """Say whether a person of the role (``None``: without an account) should reach the address."""
        if self.access is Access.PUBLIC:
            return True
        if role is None:
            return False
        if self.access is Access.SIGNED_IN:
            return True
        if isinstance(self.access, Function):
            return self.access in FUNCTIONS_OF[role]
        return role in self.access


def addresses() -> dict[str, Address]:
    """Return the entries of all rooms."""
    found: dict[str, Address] = {}
    for room in ["config", *settings.ROOMS]:
        name = f"tests.{room}.addresses"
        if find_spec(f"tests.{room}") and find_spec(name):
            found.update(import_module(name).ADDRESSES)
    return found


def whole_addresses(prefixes: tuple[str, ...]) -> list[str]:
    """Return the URL names that begin so and take no arguments, in order."""
    return [name for name in sorted(set(url_names())) if name.startswith(prefixes) and _is_whole(name)]


def _is_whole(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


def url_names() -> Iterator[str]:
    """Yield the name of every URL pattern with its namespaces; a nameless one shows its pattern in brackets."""

    def walk(resolver: Any, namespace: str, prefix: str) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            route = prefix + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from walk(pattern, inner, route)
            else:
                yield f"{namespace}{pattern.name}" if pattern.name else f"{namespace}[{route}]"

    yield from walk(get_resolver(), "", "")
