"""Start and stop: quick, on the loopback interface only, users kept, no process left."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.e2e.client import Client
from tests.e2e.conftest import HOLDS_3, RunningStack, start_stack

SIGNALS = [signal.SIGINT, signal.SIGTERM]


def descendants(pid: int) -> set[int]:
    """Process ids below a process, by /proc."""
    children: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        children |= {int(child) for child in task.read_text().split()}
    return children | {below for child in children for below in descendants(child)}


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def ports(running: RunningStack) -> dict[str, str]:
    return {"PORT": running.site.rpartition(":")[2], "API_PORT": running.api.rpartition(":")[2]}


@pytest.mark.parametrize("sent", SIGNALS)
def test_a_signal_ends_it_with_no_process_left(tmp_path: Path, sent: signal.Signals) -> None:
    running = start_stack(tmp_path)
    Client(running.site).sign_in(HOLDS_3)
    workers = descendants(running.process.pid)
    assert len(workers) >= 6
    assert running.stop(sent) == 0
    assert [pid for pid in workers if is_running(pid)] == []


def test_make_start_runs_it_and_control_c_ends_it(tmp_path: Path) -> None:
    running = start_stack(tmp_path, command=("make", "start"))
    assert httpx.get(running.site).status_code == 200
    begun = descendants(running.process.pid)
    os.killpg(running.process.pid, signal.SIGINT)  # as a terminal does
    running.process.wait(timeout=20)
    assert [pid for pid in begun if is_running(pid)] == []


def test_even_when_killed_it_leaves_no_worker(tmp_path: Path) -> None:
    running = start_stack(tmp_path)
    workers = descendants(running.process.pid)
    running.stop(signal.SIGKILL)
    while any(map(is_running, workers)):  # or pytest-timeout ends this
        time.sleep(0.05)


def test_it_knows_its_users_after_a_restart(tmp_path: Path) -> None:
    first = start_stack(tmp_path)
    tokens = Client(first.site).sign_in(HOLDS_3)
    first.stop()
    second = start_stack(tmp_path, **ports(first))
    client = Client(second.site)
    owned = client.get("getNFTsAlchemy", token=tokens["IdToken"])
    refreshed = client.user_pool(
        "GetTokensFromRefreshToken",
        ClientId=client.config["userPoolClientId"],
        RefreshToken=tokens["RefreshToken"],
    )
    second.stop()
    assert owned.status_code == 200
    assert refreshed["AuthenticationResult"]["IdToken"]


def cpu_seconds(pid: int) -> float:
    """What a process has used of the processor so far; others cannot lengthen it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def test_starting_again_takes_less_than_five_seconds_of_one_core(tmp_path: Path) -> None:
    start_stack(tmp_path).stop()
    running = start_stack(tmp_path)
    used = cpu_seconds(running.process.pid)
    running.stop()
    assert used < 5


def test_the_state_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    running = start_stack(tmp_path)
    Client(running.site).sign_in(HOLDS_3)
    running.stop()
    files = [path for path in (tmp_path / "state").rglob("*") if path.is_file()]
    assert files
    assert {oct(file.stat().st_mode & 0o077) for file in files} == {"0o0"}


def test_it_listens_on_the_loopback_interface_only(stack: RunningStack) -> None:
    wanted = {int(port) for port in ports(stack).values()}
    listening = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            address, state = line.split()[1], line.split()[3]
            host, _, port = address.partition(":")
            if state == "0A" and int(port, 16) in wanted:
                listening.add(host)
    assert listening == {"0100007F"}


def test_a_taken_port_is_said_plainly(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        env = {**os.environ, "PORT": port, "STATE_DIR": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-m", "local"], env=env, capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr == (
        f"local: port {port} is taken; choose another: PORT={int(port) + 10} make start\n"
    )


def test_the_throttles_of_the_parameters_hold(tmp_path: Path) -> None:
    (tmp_path / "prod.parameters").write_text("AlchemyRps=1\nMoralisRps=1\n")
    running = start_stack(tmp_path)
    client = Client(running.site)
    token = client.sign_in(HOLDS_3)["IdToken"]
    started = time.monotonic()
    with ThreadPoolExecutor(8) as callers:
        answers = [*callers.map(lambda _: client.get("getNFTsAlchemy", token=token), range(8))]
    allowed = 1 + (time.monotonic() - started)
    others = client.get("getNFTsMoralis", token=token)
    pages, most = unified_pages(client, token)
    running.stop()
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) >= 8 - allowed
    assert refused[0].json()["error"]["code"] == "rate_limited"
    assert refused[0].headers["retry-after"] == "1"
    assert others.status_code == 200
    assert sum(page.status_code == 200 for page in pages) <= most
    assert "provider budget unknown" not in running.output
    spent = [page for page in pages if page.status_code != 200]
    assert {page.json()["error"]["code"] for page in spent} == {"rate_limited"}
    assert {page.headers["retry-after"] for page in spent} <= {"1", "2"}


def unified_pages(client: Client, token: str) -> tuple[list[httpx.Response], float]:
    """Of different lengths, at once, from whatever workers; and how many the budgets let through.

    Each provider's has a burst of one and one more for wallets; the unified routes take a hundred.
    """
    started = time.monotonic()
    with ThreadPoolExecutor(8) as callers:
        asked = callers.map(
            lambda limit: client.get("me/nfts", token=token, params={"limit": limit}), range(1, 17)
        )
        pages = [*asked]
    return pages, 2 * (2 + time.monotonic() - started)


def test_a_real_key_is_sent_upstream_and_shown_to_nobody(tmp_path: Path) -> None:
    """The providers' own addresses cannot be reached from tests: the failure must stay mute."""
    canary = "canary-4f1d9b2e-alchemy"
    lines = [f"AlchemyApiKey={canary}", "AlchemyNetworksUrl=http://127.0.0.1:9/{network}/nft/v3"]
    (tmp_path / "prod.parameters").write_text("\n".join(lines) + "\n")
    running = start_stack(tmp_path)
    client = Client(running.site)
    token = client.sign_in(HOLDS_3)["IdToken"]
    answers: list[httpx.Response] = [
        client.get("getNFTsAlchemy", token=token),
        client.get("getNFTsAlchemyLambda", token=token),
        client.get("", token=token),
        httpx.get(f"{running.site}/config.json"),
    ]
    running.stop()
    assert [answer.status_code for answer in answers[:2]] == [502, 502]
    told = running.output + "".join(answer.text + str(answer.headers) for answer in answers)
    assert canary not in told


def test_a_long_header_is_answered_however_it_arrives(stack: RunningStack) -> None:
    address = ("127.0.0.1", int(ports(stack)["API_PORT"]))
    head = f"GET /prod/getNFTsAlchemy HTTP/1.1\r\nHost: localhost\r\nAuthorization: {'a.' * 20_000}"
    with socket.create_connection(address, timeout=10) as connection:
        connection.sendall(head.encode())
        time.sleep(0.05)
        connection.sendall(b"\r\nConnection: close\r\n\r\n")
        assert connection.recv(12) == b"HTTP/1.1 401"
