"""Dossiers as applicants meet them."""

import datetime as dt
from typing import Any

from django.test import Client
from django.utils import timezone

from dossiers.services.supplements import Wanted, ask_for_supplement
from tests.factories.dossiers import Walk


def browser_of(user: Any) -> Client:
    """Return a browser in which the person is signed in."""
    client = Client()
    client.force_login(user, backend="accounts.backends.AuthenticationBackend")
    return client


def with_supplement(walk: Walk | None = None, *, at: dt.datetime | None = None) -> Walk:
    """Return a dossier under appraisal in which the first applicant is asked to mend a paper and a field."""
    walk = walk or Walk()
    if walk.dossier is None:
        walk.to("appraisal")
    ask_for_supplement(
        dossier=walk.fresh(),
        application=walk.application,
        items=[
            Wanted(
                "document:financial_capacity",
                "Báo cáo tài chính năm 2025 chưa được kiểm toán.",
                "Nộp báo cáo tài chính năm 2025 đã được kiểm toán độc lập.",
            ),
            Wanted(
                "field:industrial_land_ha",
                "Diện tích đất công nghiệp không khớp bản đồ.",
                "Sửa lại theo bản đồ ranh giới.",
            ),
        ],
        reason="Hồ sơ cần bổ sung năng lực tài chính và số liệu đất công nghiệp.",
        actor=walk.officer,
        answer_by=timezone.localdate() + dt.timedelta(days=20),
        at=at,
    )
    return walk
