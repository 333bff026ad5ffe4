"""What a preview found is read in the language of the reader, not in that of the moment in which it was found."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from accounts.roles import Role
from clusters.importing.running import begin_commit
from clusters.importing.undo import undo_import
from clusters.models import ImportBatch, SecondaryProject
from core.history import because
from tests.clusters.importing.made import checked, outcomes, problems, saved, sheet
from tests.factories.clusters import ClusterFactory, SecondaryProjectFactory

pytestmark = pytest.mark.django_db
HEADER = ["Cụm công nghiệp", "Tên dự án", "Chủ đầu tư", "Mã số thuế", "Diện tích đất (ha)", "Tình trạng"]
#: Letters that no English sentence of the portal has.
VIETNAMESE = set("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")


@pytest.fixture
def officer(client_of):
    return client_of(Role.DEPARTMENT_OFFICER)


@pytest.fixture
def batch(officer) -> ImportBatch:
    """A preview made in Vietnamese, with every kind of fact in its sentences: titles, lists, numbers, errors."""
    cluster = ClusterFactory(name="Binh Minh", industrial_land_ha=3)
    known = SecondaryProjectFactory(cluster=cluster, name="Paper mill one", land_ha=1)
    rows = [
        ["Binh Minh", "Gas", "X", "0100109107", "1.234", "sleeping"],
        ["Binh Minh", "Gas 2", "X", "12", "12/3", "operating"],
        ["Nowhere", "Gas 3", "X", "", "", ""],
        ["Binh Minh", "Paper mill onr", known.investor.name, "", "", ""],
    ]
    return checked(sheet(HEADER, *rows), "projects", officer.user)


def foreign_letters(text: str) -> set[str]:
    return {char for char in text.lower() if char in VIETNAMESE}


def test_every_problem_found_in_vietnamese_is_read_in_english(batch):
    with translation.override("vi"):
        assert all(foreign_letters(message) for _cell, _severity, message in problems(batch))
    with translation.override("en"):
        messages = [message for _cell, _severity, message in problems(batch)]
    assert len(messages) >= 6
    # What stands in the cells and in the header of the registry is English here.
    assert [message for message in messages if foreign_letters(message)] == []


def test_page_and_marked_workbook_speak_the_language_of_who_asks(officer, batch):
    page = officer.get(reverse("registry:import", args=[batch.key]), headers={"accept-language": "en"})
    assert (
        "a new project" in page.content.decode()
        and "No cluster is called “Nowhere”." in page.content.decode()
    )
    texts = {}
    for language in ("en", "vi"):
        answer = officer.get(
            reverse("registry:import_marked", args=[batch.key]), headers={"accept-language": language}
        )
        book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        texts[language] = " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
    # Only the name of the officer's own sheet is Vietnamese.
    assert "No cluster is called “Nowhere”." in texts["en"]
    assert not foreign_letters(texts["en"].replace(batch.sheet, ""))
    assert "No cluster is called" not in texts["vi"] and "Nowhere" in texts["vi"]


def test_why_a_saving_stopped_and_what_an_undo_kept_are_read_in_either_language(officer):
    cluster = ClusterFactory(name="Binh Minh")
    known = SecondaryProjectFactory(cluster=cluster, name="Paper mill", workers=10)
    file = sheet(["CCN", "Tên dự án", "Số lao động"], ["Binh Minh", "Paper mill", 20])
    batch = checked(file, "projects", officer.user)
    SecondaryProject.objects.filter(pk=known.pk).update(workers=15)
    batch = begin_commit(batch=batch, reason="Nhập", user=officer.user)
    with translation.override("en"):
        assert batch.why_it_stopped.startswith("Records changed in the registry after this preview.")
    with translation.override("vi"):
        assert foreign_letters(batch.why_it_stopped)
    batch = begin_commit(batch=batch, reason="Nhập", user=officer.user)
    with because("Sửa tay", user_name="An"):
        SecondaryProject.objects.filter(pk=known.pk).update(workers=30)
    batch = ImportBatch.objects.get(pk=undo_import(batch=batch, reason="Nhầm", user=officer.user).pk)
    with translation.override("en"):
        assert str(batch.kept_records[0]["reason"]).startswith("changed by An, ")
    with translation.override("vi"):
        assert foreign_letters(str(batch.kept_records[0]["reason"]))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_list_exported_in_one_language_is_imported_in_the_other(officer, language):
    SecondaryProjectFactory(cluster=ClusterFactory(name="Binh Minh"))
    answer = officer.get(
        reverse("registry:project_list"),
        {"export": "csv", "export_columns": "all"},
        headers={"accept-language": language},
    )
    content = b"".join(answer.streaming_content)
    with translation.override("en" if language == "vi" else "vi"):
        batch = checked(SimpleUploadedFile("list.csv", content), "projects", officer.user)
    assert outcomes(batch) == [(2, "unchanged")], problems(batch)


def test_an_import_saved_before_keeps_its_texts(officer):
    ClusterFactory(name="Binh Minh")
    batch = saved(sheet(HEADER[:3], ["Binh Minh", "Gas", "X"]), "projects", officer.user)
    row = batch.rows.get()
    row.problems = [{"message": "Ô trống.", "remedy": "", "severity": "note", "sheet": "S", "cell": "A2"}]
    row.save()
    assert "Ô trống." in officer.get(reverse("registry:import", args=[batch.key])).content.decode()
