"""Production refuses to start with what belongs to development, at every door."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from pytest_django import Settings

from config import checks
from config.env import BASE_DIR

SAFE = {
    "PRODUCTION": True,
    "SECRET_KEY": "a-long-random-value-that-nobody-but-the-operator-of-it-knows",
    "DEBUG": False,
    "DEMO": False,
    "EMBEDDED": False,
    "CELERY_BROKER_URL": "redis://redis:6379/0",
    "ALLOWED_HOSTS": ["clusters.example.vn"],
    "HTTPS": True,
    "SITE_URL": "https://clusters.example.vn",
}

UNSAFE = [
    ("SECRET_KEY", checks.settings.DEMO_SECRET, "house.E001", "set SECRET_KEY"),
    ("SECRET_KEY", "short", "house.E001", "set SECRET_KEY"),
    ("DEBUG", True, "house.E002", "set DEBUG=0"),
    ("DEMO", True, "house.E003", "set DEMO=0"),
    ("EMBEDDED", True, "house.E004", "set DATABASE_URL"),
    ("CELERY_BROKER_URL", "filesystem://", "house.E005", "set CELERY_BROKER_URL"),
    ("CELERY_BROKER_URL", "memory://", "house.E005", "set CELERY_BROKER_URL"),
    ("ALLOWED_HOSTS", ["*"], "house.E006", "set ALLOWED_HOSTS"),
    ("ALLOWED_HOSTS", ["clusters.example.vn", "*"], "house.E006", "set ALLOWED_HOSTS"),
    ("ALLOWED_HOSTS", [], "house.E006", "set ALLOWED_HOSTS"),
    ("HTTPS", False, "house.E007", "set HTTPS=1"),
    ("SITE_URL", "http://clusters.example.vn", "house.E007", "SITE_URL"),
]


@pytest.fixture
def production(settings: Settings) -> Settings:
    """Settings as a careful operator has them."""
    for name, value in SAFE.items():
        setattr(settings, name, value)
    return settings


def test_safe_production_settings_are_accepted(production: Settings) -> None:
    assert checks.unsafe_production() == []
    checks.require_safe_production()


@pytest.mark.parametrize(("name", "value", "code", "advice"), UNSAFE)
def test_production_refuses_what_belongs_to_development(
    production: Settings, name: str, value: Any, code: str, advice: str
) -> None:
    setattr(production, name, value)
    (error,) = checks.unsafe_production()
    assert error.id == code
    assert advice in error.msg
    assert error.msg.count("\n") == 0
    with pytest.raises(ImproperlyConfigured, match=code):
        checks.require_safe_production()
    with pytest.raises(SystemCheckError, match=code):
        call_command("check", "--tag", "production")


def test_outside_production_nothing_is_refused(settings: Settings) -> None:
    assert settings.PRODUCTION is False
    assert checks.unsafe_production() == []


DOORS = {
    "web": [sys.executable, "-c", "import config.wsgi"],
    "worker": [sys.executable, "-m", "celery", "--app", "config.celery", "worker", "--pool", "solo"],
    "beat": [
        sys.executable,
        "-m",
        "celery",
        "--app",
        "config.celery",
        "beat",
        "--pidfile=",
        "--schedule=SCHEDULE",
    ],
    "command": [sys.executable, "manage.py", "check"],
}


@pytest.mark.slow
@pytest.mark.parametrize("door", sorted(DOORS))
def test_every_door_stays_shut_with_demo_settings_in_production(door: str, tmp_path: Path) -> None:
    state = tmp_path / "state"
    done = subprocess.run(
        [part.replace("SCHEDULE", str(tmp_path / "schedule")) for part in DOORS[door]],
        cwd=BASE_DIR,
        env={"PATH": os.defpath, "PRODUCTION": "1", "CCN_STATE_DIR": str(state)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    for code in ("house.E001", "house.E004", "house.E005", "house.E007"):
        assert code in done.stderr + done.stdout
    # No database and no queue was made on the way.
    assert not state.exists()


@pytest.mark.slow
def test_make_run_refuses_production(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "config.run"],
        cwd=BASE_DIR,
        env={"PATH": os.defpath, "PRODUCTION": "1", "CCN_STATE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 1
    assert done.stderr.strip().startswith("PRODUCTION=1 is set")
