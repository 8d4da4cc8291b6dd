"""`make oracle`: the built stack, deployed to ministack by `sam deploy`, tried by tests/black_box.

Everything runs on the loopback interface. Words are more arguments of pytest.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from local.configuration import STAND_IN_KEYS
from stand_ins.app import build_stand_ins
from tests.fixtures.asgi_server import asgi_server
from tests.fixtures.deliveries import ALCHEMY_KEY, MORALIS_KEY
from tests.oracle.deployment import Deployment, build
from tests.oracle.deviations import DEVIATIONS, SKIPS
from tests.oracle.emulator import EmulatorError, running_emulator
from tests.oracle.patches import PATCHES
from tests.oracle.site import Site
from verify.suite import Given, run_suite
from verify.target import target_of_config

KEYS = {
    "AlchemyApiKey": STAND_IN_KEYS["alchemy"],
    "MoralisApiKey": STAND_IN_KEYS["moralis"],
}
WEBHOOK_KEYS = {"alchemy": ALCHEMY_KEY, "moralis": MORALIS_KEY}
_PYTEST = ("-p", "tests.oracle.judge", "-rx")


def main(words: Sequence[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what runs is stopped
    template = build()
    try:
        with running_gallery(template) as given:
            status = run_suite(given, [*_PYTEST, *words])
    except EmulatorError as error:
        sys.exit(f"oracle: {error}")
    except subprocess.CalledProcessError as error:
        failed = f"oracle: sam {error.cmd[1]} failed with exit code {error.returncode}"
        sys.exit(f"{error.output}\n{failed}")
    print(f"{len(PATCHES)} patches for ministack, and {len(DEVIATIONS)} deviations in failed tests")
    return status


@contextmanager
def running_gallery(template: Path, more: Mapping[str, str] | None = None) -> Iterator[Given]:
    """The stack on an emulator of its own, with its site and stand-ins of the providers.

    `more` are parameters of the template beside those that it needs here.
    """
    stand_ins = build_stand_ins(
        alchemy_key=KEYS["AlchemyApiKey"], moralis_key=KEYS["MoralisApiKey"], now=time.time
    )
    site = Site()
    with (
        tempfile.TemporaryDirectory(prefix="oracle-") as folder,
        asgi_server(lambda _: stand_ins.app) as providers,
        asgi_server(lambda _: site) as origin,
        # the last to start is the first to stop: it holds connections to the others
        running_emulator(Path(folder)) as emulator,
    ):
        os.environ.update(emulator.environment())  # the suite's own clients ask it too
        deployment = Deployment(emulator, template, keys=KEYS)
        deployment.change({**parameters(providers, origin), **(more or {})})
        site.endpoint, site.distribution = emulator.endpoint, deployment.publish_site()
        target = target_of_config(
            deployment.config(),
            name="ministack",
            site=origin,
            webhook_keys=WEBHOOK_KEYS,
            skips=SKIPS,
        )
        yield Given(target, deployment)


def parameters(providers: str, origin: str) -> dict[str, str]:
    """Of the template: stand-ins for the providers, and the site's own origin."""
    return {
        **KEYS,
        "AlchemyNetworksUrl": f"{providers}/alchemy/{{network}}/nft/v3",
        "MoralisUrl": f"{providers}/moralis/api/v2.2",
        "AlchemyRps": "100",
        "MoralisRps": "100",
        "AllowedOrigins": origin,
        "AlchemyWebhookSigningKeys": ALCHEMY_KEY,
        "MoralisStreamSecrets": MORALIS_KEY,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
