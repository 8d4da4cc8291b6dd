import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from runtime.cached_secret import Secret
from runtime.settings import HttpUrl, InvalidSettingError, http_url, whole_number

BACKEND = Path(__file__).parents[3] / "backend"


def test_a_secret_prints_as_stars_wherever_it_is_printed() -> None:
    secret = Secret("canary-key")
    shown = f"{secret} {secret!r} {[secret]} {secret!s:>20} {{'k': {secret}}}"
    assert "canary" not in shown
    assert secret.reveal() == "canary-key"
    with pytest.raises(TypeError):
        pickle.dumps(secret)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://a.example", HttpUrl("https", "a.example", None, "")),
        ("https://a.example:8443/v2/_~.-9", HttpUrl("https", "a.example", 8443, "/v2/_~.-9")),
        ("http://[::1]:3000/", HttpUrl("http", "[::1]", 3000, "/")),
    ],
)
def test_reads_a_url_in_its_parts(text: str, url: HttpUrl) -> None:
    assert http_url("X", text) == url


def test_the_authority_of_a_url_has_its_port() -> None:
    assert http_url("X", "https://a.example:8443/v2").authority == "a.example:8443"
    assert http_url("X", "https://a.example/v2").authority == "a.example"


@pytest.mark.parametrize(
    "text",
    [
        "https://A.example",
        "https://a.example:0",
        "https://a.example:65536",
        "https://a.example/a b",
        "https://a.example/%2e",
        "https://a.example\n",
        "http://127.0.0.1.example",
        "https:///path",
    ],
)
def test_refuses_a_url_without_quoting_it(text: str) -> None:
    with pytest.raises(InvalidSettingError, match=r"^X ") as refusal:
        http_url("X", text)
    assert "example" not in str(refusal.value)


@pytest.mark.parametrize("text", ["0", "01", "-1", "1.5", "", " 1", "1e3", "\u0661", "31"])
def test_a_whole_number_is_plain_digits_in_its_range(text: str) -> None:
    assert whole_number("X", "30", most=30) == 30
    with pytest.raises(InvalidSettingError, match="from 1 to 30"):
        whole_number("X", text, most=30)


def test_the_settings_load_nothing_heavy() -> None:
    """Every trigger reads its settings in its cold start."""
    code = "import sys; from runtime import settings; print(*sys.modules)"
    done = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-S", "-c", code],
        env={"PYTHONPATH": str(BACKEND)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert not {*done.stdout.split()} & {"urllib.parse", "dataclasses", "ipaddress", "socket"}
