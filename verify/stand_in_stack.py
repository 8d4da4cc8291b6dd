"""A throw-away stack with the stand-ins of both providers in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from deploy.clients import Clients
from deploy.destroy import Say, destroy
from deploy.stack import Stack, find_stack
from verify.errors import UpdateFailedError
from verify.stack_status import settled
from verify.stand_in_code import stand_in_code

TEMPLATE = Path(__file__).parent / "stand_ins.yaml"
READY = ("CREATE_COMPLETE", "UPDATE_COMPLETE")


@dataclass(frozen=True)
class StandInStack:
    clients: Clients
    gallery: str
    """The name of the stack that asks them."""
    say: Say
    sleep: Callable[[float], None]

    @property
    def name(self) -> str:
        return f"{self.gallery}-stand-ins"

    def deploy(self, keys: Mapping[str, str]) -> str:
        """The origin at which they answer, for AlchemyApiKey and MoralisApiKey of `keys`.

        Raises UpdateFailedError.
        """
        self.remove()  # what a run left that could not end
        self.say(f"making {self.name}: the stand-ins of Alchemy and Moralis")
        self._apply(self.clients.cloudformation.create_stack, keys, "")
        bucket = self._ready().outputs["Bucket"]
        key, content = stand_in_code()
        self.clients.s3.put_object(Bucket=bucket, Key=key, Body=content)
        self._apply(self.clients.cloudformation.update_stack, keys, key)
        return self._ready().outputs["Url"].rstrip("/")

    def _apply(self, call: Callable[..., Any], keys: Mapping[str, str], code: str) -> None:
        values = {
            "CodeKey": code,
            "AlchemyKey": keys["AlchemyApiKey"],
            "MoralisKey": keys["MoralisApiKey"],
        }
        call(
            StackName=self.name,
            TemplateBody=json.dumps(yaml.safe_load(TEMPLATE.read_text())),
            Capabilities=["CAPABILITY_IAM"],
            Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in values.items()],
        )

    def _ready(self) -> Stack:
        found = settled(self.clients.cloudformation, self.name, self.sleep)
        if found.status not in READY:
            raise UpdateFailedError(f"the stand-ins' stack {self.name} is {found.status}")
        return found

    def remove(self) -> None:
        """Delete the stack with all that is in it; one that is not there is no error."""
        if find_stack(self.clients.cloudformation, self.name) is None:
            return
        destroy(
            self.clients,
            self.name,
            ask=lambda _: self.name,
            delete_users=False,
            say=self.say,
            sleep=self.sleep,
        )
