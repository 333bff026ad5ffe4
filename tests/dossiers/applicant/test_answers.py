"""A file that came in piece by piece answers an item of a supplement, and nothing else does."""

import hashlib
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.roles import Role
from dossiers.models import SupplementItem, Upload
from dossiers.services.uploads import add_piece, start_upload
from tests.dossiers.applicant.cases import browser_of, with_supplement
from tests.factories.accounts import MembershipFactory
from tests.factories.dossiers import moment, organisation_of, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(moment("2026-11-26"))


def answer(walk, position, **data):
    url = reverse("dossiers:supplement_item", args=[walk.application.pk, 1, position])
    return browser_of(walk.investor).post(url, data)


def item(position):
    return SupplementItem.objects.get(position=position)


def in_pieces(walk, content, *, variety="statements", user=None, sent=None):
    """Send a file as the page does before the answer, the first ``sent`` bytes of it; return its key."""
    upload = start_upload(
        user=user or walk.investor,
        kind="financial_capacity",
        variety=variety,
        name="kiem-toan.pdf",
        size=len(content),
        application=walk.application,
    )
    return add_piece(key=upload.key, user=upload.user, offset=0, content=content[:sent]).key


def test_a_file_that_came_in_pieces_answers_with_the_words_and_takes_the_place_of_the_older_one():
    walk = with_supplement()
    old = walk.application.documents.get(kind="financial_capacity")
    content = pdf().read()
    key = in_pieces(walk, content)
    sent = answer(walk, 1, answer="Đã kiểm toán.", upload=key, variety="statements", replaces=old.pk)
    assert sent.status_code == 302
    new = item(1).answer_document
    assert (new.replaces, new.variety, new.file.sha256) == (
        old,
        "statements",
        hashlib.sha256(content).hexdigest(),
    )
    assert item(1).answer == "Đã kiểm toán."
    assert not Upload.objects.exists()


def test_what_is_wrong_with_the_words_does_not_cost_the_file():
    walk = with_supplement()
    key = in_pieces(walk, pdf().read())
    refused = answer(walk, 1, answer="x" * 5001, upload=key, variety="statements")
    assert refused.status_code == 422
    assert f'name="upload" value="{key}"' in refused.content.decode()
    assert "kiem-toan.pdf" in refused.content.decode()
    assert answer(walk, 1, answer="Đã kiểm toán.", upload=key, variety="statements").status_code == 302
    assert item(1).answer_document.file.name == "kiem-toan.pdf"


def test_a_refused_file_is_given_up_so_that_it_can_be_sent_anew():
    walk = with_supplement()
    key = in_pieces(walk, b"<script>alert(1)</script>")
    refused = answer(walk, 1, upload=key, variety="statements")
    assert refused.status_code == 422
    assert "kiem-toan.pdf" in refused.context["items"][0].errors[0]
    assert f'value="{key}"' not in refused.content.decode()
    assert not Upload.objects.exists()
    assert item(1).answered_at is None


@pytest.mark.parametrize(
    "case", ["unfinished", "other kind", "other variety", "of a colleague", "no key", "unknown"]
)
def test_no_other_upload_answers_an_item(case):
    walk = with_supplement()
    content = pdf().read()
    colleague = MembershipFactory(organisation=organisation_of(walk.investor), role=Role.INVESTOR_MEMBER).user
    key = {
        "unfinished": lambda: in_pieces(walk, content, sent=10),
        "other kind": lambda: (
            Upload.objects.create(
                key=uuid4(),
                user=walk.investor,
                application=walk.application,
                kind="map",
                name="a.pdf",
                size=1,
                received=1,
                variety="statements",
            ).key
        ),
        "other variety": lambda: in_pieces(walk, content, variety="parent"),
        "of a colleague": lambda: in_pieces(walk, content, user=colleague),
        "no key": lambda: "x",
        "unknown": uuid4,
    }[case]()
    refused = answer(walk, 1, answer="Đã kiểm toán.", upload=key, variety="statements")
    assert refused.status_code == 422
    assert refused.context["items"][0].errors == ["Tệp chưa được gửi lên đầy đủ. Hãy chọn lại tệp."]
    assert item(1).answered_at is None
