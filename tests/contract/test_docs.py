"""The README names every parameter, output, route, error code and command, and no other."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from runtime.errors import RouteError
from tools.documents import DOCUMENTS
from tools.error_codes import OF_API_GATEWAY, error_codes

ROOT = Path(__file__).resolve().parents[2]
API = (ROOT / "docs" / "api.md").read_text()


@pytest.fixture(scope="module")
def readme() -> str:
    return (ROOT / "README.md").read_text()


def section(readme: str, title: str) -> str:
    return readme.split(f"## {title}\n")[1].split("\n## ")[0]


def first_cells(table: str) -> set[str]:
    """Code words of the first column of the tables in a text."""
    rows = re.findall(r"^\| (`[^|]+`) \|", table, re.MULTILINE)
    return {word for row in rows for word in re.findall(r"`([^`]+)`", row)}


def test_every_parameter_is_explained(readme: str, document: dict[str, Any]) -> None:
    assert first_cells(section(readme, "Parameters")) == set(document["Parameters"])


def test_every_output_is_explained(readme: str, document: dict[str, Any]) -> None:
    assert first_cells(section(readme, "Outputs")) == set(document["Outputs"])


def test_every_route_is_listed(readme: str, document: dict[str, Any]) -> None:
    body = document["Resources"]["GalleryApi"]["Properties"]["DefinitionBody"]
    listed = set(re.findall(r"`[A-Z]+ (/[\w/{}]+)", section(readme, "What runs where")))
    assert listed == set(body["paths"])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_generated_document_is_what_make_docs_writes(name: str) -> None:
    assert (ROOT / name).read_text() == DOCUMENTS[name](), "run `make docs`"


def codes_below(error: type[RouteError]) -> set[str]:
    """Of the errors in `errors.py` files; tests may have made more."""
    own = {error.code} if error.__module__.endswith("errors") else set()
    return own.union(*map(codes_below, error.__subclasses__()))


def test_every_error_code_is_listed_with_a_meaning_and_a_route() -> None:
    in_template = set(re.findall(r'"code":"(\w+)"', (ROOT / "template.yaml").read_text()))
    rows = re.findall(r"^\| `(\w+)` \| \d+ \| (.+) \| (.+) \|$", API, re.MULTILINE)
    assert {code for code, _, _ in rows} == codes_below(RouteError) | in_template
    assert [code for code, meaning, where in rows if not (meaning.strip() and where.strip())] == []


def test_a_code_that_no_class_has_is_one_of_a_gateway_response() -> None:
    classes = codes_below(RouteError)
    in_template = set(re.findall(r'"code":"(\w+)"', (ROOT / "template.yaml").read_text()))
    assert set(OF_API_GATEWAY) == in_template - classes


def test_a_route_names_a_code_under_a_status_of_the_code() -> None:
    statuses = {one.code: one.statuses for one in error_codes()}
    document = json.loads((ROOT / "docs" / "openapi.json").read_text())
    named = [
        (path, int(status), word)
        for path, item in document["paths"].items()
        for status, response in item["get"]["responses"].items()
        for word in re.findall(r"[a-z]+_[a-z_]+", response["description"])
    ]
    # a function that fails is API Gateway's 502, in the words of an internal_error
    wrong = [
        (path, status, word)
        for path, status, word in named
        if status not in statuses.get(word, ()) and (status, word) != (502, "internal_error")
    ]
    assert wrong == []


def test_every_make_target_that_is_named_exists(readme: str) -> None:
    pages = [page.read_text() for page in (ROOT / "docs").glob("*.md")]
    text = "\n".join([readme, *pages])
    for target in set(re.findall(r"(?:`|^ *)make ([a-z]+)", text, re.MULTILINE)):
        command = ["make", "--dry-run", target]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)  # noqa: S603
        assert done.returncode == 0, target


@pytest.mark.parametrize("name", ["prod.parameters", "samconfig.toml", ".env", ".local/state"])
def test_git_ignores_secrets_and_state(name: str) -> None:
    command = ["git", "check-ignore", "--quiet", name]
    done = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603
    assert done.returncode == 0


def test_every_page_is_linked(readme: str) -> None:
    pages = {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")}
    assert pages <= set(re.findall(r"\]\((docs/[\w-]+\.md)", readme))


def test_the_deploy_command_is_the_documented_one(readme: str) -> None:
    command = (
        "sam deploy --parameter-overrides $(cat prod.parameters) "
        "--capabilities CAPABILITY_NAMED_IAM --guided --confirm-changeset"
    )
    assert f"   {command}\n" in readme


def test_the_parameters_example_survives_the_shell() -> None:
    words = subprocess.run(
        ["sh", "-c", "printf '%s\\n' $(cat prod.parameters.example)"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.splitlines()
    assert words == (ROOT / "prod.parameters.example").read_text().splitlines()


def test_no_file_names_the_host_of_a_package_registry() -> None:
    command = ["git", "ls-files"]
    files = subprocess.run(  # noqa: S603
        command, cwd=ROOT, capture_output=True, check=True, text=True
    )
    hosts = ["registry." + "npmjs", "files." + "pythonhosted", "pypi" + ".org"]
    for name in files.stdout.splitlines():
        text = (ROOT / name).read_bytes()
        assert not [host for host in hosts if host.encode() in text], name


def test_every_test_the_threat_model_names_exists() -> None:
    text = (ROOT / "docs" / "threat-model.md").read_text()
    sources = "\n".join(file.read_text() for file in (ROOT / "tests").rglob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", text))
    assert named
    assert [name for name in named if f"def {name}(" not in sources] == []
    for path in re.findall(r"`(tests/[\w./]+)`", text):
        assert (ROOT / path).exists(), path
