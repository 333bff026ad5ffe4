"""The scene that several modules of this room begin with; a module that needs another one names it ``walk`` as well."""

import pytest

from tests.factories.dossiers import moment, walked


@pytest.fixture(scope="module")
def appraisal(build_scene):
    return build_scene(lambda: walked("appraisal"), at=moment("2026-11-26"))


@pytest.fixture
def walk(appraisal, db):
    """One applicant under appraisal."""
    return appraisal()
