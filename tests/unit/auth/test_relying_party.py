import pytest

from auth.relying_party import Origin, RelyingParty, relying_party_from_environment
from runtime.settings import SettingError


def test_reads_origins_chains_and_statement(environment: dict[str, str]) -> None:
    assert relying_party_from_environment(environment) == RelyingParty(
        origins=(Origin("https", "gallery.example"), Origin("http", "localhost:3000")),
        chain_ids=(1, 137),
        statement="Sign in to NFT Gallery.",
    )


@pytest.mark.parametrize("name", ["ALLOWED_ORIGINS", "CHAIN_IDS", "STATEMENT"])
@pytest.mark.parametrize("value", [None, "", "  "])
def test_names_the_missing_setting(
    environment: dict[str, str], name: str, value: str | None
) -> None:
    settings = {**environment, name: value} if value is not None else environment.copy()
    if value is None:
        del settings[name]
    with pytest.raises(SettingError, match=f"{name} is not set"):
        relying_party_from_environment(settings)


@pytest.mark.parametrize(
    "origin",
    [
        "gallery.example",
        "https://",
        "https://gallery.example/",
        "https://gallery.example/path",
        "https://gallery.example?",
        "https://user@gallery.example",
        "https://Gallery.example",
        "https://*.example",
        "*",
        "null",
        "https://gallery.example:443",
        "http://localhost:80",
        "https://gallery.example:0",
        "https://gallery.example:65536",
        "https://gallery.example:",
        "http://gallery.example",
        "http://localhost.example",
        "ftp://gallery.example",
        "https://gallery\n.example",
        "https://gallery.example,,http://localhost:3000",
        "https://gallery.example, ,http://localhost:3000",
        "https://-gallery.example",
        "https://gallery..example",
    ],
)
def test_refuses_what_is_not_an_origin(environment: dict[str, str], origin: str) -> None:
    listed = f"https://first.example,{origin},https://last.example"
    with pytest.raises(SettingError, match="ALLOWED_ORIGINS"):
        relying_party_from_environment({**environment, "ALLOWED_ORIGINS": listed})


@pytest.mark.parametrize("origin", ["http://127.0.0.1:3000", "http://[::1]:3000", "https://a:8443"])
def test_accepts_loopback_and_ports(environment: dict[str, str], origin: str) -> None:
    party = relying_party_from_environment({**environment, "ALLOWED_ORIGINS": origin})
    assert [listed.uri for listed in party.origins] == [origin]


@pytest.mark.parametrize("chain_ids", ["0", "01", "-1", "1;137", "one", "1,", "0x1", "\u0661"])
def test_refuses_what_is_not_a_chain_id(environment: dict[str, str], chain_ids: str) -> None:
    with pytest.raises(SettingError, match="CHAIN_IDS"):
        relying_party_from_environment({**environment, "CHAIN_IDS": chain_ids})


@pytest.mark.parametrize("statement", ["two\nlines", 'say "yes"', "caf\u00e9", "a" * 513])
def test_refuses_a_statement_no_message_may_carry(
    environment: dict[str, str], statement: str
) -> None:
    with pytest.raises(SettingError, match="STATEMENT"):
        relying_party_from_environment({**environment, "STATEMENT": statement})


def test_finds_the_listed_origin_of_a_uri(relying_party: RelyingParty) -> None:
    for uri in ("http://localhost:3000", "http://localhost:3000/login?x=1"):
        assert relying_party.origin_of(uri) == Origin("http", "localhost:3000")
    for uri in ("https://localhost:3000", "http://localhost:30000", "https://evil.example", ""):
        assert relying_party.origin_of(uri) is None
