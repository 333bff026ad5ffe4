"""Investors: codes, public units, foreigners, doubles, personal data."""

import pytest
from django.urls import reverse

from accounts.models import AccessLogEntry
from accounts.roles import Role
from clusters.choices import InvestorKind
from clusters.models import Investor
from clusters.services.records import save_record, update_cluster_details
from clusters.services.searching import investor_keys
from core.changes import changes_of
from tests.clusters.records.typing_in import problems, typed
from tests.factories.clusters import ClusterFactory, InvestorFactory, SecondaryProjectFactory

pytestmark = pytest.mark.django_db
NEW = "registry:investor_create"


@pytest.fixture
def officer(client_of):
    return client_of(Role.DEPARTMENT_OFFICER)


def enter(client, **values):
    url = reverse(NEW)
    return client.post(url, typed(client.get(url), reason="Theo giấy chứng nhận", **values))


def test_an_investor_is_entered_with_a_reason_that_stands_in_the_history(officer):
    answer = enter(officer, name="Công ty CP Một", tax_code="0100109106")
    investor = Investor.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse("registry:investor", args=[investor.pk])
    (change,) = changes_of(investor)
    assert change.reason == "Theo giấy chứng nhận"
    assert change.who == str(officer.user)


def test_a_reason_is_demanded(officer):
    url = reverse(NEW)
    page = officer.post(url, typed(officer.get(url), name="Công ty CP Một"))
    assert "reason" in problems(page)


def test_a_failed_check_digit_is_an_error_until_it_is_confirmed(officer):
    page = enter(officer, name="Công ty CP Hai", tax_code="0100109107")
    assert "0100109107" in problems(page)["tax_code"][0]
    answer = enter(officer, name="Công ty CP Hai", tax_code="0100109107", tax_code_confirmed="on")
    assert answer.status_code == 302
    assert Investor.objects.get().tax_code_confirmed


def test_a_confirmation_is_not_kept_for_a_code_that_needs_none(officer):
    enter(officer, name="Công ty CP Ba", tax_code="0100109106", tax_code_confirmed="on")
    assert not Investor.objects.get().tax_code_confirmed


def test_a_public_unit_needs_its_grandfathering_basis(officer):
    page = enter(officer, name="Ban quản lý cụm công nghiệp", kind=InvestorKind.PUBLIC_UNIT)
    assert "01/5/2024" in problems(page)["grandfathering_basis"][0]
    answer = enter(
        officer,
        name="Ban quản lý cụm công nghiệp",
        kind=InvestorKind.PUBLIC_UNIT,
        grandfathering_basis="QĐ 12/QĐ-UBND ngày 10/3/2020",
    )
    assert answer.status_code == 302


def test_a_foreigner_without_code_is_taken_with_country_and_registration_number(officer):
    answer = enter(officer, name="Canyon Asia Ltd", country="Hàn Quốc", registration_number="110111-1234567")
    assert answer.status_code == 302
    assert Investor.objects.get().tax_code == ""


def test_a_personal_number_stands_for_a_household_alone(officer):
    assert "tax_code" in problems(enter(officer, name="Hộ Lý A", tax_code="015090001234"))
    answer = enter(officer, name="Hộ Lý A", tax_code="015090001234", kind=InvestorKind.HOUSEHOLD)
    assert answer.status_code == 302


def test_the_same_code_is_refused_with_the_name_of_its_owner(officer):
    InvestorFactory(name="Công ty CP Cũ", tax_code="0100109106")
    page = enter(officer, name="Công ty CP Mới", tax_code="0100109106")
    assert "Công ty CP Cũ" in problems(page)["tax_code"][0]


def test_the_same_name_written_otherwise_is_pointed_out_and_can_be_accepted(officer):
    InvestorFactory(name="Công ty TNHH Gỗ Yên Bình")
    page = enter(officer, name="CTY. Công ty Cổ phần gỗ YÊN BÌNH".replace("CTY. ", ""))
    assert "accept_warnings" in problems(page)
    assert "Công ty TNHH Gỗ Yên Bình" in page.content.decode()
    answer = enter(officer, name="Công ty Cổ phần gỗ YÊN BÌNH", accept_warnings="on")
    assert answer.status_code == 302


