"""What every route needs of its environment."""

import pytest

from runtime.route_settings import RouteSettings
from runtime.settings import InvalidSettingError, MissingSettingError

ENVIRONMENT = {
    "ALLOWED_ORIGINS": "https://gallery.example, http://localhost:3000",
    "UPSTREAM_TIMEOUT_SECONDS": "6.5",
}


def test_reads_every_setting() -> None:
    assert RouteSettings.from_environment(ENVIRONMENT) == RouteSettings(
        allowed_origins=("https://gallery.example", "http://localhost:3000"),
        upstream_timeout_seconds=6.5,
    )


@pytest.mark.parametrize("absent", [None, "", "  "])
def test_names_the_variable_that_is_missing(absent: str | None) -> None:
    environment = {**ENVIRONMENT, "ALLOWED_ORIGINS": absent or ""}
    if absent is None:
        del environment["ALLOWED_ORIGINS"]
    with pytest.raises(MissingSettingError, match=r"^ALLOWED_ORIGINS ") as failed:
        RouteSettings.from_environment(environment)
    assert failed.value.name == "ALLOWED_ORIGINS"


@pytest.mark.parametrize("unset", ["", None])
def test_gives_a_provider_eight_seconds_unless_told_otherwise(unset: str | None) -> None:
    environment = {**ENVIRONMENT, "UPSTREAM_TIMEOUT_SECONDS": unset or ""}
    if unset is None:
        del environment["UPSTREAM_TIMEOUT_SECONDS"]
    assert RouteSettings.from_environment(environment).upstream_timeout_seconds == 8.0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALLOWED_ORIGINS", "*"),
        ("ALLOWED_ORIGINS", ","),
        ("ALLOWED_ORIGINS", "https://a.example/,https://b.example"),
        ("ALLOWED_ORIGINS", "null"),
        ("ALLOWED_ORIGINS", "http://gallery.example"),
        ("ALLOWED_ORIGINS", "https://gallery.example:443"),
        ("ALLOWED_ORIGINS", "https://gallery..example"),
        ("ALLOWED_ORIGINS", "https://a.example,,https://b.example"),
        ("UPSTREAM_TIMEOUT_SECONDS", "soon"),
        ("UPSTREAM_TIMEOUT_SECONDS", "0"),
        ("UPSTREAM_TIMEOUT_SECONDS", "-1"),
        ("UPSTREAM_TIMEOUT_SECONDS", "nan"),
        ("UPSTREAM_TIMEOUT_SECONDS", "inf"),
        ("UPSTREAM_TIMEOUT_SECONDS", "26"),
    ],
)
def test_refuses_a_setting_that_means_nothing(name: str, value: str) -> None:
    with pytest.raises(InvalidSettingError, match=f"^{name} "):
        RouteSettings.from_environment({**ENVIRONMENT, name: value})
