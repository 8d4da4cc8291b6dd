"""Who may import whom, what an import may cost, and that nobody else owns our rooms' names."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tools.build_artifact import UNUSED

ROOT = Path(__file__).resolve().parents[2]
ARROWS = {
    "ethereum": set(),
    "runtime": {"ethereum"},
    "nodes": {"ethereum", "runtime"},
    "fetch": {"ethereum", "runtime"},
    "freshness": {"ethereum", "runtime"},
    "auth": {"nodes", "ethereum", "runtime"},
    "nft": {"names", "fetch", "freshness", "ethereum", "runtime"},
    "names": {"nodes", "fetch", "ethereum", "runtime"},
    "metadata": {"nodes", "fetch", "freshness", "ethereum", "runtime"},
    "webhooks": {"freshness", "ethereum", "runtime"},
    "users": {"auth", "ethereum", "runtime"},
    "local": {"stand_ins"},
    "stand_ins": {"ethereum"},
    "tools": {"local", "runtime"},
    "nft_gallery_client": set(),
    "deploy": {"nft_gallery_client"},
    "scan": {"deploy", "local"},
    "verify": {"deploy"},
    "benchmarks": {
        *("auth", "ethereum", "local", "nft", "nft_gallery_client", "runtime", "stand_ins"),
        "tools",
    },
}
ROOMS = {file.parent.name for file in (ROOT / "backend").glob("*/__init__.py")}
ENVIRONMENT = {
    "PYTHONPATH": str(ROOT / "backend"),
    "AWS_DEFAULT_REGION": "us-east-1",
    "ALLOWED_ORIGINS": "https://gallery.example",
    "CHAIN_IDS": "1",
    "STATEMENT": "Sign in.",
    "PROVIDER_KEYS_SECRET_ARN": "arn:aws:secretsmanager:us-east-1:123456789012:secret:k",
    "ALCHEMY_NETWORKS_URL": "https://{network}.alchemy.example",
    "MORALIS_URL": "https://moralis.example",
    "WEBHOOK_KEYS_SECRET_ARN": "arn:aws:secretsmanager:us-east-1:123456789012:secret:w",
    "INVALIDATION_TABLE_NAME": "invalidations",
}
HANDLERS = re.findall(r"Handler: (\S+)\.handler", (ROOT / "template.yaml").read_text())
ENS = {"web3", "ens", "eth_abi", "ens_normalize", "pyunormalize"}
"""What ENS is looked up by: a second and more of a cold start."""

DRAWERS = {"common", "utils", "helpers", "helper", "manager", "services", "misc"}


def folder(room: str) -> Path:
    if room == "nft_gallery_client":
        return ROOT / "clients" / "python" / "src" / room
    return ROOT / "backend" / room if room in ROOMS else ROOT / room


def modules_of(file: Path) -> set[str]:
    """First names of the modules a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def ours_in(room: str) -> list[Path]:
    """Files and folders of a room, without the packages that npm puts there."""
    return [path for path in folder(room).rglob("*") if "node_modules" not in path.parts]


def imported(room: str) -> set[str]:
    files = [file for file in ours_in(room) if file.suffix == ".py"]
    return {name for file in files for name in modules_of(file)}


@pytest.mark.parametrize("room", ARROWS)
def test_imports_follow_the_arrows(room: str) -> None:
    others = {*ARROWS} - {room}
    assert imported(room) & others <= ARROWS[room]


def test_the_local_stack_takes_its_stand_ins_through_one_import() -> None:
    users = [file.name for file in folder("local").rglob("*.py") if "stand_ins" in modules_of(file)]
    sources = [file.read_text() for file in folder("local").rglob("*.py")]
    taken = {name for text in sources for name in re.findall(r"from (stand_ins[.\w]*)", text)}
    assert (users, taken) == (["stack.py"], {"stand_ins.app"})


def test_the_stand_ins_take_the_chain_table_and_the_validators_code_of_the_backend() -> None:
    sources = [file.read_text() for file in folder("stand_ins").rglob("*.py")]
    taken = {
        name for text in sources for name in re.findall(r"(?:from|import) (ethereum\S*)", text)
    }
    assert taken == {"ethereum.chains", "ethereum.contract_wallet_validator"}


def test_one_module_loads_the_curve() -> None:
    backend = ROOT / "backend"
    users = [file for file in backend.rglob("*.py") if "coincurve" in modules_of(file)]
    assert users == [backend / "ethereum" / "signature.py"]


def loaded_by(module: str, **environment: str) -> set[str]:
    """Modules loaded in a fresh interpreter by importing one."""
    return set(printed_by(f"import sys, {module}; print(*sys.modules)", **environment))


