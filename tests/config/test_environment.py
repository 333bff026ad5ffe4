"""What the environment may say: settings, docker-compose.yml and .env.example name the same variables."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.env import BASE_DIR

ROOMS = ["accounts", "api", "clusters", "config", "core", "dossiers", "law", "places"]
READERS = [BASE_DIR / "config" / "env.py", BASE_DIR / "config" / "settings.py"]
OUR_IMAGE = ["setup", "web", "worker", "beat"]


def variables_read() -> set[str]:
    """Return the name in every ``env.something("NAME", ...)`` of the two files that read the environment."""
    names = set()
    for path in READERS:
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "env"
            ):
                name = node.args[0]
                assert isinstance(name, ast.Constant), (
                    f"{path}:{node.lineno} reads a name that is not a literal"
                )
                names.add(str(name.value))
    return names


def compose() -> dict[str, Any]:
    return yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())


def variables_asked_for() -> set[str]:
    """Return every ``${NAME...}`` that compose takes from ``.env``, also inside a default of another."""
    text = (BASE_DIR / "docker-compose.yml").read_text()
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", "\n".join(lines)))


def variables_explained() -> set[str]:
    return set(re.findall(r"^(?:# )?([A-Z_]+)=", (BASE_DIR / ".env.example").read_text(), re.MULTILINE))


@pytest.mark.parametrize("service", OUR_IMAGE)
def test_compose_passes_exactly_what_settings_read(service: str) -> None:
    assert set(compose()["services"][service]["environment"]) == variables_read()


def test_the_example_explains_exactly_what_compose_asks_for() -> None:
    assert variables_explained() == variables_asked_for()


def test_the_other_services_get_only_values_of_the_example() -> None:
    assert variables_asked_for() - variables_read() == {"SITE_DOMAIN", "POSTGRES_PASSWORD"}


def test_every_service_of_the_deployment_is_there_with_pinned_images() -> None:
    services = compose()["services"]
    assert set(services) == {*OUR_IMAGE, "postgres", "redis", "proxy"}
    assert services["postgres"]["image"] == "postgres:18"
    assert all(":" in services[name]["image"] for name in ("postgres", "redis", "proxy"))
    assert services["proxy"]["ports"], "only the proxy is reached from outside"
    assert not [name for name in services if name != "proxy" and services[name].get("ports")]


def test_volumes_and_mounted_files_of_compose_exist() -> None:
    for service in compose()["services"].values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            known = source in compose()["volumes"]
            assert known or (BASE_DIR / source).is_file(), volume


def test_the_image_runs_without_root_and_as_production() -> None:
    lines = (BASE_DIR / "Dockerfile").read_text().splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["portal"]
    assert "ENV PRODUCTION=1" in lines
    assert not any(re.search(r"SECRET_KEY|PASSWORD", line) for line in lines)


def test_no_room_looks_at_the_environment() -> None:
    """Settings hand everything on; ``config/env.py`` and ``config/settings.py`` read."""
    offenders = []
    for room in ROOMS:
        for path in (BASE_DIR / room).rglob("*.py"):
            if path not in READERS and _reads_environment(path):
                offenders.append(str(path.relative_to(BASE_DIR)))
    assert offenders == []


def _reads_environment(path: Path) -> bool:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            whole = ast.unparse(node.func)
            if whole in {"os.getenv", "os.environ.get"}:
                return True
        if (
            isinstance(node, ast.Subscript)
            and ast.unparse(node.value) == "os.environ"
            and isinstance(node.ctx, ast.Load)
        ):
            return True
    return False


def test_the_frozen_versions_name_no_machine() -> None:
    for line in (BASE_DIR / "constraints.txt").read_text().splitlines():
        assert line.startswith("#") or re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.+!]*", line), line


def test_the_operators_table_names_every_variable_that_settings_read() -> None:
    text = (BASE_DIR / "docs" / "operations.md").read_text()
    table = set(re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE))
    assert table == variables_read()
