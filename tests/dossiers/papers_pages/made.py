"""Supplement requests, model documents and browsers for the tests of papers."""

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.roles import Role
from dossiers.models import ModelDocument, SupplementRequest
from dossiers.services.model_documents import replace_model
from dossiers.services.supplements import Wanted, ask_for_supplement
from tests.core.office.made import model
from tests.factories.accounts import person
from tests.factories.dossiers import Walk, moment, organisation_of


def browser(user: Any) -> Client:
    """Return a browser in which the person is signed in."""
    client = Client()
    client.force_login(user, backend="accounts.backends.AuthenticationBackend")
    return client


def asked(walk: Walk, **wording: str) -> SupplementRequest:
    """Ask the first applicant of a dossier under appraisal for two things."""
    return ask_for_supplement(
        dossier=walk.dossier,
        application=walk.application,
        items=[
            Wanted(
                "document:map",
                wording.get("wrong", "Bản đồ không ghi hệ tọa độ."),
                "Lập lại theo hệ VN-2000.",
            ),
            Wanted("field:loans", "Chưa nêu nguồn vốn vay.", "Nêu tổ chức tín dụng cho vay."),
        ],
        reason="Hồ sơ chưa đủ cơ sở để thẩm định.",
        answer_by=dt.date(2026, 10, 30),
        letter_number=wording.get("letter_number", ""),
        actor=walk.officer,
        at=moment("2026-10-17"),
    )


def upload(*paragraphs: str, name: str = "mau-rieng.docx") -> SimpleUploadedFile:
    """Return a Word document with the paragraphs."""
    return SimpleUploadedFile(name, model(*paragraphs))


def own_model(kind: str, user: Any = None, *paragraphs: str) -> ModelDocument:
    """Put a department's own model into use."""
    user = user or person(Role.DEPARTMENT_LEADER)
    return replace_model(
        organisation=organisation_of(user),
        kind=kind,
        upload=upload(*(paragraphs or ("Mẫu riêng: {{ act }}",))),
        user=user,
    )
