"""A run against a deployed stack: what is made for it, in what order, and taken away again.

The stack's provider keys are read before, held in memory only, and put back after whatever happens.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass

from deploy.clients import Clients
from deploy.destroy import Say
from deploy.errors import BadOutputError, DeployError
from deploy.stack import Stack, dapp_config, deployed_stack
from deploy.stack_resources import list_resources
from verify.errors import NotRestoredError, ProductionError
from verify.stack_updates import StackUpdates
from verify.stand_in_stack import StandInStack
from verify.suite import Given
from verify.target import Target, target_of_config

_KEYS = ("AlchemyApiKey", "MoralisApiKey")
_OF_A_RUN = ".lambda-url."
_NO_ROTATION = "UserPoolTier=LITE has no rotation"


@dataclass(frozen=True)
class Run:
    """What a run needs beside AWS."""

    suite: Callable[[Given], int]
    say: Say
    sleep: Callable[[float], None]
    uninterrupted: Callable[[], AbstractContextManager[object]]
    """Keeps Ctrl-C away from what takes things away again."""
    patience_seconds: float = 15
    new_key: Callable[[], str] = lambda: secrets.token_urlsafe(24)


def verify_stack(clients: Clients, name: str, *, confirm: str, run: Run) -> int:
    """pytest's exit status. Raises DeployError before anything is made, or once all is undone."""
    stack = deployed_stack(clients.cloudformation, name)
    refuse(stack, confirm)
    originals = _provider_keys(clients, stack)
    keys = {parameter: run.new_key() for parameter in _KEYS}
    target = target_of_stack(clients, stack, run.patience_seconds)
    stand_ins = StandInStack(clients, name, run.say, run.sleep)
    updates = StackUpdates(clients, stack, keys, originals, run.say, run.sleep, run.new_key()[:8])
    try:
        origin = stand_ins.deploy(keys)
        updates.change(_asking(origin, keys))
        return run.suite(Given(target, updates))
    finally:
        _undo(stack, updates, stand_ins, run)


def refuse(stack: Stack, confirm: str) -> None:
    """Raises ProductionError, or NotRestoredError where an earlier run could not end."""
    if stack.parameters.get("Profile") == "prod" and confirm != stack.name:
        raise ProductionError(
            f"{stack} has Profile=prod, and its callers would see stand-ins for the time of the "
            f"run: verify another stack, or add CONFIRM={stack.name}"
        )
    if _OF_A_RUN in stack.parameters.get("MoralisUrl", ""):
        raise NotRestoredError(f"{stack} still asks an earlier run's stand-ins: {_way_out(stack)}")


def target_of_stack(clients: Clients, stack: Stack, patience_seconds: float) -> Target:
    has_rotation = stack.parameters.get("UserPoolTier") != "LITE"
    return target_of_config(
        dapp_config(stack.outputs["DappConfig"]),
        name="aws",
        site=stack.outputs["DappUrl"].rstrip("/"),
        chain_read_rps=int(stack.parameters.get("ChainReadRps", "5")),
        patience_seconds=patience_seconds,
        webhook_keys=_webhook_keys(clients, stack),
        skips={} if has_rotation else {"rotation": _NO_ROTATION},
    )


def _provider_keys(clients: Clients, stack: Stack) -> dict[str, str]:
    """By parameter. Raises BadOutputError where they could not be put back."""
    found = _secret(clients, stack, "ProviderKeys")
    if not all(found.get(name) for name in _KEYS):
        raise BadOutputError(f"{stack} has no secret with its provider keys: deploy it again")
    return {name: found[name] for name in _KEYS}


def _webhook_keys(clients: Clients, stack: Stack) -> dict[str, str]:
    """The first key of each provider whose webhooks are on."""
    found = _secret(clients, stack, "WebhookKeys")
    names = {"alchemy": "AlchemySigningKeys", "moralis": "MoralisStreamSecrets"}
    firsts = {provider: found.get(name, "").split(",")[0] for provider, name in names.items()}
    return {provider: key for provider, key in firsts.items() if key}


def _secret(clients: Clients, stack: Stack, logical_id: str) -> dict[str, str]:
    """The JSON of a secret of the stack; empty where it has none of that name."""
    made = list_resources(clients.cloudformation, stack.id)
    ids = [r.physical_id for r in made if r.logical_id == logical_id and not r.is_gone]
    if not ids:
        return {}
    text = clients.secretsmanager.get_secret_value(SecretId=ids[0])["SecretString"]
    found: dict[str, str] = json.loads(text)
    return found


def _asking(origin: str, keys: Mapping[str, str]) -> dict[str, str]:
    """Parameters with which the stack asks the stand-ins, and no node by a key that is not one."""
    return {
        **keys,
        "ProviderKeysVersion": "verify-1",
        "AlchemyNetworksUrl": f"{origin}/alchemy/{{network}}/nft/v3",
        "MoralisUrl": f"{origin}/moralis/api/v2.2",
        "AlchemyRps": "50",
        "MoralisRps": "50",
        "RpcUrls": "",
    }


def _undo(stack: Stack, updates: StackUpdates, stand_ins: StandInStack, run: Run) -> None:
    """First the stack asks its providers again, then their stand-ins go; each whatever the other.

    Raises NotRestoredError.
    """
    failed: list[str] = []
    with run.uninterrupted(), ExitStack() as last:
        last.callback(_attempt, stand_ins.remove, f"make destroy STACK={stand_ins.name}", failed)
        _attempt(updates.restore, _way_out(stack), failed)
    if failed:
        raise NotRestoredError("; ".join(failed))
    run.say(f"{stack.name} is as it was, and {stand_ins.name} is gone")


def _attempt(undo: Callable[[], None], way_out: str, failed: list[str]) -> None:
    try:
        undo()
    except Exception as error:  # whatever it is, the next step has to run
        failed.append(f"{_reason(error)}: {way_out}")


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, DeployError) else type(error).__name__


def _way_out(stack: Stack) -> str:
    urls = ("AlchemyNetworksUrl", "MoralisUrl", "RpcUrls", "CacheSizeGb")
    return (
        f"put your keys, another ProviderKeysVersion, and {', '.join(urls)} into the parameters "
        f"file, then `make stack STACK={stack.name} REGION={stack.region}`"
    )
