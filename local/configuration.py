"""What this machine decides: ports, folders, and where stand-ins answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from local.errors import ConfigurationError
from local.template.parameters import read_parameters_file

ROOT = Path(__file__).resolve().parent.parent
STAND_IN_KEYS = {"alchemy": "stand-in-alchemy-key", "moralis": "stand-in-moralis-key"}
_KEY_PARAMETERS = {"alchemy": "AlchemyApiKey", "moralis": "MoralisApiKey"}
_STAND_IN_PATHS = {
    "alchemy": {"AlchemyNetworksUrl": "alchemy/{network}/nft/v3"},
    "moralis": {"MoralisUrl": "moralis/api/v2.2"},
}
DEVELOPMENT_ORIGIN = "http://localhost:3000"
_OF_MONITORING = ("AlarmTopicArn", "AlarmEmail")
"""Parameters of stacks/monitoring.yaml, which is deployed from the same parameters file."""


@dataclass(frozen=True)
class Configuration:
    port: int
    api_port: int
    parameters_file: Path
    state_dir: Path
    has_quotas: bool = False
    """Whether Cognito's quotas of an account hold here too."""

    @property
    def site_origins(self) -> tuple[str, ...]:
        """How a browser names the site: without a default port. The first is the one to print."""
        port = "" if self.port == 80 else f":{self.port}"
        return (f"http://localhost{port}", f"http://127.0.0.1{port}")

    @property
    def page_origins(self) -> tuple[str, ...]:
        """Pages that may use this stack: its site, and the dApp under `npm run dev`."""
        return tuple(dict.fromkeys((*self.site_origins, DEVELOPMENT_ORIGIN)))

    @property
    def api_origin(self) -> str:
        return f"http://localhost:{self.api_port}"


def read_configuration(environment: Mapping[str, str]) -> Configuration:
    """PORT, API_PORT, PARAMETERS and STATE_DIR, with their defaults."""
    configuration = Configuration(
        port=_port(environment, "PORT", 3000),
        api_port=_port(environment, "API_PORT", 3001),
        parameters_file=ROOT / environment.get("PARAMETERS", "prod.parameters"),
        state_dir=ROOT / environment.get("STATE_DIR", ".local"),
        has_quotas=_quotas(environment.get("QUOTAS", "")),
    )
    if configuration.port == configuration.api_port:
        raise ConfigurationError("PORT and API_PORT must differ")
    if "PARAMETERS" in environment and environment["PARAMETERS"] != "prod.parameters":
        _require(configuration.parameters_file)
    return configuration


def _require(file: Path) -> None:
    if not file.is_file():
        raise ConfigurationError(f"PARAMETERS names {file}, which is not there")


def _quotas(text: str) -> bool:
    if text not in ("", "aws"):
        raise ConfigurationError(f"QUOTAS must be aws, or absent for none; not {text!r}")
    return text == "aws"


def _port(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, str(default))
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ConfigurationError(f"{name} must be a port number, 1 to 65535")
    return int(text)


def stack_parameters(configuration: Configuration) -> dict[str, str]:
    """Parameters for the template: the file's, and stand-ins where it holds no key.

    Without any key a node is stood in for too, unless RpcUrls is there: empty, it is no node.
    Beside a real provider's tokens its names would be lies.
    """
    file = configuration.parameters_file
    given = read_parameters_file(file) if file.is_file() else {}
    for name in _OF_MONITORING:
        given.pop(name, None)
    stand_ins = f"http://127.0.0.1:{configuration.api_port}/stand-ins"
    stood_in = stood_in_for(given)
    for provider in stood_in:
        given[_KEY_PARAMETERS[provider]] = STAND_IN_KEYS[provider]
        for parameter, path in _STAND_IN_PATHS[provider].items():
            given[parameter] = f"{stand_ins}/{path}"
    if set(stood_in) == set(_KEY_PARAMETERS):
        given.setdefault("RpcUrls", f"1={stand_ins}/node/1")
    origins = (*_listed_origins(given), *configuration.page_origins)
    return {**given, "AllowedOrigins": ",".join(dict.fromkeys(origins))}


def _listed_origins(given: Mapping[str, str]) -> list[str]:
    """Pages beside the local one. As on AWS, a challenge is written for the first."""
    items = [item.strip() for item in given.get("AllowedOrigins", "").split(",")]
    if items == [""]:
        return []
    if "" in items:
        raise ConfigurationError("parameter AllowedOrigins has an empty item")
    return items


def stood_in_for(given: Mapping[str, str]) -> list[str]:
    """Providers without a real key: none given, or the example's."""
    example = read_parameters_file(ROOT / "prod.parameters.example")
    return [
        provider
        for provider, parameter in _KEY_PARAMETERS.items()
        if given.get(parameter, example[parameter]) == example[parameter]
    ]
