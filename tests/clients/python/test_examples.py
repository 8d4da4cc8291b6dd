"""The examples in Python run on the packed wheel against the local stack."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3
import httpx
import pytest
from eth_account import Account
from moto.server import ThreadedMotoServer

from nft_gallery_client import WalletAuth
from tests.clients.python.test_package import PACKAGE, build
from tests.e2e.conftest import HOLDS_0, HOLDS_3, ROOT, RunningStack, free_port

BOT = ROOT / "examples" / "bot"
UPLOADS = ROOT / "examples" / "s3-uploads"
SERVICE = ROOT / "examples" / "fastapi"
START_SECONDS = 60


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("dist")
    build(PACKAGE, into)
    return next(into.glob("*.whl"))


def environment(wheel: Path, **more: str) -> dict[str, str]:
    return {"PYTHONPATH": str(wheel), "PATH": os.environ["PATH"], **more}


def run_bot(wheel: Path, site: str, key: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [sys.executable, "bot.py", site],
        cwd=BOT,
        env=environment(wheel, WALLET_KEY=key),
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_bot_signs_in_and_lists_its_nfts(wheel: Path, stack: RunningStack) -> None:
    done = run_bot(wheel, stack.site, HOLDS_3)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == f"signed in as {Account.from_key(HOLDS_3).address}"
    assert len(lines) == 1 + 3 + 1


def test_the_bot_says_why_it_cannot(wheel: Path) -> None:
    done = run_bot(wheel, f"http://localhost:{free_port()}", HOLDS_3)
    assert (done.returncode, done.stderr) == (1, "unreachable: no answer came\n")


@pytest.fixture
def s3() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def test_an_upload_ends_up_under_the_prefix_of_the_wallet(
    wheel: Path, stack: RunningStack, s3: str, tmp_path: Path
) -> None:
    """moto lets anybody in: what the wallet's role allows, test_wallet_storage.py decides."""
    keys = boto3.Session("x", "x", region_name="us-east-1")
    operator = keys.client("s3", endpoint_url=s3)
    operator.create_bucket(Bucket="wallets")
    (tmp_path / "notes.txt").write_text("mine")
    command = [sys.executable, "uploads.py", stack.site, "wallets", str(tmp_path / "notes.txt")]
    env = environment(wheel, WALLET_KEY=HOLDS_3, AWS_ENDPOINT_URL_S3=s3)
    done = subprocess.run(  # noqa: S603
        command, cwd=UPLOADS, env=env, capture_output=True, text=True, check=False
    )
    wallet = Account.from_key(HOLDS_3)
    assert done.stderr == ""
    assert done.stdout == f"{wallet.address} keeps 1 objects:\nnotes.txt\n"
    identity_id = WalletAuth.from_site(stack.site).sign_in(wallet).credentials().identity_id
    (stored,) = operator.list_objects_v2(Bucket="wallets")["Contents"]
    assert stored["Key"] == f"private/{identity_id}/notes.txt"


@contextmanager
def running_service(wheel: Path, site: str) -> Iterator[str]:
    origin = f"http://127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "uvicorn", "service:app", "--port", origin.rpartition(":")[2]]
    env = environment(wheel, SITE=site)
    process = subprocess.Popen(command, cwd=SERVICE, env=env, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        wait_for(process, f"{origin}/openapi.json")
        yield origin
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            httpx.get(url)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the service did not start")


def test_holders_reach_the_lounge_and_others_do_not(wheel: Path, stack: RunningStack) -> None:
    auth = WalletAuth.from_site(stack.site)

    def status_of(token: str) -> int:
        return httpx.get(
            f"{origin}/lounge", headers={"Authorization": f"Bearer {token}"}, timeout=40
        ).status_code

    with running_service(wheel, stack.site) as origin:
        holder, other = (auth.sign_in(Account.from_key(key)) for key in (HOLDS_3, HOLDS_0))
        assert status_of(holder.id_token) == 200
        assert status_of(other.id_token) == 403
        assert status_of(holder.access_token) == 401
        assert httpx.get(f"{origin}/lounge").status_code == 401
