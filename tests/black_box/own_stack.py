"""A local stack of the suite's own, where it was given no target, and other parameters for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from local.configuration import STAND_IN_KEYS
from tests.e2e.conftest import RunningStack, start_stack
from tests.fixtures.deliveries import ALCHEMY_KEY, MORALIS_KEY
from verify.commands import target_of_site
from verify.suite import Given
from verify.target import Target, target_of_config

PARAMETERS = {
    "AlchemyRps": "100",
    "MoralisRps": "100",
    "AlchemyWebhookSigningKeys": ALCHEMY_KEY,
    "MoralisStreamSecrets": MORALIS_KEY,
}


@dataclass
class Restarts:
    """Updates by restarting: the local stack reads its parameters when it starts.

    Ports and state, so addresses, users and tokens, stay.
    """

    folder: Path
    keys: Mapping[str, str] = field(
        default_factory=lambda: {
            "AlchemyApiKey": STAND_IN_KEYS["alchemy"],
            "MoralisApiKey": STAND_IN_KEYS["moralis"],
        }
    )
    parameters: dict[str, str] = field(default_factory=lambda: dict(PARAMETERS))
    running: RunningStack | None = None

    def start(self) -> RunningStack:
        lines = [f"{name}={value}\n" for name, value in self.parameters.items()]
        (self.folder / "prod.parameters").write_text("".join(lines))
        before = self.running
        ports = {"PORT": _port(before.site), "API_PORT": _port(before.api)} if before else {}
        self.running = start_stack(self.folder, **ports)
        return self.running

    def stop(self) -> None:
        if self.running is not None:
            self.running.stop()

    def change(self, parameters: Mapping[str, str]) -> None:
        self.parameters |= parameters
        if self.running is not None:
            # keys that are named would be taken for the providers' own
            self.parameters |= _stand_ins_at(self.running.api)
        self.stop()
        self.start()


def _stand_ins_at(api: str) -> dict[str, str]:
    base = f"{api.replace('localhost', '127.0.0.1')}/stand-ins"
    alchemy = f"{base}/alchemy/{{network}}/nft/v3"
    return {"AlchemyNetworksUrl": alchemy, "MoralisUrl": f"{base}/moralis/api/v2.2"}


def _port(origin: str) -> str:
    return str(urlsplit(origin).port)


@contextmanager
def own_stack(folder: Path) -> Iterator[Given]:
    updates = Restarts(folder)
    running = updates.start()
    try:
        yield Given(_target(running), updates)
    finally:
        updates.stop()


def _target(running: RunningStack) -> Target:
    keys = {"alchemy": ALCHEMY_KEY, "moralis": MORALIS_KEY}
    config = target_of_site(running.site).config
    return target_of_config(config, name="local", site=running.site, webhook_keys=keys)
