"""The permission matrix, its document, and the log of who read personal data."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import InternalError, transaction
from django.test import RequestFactory
from django.urls import reverse

from accounts import matrix
from accounts.models import AccessLogEntry
from accounts.permissions import RequiresFunction, can, requires
from accounts.roles import FUNCTIONS_OF, Extent, Function, OrganisationKind, Role, roles_with
from accounts.services import log_access
from tests.factories.accounts import OrganisationFactory, UserFactory


def test_the_matrix_covers_every_role_function_and_kind():
    assert set(FUNCTIONS_OF) == set(Role)
    assert [row.function for row in matrix.rows()] == list(Function)
    assert [reach.kind for reach in matrix.reaches()] == list(OrganisationKind)


def test_every_function_is_held_by_somebody():
    for function in Function:
        assert roles_with(function), f"nobody can {function}"


def test_only_ministry_and_operator_reach_the_nation():
    national = {reach.kind for reach in matrix.reaches() if reach.extent == Extent.NATION}
    assert national == {OrganisationKind.MINISTRY, OrganisationKind.OPERATOR}


def test_the_committed_document_is_what_the_code_says():
    committed = matrix.document_path().read_text(encoding="utf-8")
    assert committed == matrix.document(), (
        "run: python manage.py translations --compile && python manage.py permission_matrix"
    )


def test_the_command_writes_the_document(tmp_path, monkeypatch):
    monkeypatch.setattr(matrix, "document_path", lambda: tmp_path / "permissions.md")
    call_command("permission_matrix", stdout=StringIO())
    assert (tmp_path / "permissions.md").read_text(encoding="utf-8") == matrix.document()


def test_a_view_names_the_function_it_needs():
    @requires(Function.EDIT_REGISTRY)
    def view(request):
        return None

    assert view.required_function == Function.EDIT_REGISTRY
    assert RequiresFunction.__doc__


@pytest.mark.django_db
def test_a_superuser_without_membership_can_do_nothing_with_data():
    superuser = UserFactory(technical=True)
    assert not any(can(superuser, function) for function in Function)


@pytest.mark.django_db
def test_a_reading_of_personal_data_is_logged_for_good():
    reader, seen = UserFactory(), OrganisationFactory(investor=True)
    request = RequestFactory().get("/investors/1/")
    entry = log_access(user=reader, obj=seen, fields=["phone"], path=request.path, reason="kiểm tra")
    assert (entry.user, entry.object_type, entry.object_pk) == (reader, "accounts.organisation", str(seen.pk))
    assert (entry.fields, entry.path, entry.reason) == (["phone"], "/investors/1/", "kiểm tra")
    for change in (lambda: entry.delete(), lambda: AccessLogEntry.objects.update(reason="")):
        with pytest.raises(InternalError), transaction.atomic():
            change()
    assert AccessLogEntry.objects.get().reason == "kiểm tra"


@pytest.mark.django_db
def test_portal_administrators_read_who_read_personal_data(client_of):
    client = client_of(Role.PORTAL_ADMINISTRATOR)
    assert client.get(reverse("accounts:access_log")).status_code == 200
    reader, seen = UserFactory(), OrganisationFactory(investor=True)
    log_access(user=reader, obj=seen, fields=["phone", "identity_number"])
    page = client.get(reverse("accounts:access_log"), {"per_page": "all"}).content.decode()
    for word in (reader.full_name, seen.name, "phone, identity_number"):
        assert word in page
