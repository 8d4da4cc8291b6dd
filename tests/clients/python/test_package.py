"""The wheel and the sdist: the same bytes each time, whole, and the README runs on them."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from eth_account import Account

from tests.e2e.conftest import HOLDS_3, ROOT, RunningStack
from tests.fixtures.asgi_client import asgi_client

PACKAGE = ROOT / "clients" / "python"
README = (PACKAGE / "README.md").read_text()
BLOCKS = re.findall(r"```python\n(.+?)```", README, re.DOTALL)
MOST_LINES_OF_A_BOT = 10
EPOCH = "1700000000"


def build(source: Path, into: Path) -> dict[str, bytes]:
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(into)]
    env = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    subprocess.run(command, cwd=source, env=env, check=True, capture_output=True)  # noqa: S603
    return {file.name: file.read_bytes() for file in sorted(into.iterdir())}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("dist")
    build(PACKAGE, into)
    return into


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    (found,) = dist.glob("*.whl")
    return found


def test_two_builds_are_the_same_bytes(dist: Path, tmp_path: Path) -> None:
    """The second is of a copy elsewhere, whose files are new and for nobody else to read."""
    copy = tmp_path / "copy"
    shutil.copytree(PACKAGE, copy, copy_function=shutil.copyfile)
    for file in copy.rglob("*"):
        os.utime(file, (0, 0))
        file.chmod(0o700 if file.is_dir() else 0o600)
    again = build(copy, tmp_path / "again")
    first = {file.name: file.read_bytes() for file in dist.iterdir()}
    digests = [{n: hashlib.sha256(b).hexdigest() for n, b in of.items()} for of in (first, again)]
    assert digests[0] == digests[1]
    assert len(first) == 2


def test_the_wheel_has_the_modules_the_types_and_the_licence_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    info = f"{wheel.name.split('-py3')[0]}.dist-info"
    modules = {f"nft_gallery_client/{file.name}" for file in (PACKAGE / "src").rglob("*.py")}
    metadata = {f"{info}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "licenses/LICENSE")}
    assert names == modules | {"nft_gallery_client/py.typed"} | metadata


def test_the_sdist_builds_the_same_wheel(dist: Path, wheel: Path, tmp_path: Path) -> None:
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as packed:
        packed.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    assert build(source, tmp_path / "again")[wheel.name] == wheel.read_bytes()


def test_the_licence_is_the_repositorys() -> None:
    assert (PACKAGE / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()


def test_each_dependency_is_said_and_no_other_is_imported() -> None:
    described = tomllib.loads((PACKAGE / "pyproject.toml").read_text())["project"]
    extras = described["optional-dependencies"].values()
    named = [name for names in (described["dependencies"], *extras) for name in names]
    distributions = {re.split(r"[\[>]", text)[0] for text in named}
    modules = {"boto3": "boto3 botocore", "PyJWT": "jwt", "eth-account": "eth_account"}
    said = " ".join(modules.get(name, name) for name in distributions).split()
    sources = [file.read_text() for file in (PACKAGE / "src").rglob("*.py")]
    imported = {
        name
        for text in sources
        for name in re.findall(r"^\s*(?:from|import) (\w+)", text, re.MULTILINE)
        if name not in sys.stdlib_module_names
    }
    assert imported - {"nft_gallery_client", "httpx"} == set(said)


def test_the_core_loads_no_framework(wheel: Path) -> None:
    code = "import sys, nft_gallery_client; print(*sys.modules)"
    loaded = set(run(code, wheel).split())
    assert not loaded & {"fastapi", "django", "httpx", "eth_account"}


def run(code: str, wheel: Path, **env: str) -> str:
    """A program on the packed wheel, without the working copy."""
    given = {"PYTHONPATH": str(wheel), "PATH": os.environ["PATH"], **env}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], env=given, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_bot_of_the_readme_runs_as_shown(wheel: Path, stack: RunningStack) -> None:
    bot = BLOCKS[0]
    assert len([line for line in bot.splitlines() if line.strip()]) <= MOST_LINES_OF_A_BOT
    shown = bot.replace("https://gallery.example", stack.site)
    lines = run(shown, wheel, WALLET_KEY=HOLDS_3).splitlines()
    assert len(lines) == 4
    assert re.fullmatch(r"us-east-1 \d+\.\d+", lines[-1])


def test_the_service_of_the_readme_runs_as_shown(stack: RunningStack) -> None:
    names: dict[str, Any] = {}
    exec(BLOCKS[1].replace("https://gallery.example", stack.site), names)  # noqa: S102
    account = Account.from_key(HOLDS_3)
    session = names["WalletAuth"].from_site(stack.site).sign_in(account)
    bearer = {"Authorization": f"Bearer {session.id_token}"}
    with asgi_client(names["app"], base_url="http://service.example", headers={}) as service:
        assert service.get("/me", headers=bearer).json() == {"wallet": account.address}
        assert service.get("/me").status_code == 401
        other = {"Authorization": f"Bearer {session.access_token}"}
        assert service.get("/me", headers=other).status_code == 401


def test_the_readme_names_every_look_up() -> None:
    from nft_gallery_client import Gallery

    public = [name for name in vars(Gallery) if not name.startswith("_")]
    assert [name for name in public if f"`{name}`" not in README] == []
