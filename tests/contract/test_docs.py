"""The documents are true: what is generated is new, what is named exists, what is shown works."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from local.template.document import load_document
from runtime.errors import RouteError
from tools.documents import DOCUMENTS
from tools.error_codes import OF_API_GATEWAY, error_codes

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    page.relative_to(ROOT)
    for pattern in ("*.md", "docs/*.md", "*/README.md", "clients/*/README.md")
    for page in sorted(ROOT.glob(pattern))
]
API = (ROOT / "docs" / "api.md").read_text()


@pytest.fixture(scope="module")
def readme() -> str:
    return (ROOT / "README.md").read_text()


def test_the_readme_is_read_in_a_few_minutes() -> None:
    assert (ROOT / "README.md").stat().st_size <= 8 * 1024


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
    statuses = {one.code: one.status for one in error_codes()}
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
        if status != statuses.get(word) and (status, word) != (502, "internal_error")
    ]
    assert wrong == []


@pytest.mark.parametrize("name", PAGES, ids=str)
def test_every_make_target_that_is_named_exists(name: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = re.findall(r"(?:`|^ *)make ([a-z]+)", (ROOT / name).read_text(), re.MULTILINE)
    assert set(named) - targets == set()


@pytest.mark.parametrize("name", PAGES, ids=str)
def test_every_link_leads_to_a_file_and_a_heading(name: Path) -> None:
    text = (ROOT / name).read_text()
    links = re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", text)
    broken = []
    for file, anchor in links:
        target = (ROOT / name.parent / file if file else ROOT / name).resolve()
        if not target.exists() or (anchor and anchor not in headings(target.read_text())):
            broken.append((file, anchor))
    assert broken == []


def headings(text: str) -> set[str]:
    """Their anchors, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("name", PAGES, ids=str)
def test_every_file_that_a_page_names_exists(name: Path) -> None:
    folders = "backend|clients|examples|tests|docs|tools|local|stand_ins|stacks|deploy|scan"
    folders += "|benchmarks|dapp"
    named = re.findall(rf"`((?:{folders})/[\w./-]*)`", (ROOT / name).read_text())
    built = ("dapp/out", "dapp/node_modules")
    assert [file for file in named if file not in built and not (ROOT / file).exists()] == []


def decisions() -> dict[str, list[str]]:
    """Rows of the decisions in ARCHITECTURE.md, by room."""
    text = (ROOT / "ARCHITECTURE.md").read_text().split("## Decisions\n")[1].split("\n## ")[0]
    sections = re.split(r"^### (.+)$", text, flags=re.MULTILINE)[1:]
    return {
        title: re.findall(r"^\| (?!decision|---)(.+) \|$", body, re.MULTILINE)
        for title, body in zip(sections[::2], sections[1::2], strict=True)
    }


def test_every_decision_is_read_in_one_breath() -> None:
    rows = [row for rows in decisions().values() for row in rows]
    assert len(rows) > 40
    assert [row for row in rows if len(row.replace("|", "").split()) > 40] == []


def test_each_room_says_where_its_reasons_are() -> None:
    files = list((ROOT / "backend").rglob("*.py"))
    named = {
        (file.relative_to(ROOT / "backend").parts[0], room)
        for file in files
        for room in re.findall(r"Why: ARCHITECTURE.md, (\w+)", file.read_text())
    }
    rooms = {file.parent.name for file in (ROOT / "backend").glob("*/__init__.py")}
    assert named == {(room, room) for room in rooms}
    assert rooms <= set(decisions())


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


def test_each_variable_of_the_dapps_environment_is_an_output_of_the_stack() -> None:
    named = re.findall(r"^(\w+)=", (ROOT / "dapp/.env.example").read_text(), re.MULTILINE)
    outputs = {name.lower() for name in load_document(ROOT / "template.yaml")["Outputs"]}
    assert named
    assert {name.replace("_", "").lower() for name in named} <= outputs


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