@pytest.fixture
def household(db):
    return InvestorFactory(
        name="Hộ kinh doanh Lý A",
        kind=InvestorKind.HOUSEHOLD,
        tax_code="015090001234",
        representative="Lý Văn A",
        phone="0912345678",
    )


def test_personal_data_is_shown_to_those_who_may_see_it_and_the_reading_is_logged(officer, household):
    page = officer.get(reverse("registry:investor", args=[household.pk]))
    assert "Lý Văn A" in page.content.decode()
    entry = AccessLogEntry.objects.get()
    assert entry.user == officer.user
    assert set(entry.fields) == {"representative", "phone", "tax_code"}


@pytest.mark.parametrize("name", ["investor", "investor_edit", "investor_history"])
def test_personal_data_stays_hidden_from_others(client_of, household, name):
    commune = client_of(Role.COMMUNE_OFFICER)
    text = commune.get(reverse(f"registry:{name}", args=[household.pk])).content.decode()
    assert "Lý Văn A" not in text
    assert "0912345678" not in text
    assert "015090001234" not in text
    assert not AccessLogEntry.objects.exists()


def test_who_may_not_see_personal_data_does_not_wipe_it_by_saving(client_of, household):
    commune = client_of(Role.COMMUNE_OFFICER)
    url = reverse("registry:investor_edit", args=[household.pk])
    answer = commune.post(url, typed(commune.get(url), address="Thôn 3", reason="Bổ sung địa chỉ"))
    assert answer.status_code == 302
    household.refresh_from_db()
    assert (household.address, household.representative) == ("Thôn 3", "Lý Văn A")
    assert household.tax_code == "015090001234"


def test_the_list_masks_personal_numbers_for_everybody(officer, household):
    text = officer.get(reverse("registry:investor_list")).content.decode()
    assert "015090001234" not in text
    assert "•••••••••234" in text


def test_no_search_finds_a_household_by_its_personal_data(officer, household):
    cluster = ClusterFactory(investor=household)
    project = SecondaryProjectFactory(investor=household, cluster=cluster)
    household.representative = "Bế Quỳnh"
    for record in (household, project):
        save_record(record=record, reason="Rà soát")
    for found in (household, project, update_cluster_details(cluster=cluster, reason="Rà soát")):
        assert "kinh doanh ly a" in found.search
        assert "015090001234" not in found.search
        assert "quynh" not in found.search


def test_an_enterprise_is_found_by_its_tax_code(officer):
    enter(officer, name="Công ty CP Mới", tax_code="0100109106")
    assert "0100109106" in Investor.objects.get().search


def test_editing_shows_personal_data_and_logs_it(officer, household):
    page = officer.get(reverse("registry:investor_edit", args=[household.pk]))
    assert "Lý Văn A" in page.content.decode()
    assert AccessLogEntry.objects.count() == 1


def test_the_picker_of_investors_masks_personal_numbers_and_reads_the_household_back(officer, household):
    project = SecondaryProjectFactory(investor=household)
    url = reverse("registry:project_edit", args=[project.cluster.code, project.pk])
    page = officer.get(url)
    assert "015090001234" not in page.content.decode()
    answer = officer.post(url, typed(page, product="Chè khô", reason="Bổ sung sản phẩm"))
    assert answer.status_code == 302
    project.refresh_from_db()
    assert (project.investor, project.product) == (household, "Chè khô")


def test_the_search_of_investors_holds_no_personal_number_and_no_name_of_a_person():
    keys = investor_keys("Hộ kinh doanh Lý A", "015090001234")
    assert "015090001234" not in keys["search"]
    assert investor_keys("Công ty CP Một", "0100109106")["search"] == "cong ty cp mot 0100109106"
