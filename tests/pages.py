"""What every page of a room promises, inherited by its tests.

    class TestClusterList(PageContract):
        url_name = "registry:cluster_list"
        function = Function.VIEW_REGISTRY
        max_queries = 10

A page about one record overrides ``url_kwargs`` to make it, inside the province of the factories, and sets
``is_record``; who works in another province must not learn that it exists.
"""

from typing import Any, ClassVar

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.roles import EXTENT_OF_KIND, FUNCTIONS_OF, Extent, Function, Role
from tests.assertions import assert_num_queries
from tests.factories.accounts import HA_NOI, kind_of, sign_in


@pytest.mark.django_db
class PageContract:
    """Anonymous visitor, person without the function, person with it, person from elsewhere, query count."""

    url_name: ClassVar[str]
    # None: a page for everybody.
    function: ClassVar[Function | None] = None
    role: ClassVar[Role] = Role.DEPARTMENT_OFFICER
    is_record: ClassVar[bool] = False
    # The greatest number of queries a signed-in person's page costs, session and account included.
    max_queries: ClassVar[int]

    def url_kwargs(self) -> dict[str, Any]:
        """Return the arguments of the URL; records they name are made here."""
        return {}

    def grow(self) -> None:
        """Add rows to what the page shows; the number of queries must stay the same."""

    @pytest.fixture
    def url(self, db: None) -> str:
        """The address of the page."""
        return reverse(self.url_name, kwargs=self.url_kwargs())

    @pytest.fixture
    def visitor(self) -> Client:
        """A browser of nobody in particular."""
        return Client()

    def test_an_anonymous_visitor_gets_the_page_or_the_sign_in(self, url: str, visitor: Client) -> None:
        response = visitor.get(url)
        if self.function is None:
            assert response.status_code == 200
        else:
            assert response.status_code == 302
            assert response["Location"].startswith(reverse(settings.LOGIN_URL))

    def test_a_person_without_the_function_is_refused(self, url: str, visitor: Client) -> None:
        if self.function is None:
            pytest.skip("a page for everybody asks for no function")
        without = next(role for role in Role if self.function not in FUNCTIONS_OF[role])
        sign_in(visitor, without)
        assert visitor.get(url).status_code in ({403, 404} if self.is_record else {403})

    def test_a_record_out_of_scope_is_not_found(self, url: str, visitor: Client) -> None:
        if not self.is_record or EXTENT_OF_KIND[kind_of(self.role)] != Extent.PROVINCE:
            pytest.skip("nothing is out of scope here")
        sign_in(visitor, self.role, province_code=HA_NOI)
        assert visitor.get(url).status_code == 404

    def test_a_person_with_the_function_gets_the_page_for_the_same_queries_however_much_it_shows(
        self, url: str, visitor: Client
    ) -> None:
        sign_in(visitor, self.role)
        assert visitor.get(url).status_code == 200
        with assert_num_queries(self.max_queries, at_most=True) as before:
            visitor.get(url)
        cost = len(before)
        self.grow()
        # What grew may have told the visitor of it: the bell is counted anew once.
        visitor.get(url)
        with assert_num_queries(cost):
            visitor.get(url)
