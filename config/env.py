"""The environment, read here and in ``config/settings.py`` and nowhere else.

A ``.env`` beside ``manage.py`` is read first and never overrides what the process was given. What is needed
before Django is there (where state lives, which database) stands here; every other variable is read by settings.
"""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DATABASE_URL = "DATABASE_URL"


def state_dir() -> Path:
    """Return the one ignored folder that holds everything a run writes."""
    return Path(env.str("CCN_STATE_DIR", str(BASE_DIR / ".state"))).resolve()


def is_production() -> bool:
    """Say whether this process serves the public, which the deployment states with ``PRODUCTION=1``."""
    return env.bool("PRODUCTION", False)


def database_url() -> str:
    """Return the configured database, or an empty string where the embedded server is meant."""
    return env.str("DATABASE_URL", "")


def use_database(url: str) -> None:
    """Make ``url`` the database of this process and of those it starts."""
    env.ENVIRON[DATABASE_URL] = url
