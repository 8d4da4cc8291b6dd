"""What a visitor of one gallery shares: its configuration, the way there, the time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from nft_gallery_client.clock import Clock
from nft_gallery_client.cognito import Cognito
from nft_gallery_client.config import Config
from nft_gallery_client.http import Http

TRIES = 4
"""How often a call is made that a throttle refuses."""


@dataclass(frozen=True)
class Connection:
    config: Config
    http: Http = field(repr=False)
    clock: Clock = field(repr=False)
    sleep: Callable[[float], None] = field(repr=False)

    @property
    def cognito(self) -> Cognito:
        return Cognito(self.config, http=self.http, clock=self.clock, sleep=self.sleep, tries=TRIES)