def printed_by(code: str, **environment: str) -> list[str]:
    """The words that a fresh interpreter prints."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
        env=ENVIRONMENT | environment,
    )
    return done.stdout.split()


@pytest.mark.parametrize(
    "trigger",
    ["pre_sign_up", "define_auth_challenge", "create_auth_challenge", "pre_token_generation"],
)
def test_a_trigger_that_verifies_nothing_loads_no_curve(trigger: str) -> None:
    assert "coincurve" not in loaded_by(f"auth.triggers.{trigger}")


@pytest.mark.parametrize(
    "trigger",
    [
        "pre_sign_up",
        "define_auth_challenge",
        "create_auth_challenge",
        "verify_auth_challenge_response",
        "pre_token_generation",
    ],
)
def test_triggers_load_none_of_the_heavy_packages(trigger: str) -> None:
    heavy = {
        "boto3",
        "botocore",
        "requests",
        "aws_lambda_powertools",
        "pydantic",
        "eth_account",
        "web3",
        "ens_normalize",
    }
    assert not loaded_by(f"auth.triggers.{trigger}") & heavy


def test_a_webhook_route_loads_neither_keccak_nor_the_provider_client() -> None:
    heavy = {"sha3", "requests", "coincurve", "web3", "ens_normalize"}
    assert not loaded_by("webhooks.routes") & heavy


def test_the_metadata_route_loads_no_web3() -> None:
    assert not loaded_by("metadata.routes") & {*ENS, "requests", "nft", "coincurve"}


def test_names_load_web3_while_the_function_starts_and_no_tables() -> None:
    loaded = loaded_by("names.routes", RPC_URLS="1=https://node.example")
    assert {"web3", "names.universal_resolver"} <= loaded
    assert not loaded & {"ens_normalize", "nft"}


@pytest.mark.parametrize("nodes", ["", "137=https://node.example"])
def test_names_load_no_web3_where_no_node_can_be_asked(nodes: str) -> None:
    assert not loaded_by("names.routes", RPC_URLS=nodes) & {*ENS, "nft"}


@pytest.mark.parametrize("handler", HANDLERS)
def test_no_function_starts_with_botocore_but_the_clean_up(handler: str) -> None:
    """Half of a cold start; the secret is read without, and webhooks may be off.

    Powertools names itself to `botocore/__init__.py`, which loads nothing.
    """
    loaded = [name for name in loaded_by(handler) if name.startswith(("boto3", "botocore."))]
    assert bool(loaded) == (handler == "users.schedules.delete_unproven_users")


COLLECTIONS = """
import dataclasses, gc, urllib.parse  # the standard library's come before ours
runs = []
gc.collect()
gc.callbacks.append(lambda phase, _: runs.append(phase))
import {module}
assert gc.isenabled()
gc.callbacks.clear()
print(len(runs))
"""


@pytest.mark.parametrize("handler", [name for name in HANDLERS if "routes" in name])
def test_a_route_is_loaded_without_the_garbage_collector(handler: str) -> None:
    code = COLLECTIONS.format(module=handler)
    assert printed_by(code) == ["0"]


def test_a_route_says_nothing_of_what_its_artifact_leaves_out() -> None:
    without = "".join(f"sys.modules['{name}'] = None; " for name in UNUSED)
    command = [sys.executable, "-c", f"import sys; {without}import nft.routes.owners"]
    done = subprocess.run(command, capture_output=True, check=True, env=ENVIRONMENT)  # noqa: S603
    assert (done.stdout, done.stderr) == (b"", b"")


def test_one_route_of_nft_takes_names_and_the_others_ship_without() -> None:
    users = {file.name for file in folder("nft").rglob("*.py") if "names" in modules_of(file)}
    assert users == {"owners.py"}


def test_every_room_has_its_arrows() -> None:
    assert set(ARROWS) >= ROOMS


def test_only_the_strict_fetcher_opens_what_strangers_name() -> None:
    """web3 would follow an off-chain lookup through `requests`."""
    clients = {"requests", "urllib3", "httpx", "aiohttp", "http", "socket"}
    rooms = [folder(room).rglob("*.py") for room in ("fetch", "metadata", "names")]
    users = {file.name for files in rooms for file in files if modules_of(file) & clients}
    assert users == {"strict_fetcher.py", "resolution.py"}


def test_no_dependency_owns_the_name_of_a_room() -> None:
    assert not set(packages_distributions()) & set(ARROWS)


def test_there_is_no_second_client() -> None:
    """Attacks alone speak Cognito or sign requests beside nft_gallery_client."""
    own = re.compile(r"AWSCognitoIdentity(Provider)?Service\.\{|SigV4Auth")
    folders = ("deploy", "benchmarks", "examples", "tests/e2e", "tests/clients")
    files = [file for name in folders for file in (ROOT / name).rglob("*.py")]
    assert len(files) > 50
    assert [file.name for file in files if own.search(file.read_text())] == []


def test_there_is_no_drawer() -> None:
    named = {path.stem for room in ARROWS for path in [folder(room), *ours_in(room)]}
    assert not named & DRAWERS
