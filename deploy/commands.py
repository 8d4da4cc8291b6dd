"""What each command of `python -m deploy` does, from its arguments to the lines it prints."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from eth_account import Account

from deploy.account import open_account
from deploy.bucket import Bucket
from deploy.clients import Clients, connect
from deploy.destroy import destroy
from deploy.errors import BadOutputError, BadStackNameError, SmokeFailedError
from deploy.invalidate import invalidate
from deploy.ipfs import compute_cid, write_site
from deploy.leftovers import leftovers
from deploy.monitoring import monitoring_parameters
from deploy.parameters_file import read_parameters
from deploy.preflight import conclude, preflight
from deploy.provider_keys import provider_keys
from deploy.publish import publish
from deploy.refusals import refuse_name
from deploy.site import read_site
from deploy.smoke import smoke
from deploy.smoke_visit import Visit
from deploy.stack import Stack, dapp_config, deployed_stack, own_bucket
from deploy.stack_resources import list_resources

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "dapp" / "out"


def _say(text: str) -> None:
    print(text, flush=True)


def _preflight(arguments: Namespace) -> None:
    given = read_parameters(ROOT / arguments.parameters)
    report = preflight(
        arguments.stack,
        given,
        ROOT / "template.yaml",
        sign_in=lambda: open_account(arguments.region),
    )
    conclude(report, say=_say)


def _name(arguments: Namespace) -> None:
    for refusal in refuse_name(arguments.stack):
        raise BadStackNameError(f"{refusal.wrong}: {refusal.remedy}")


def _publish(arguments: Namespace) -> None:
    clients = connect(arguments.region)
    stack = deployed_stack(clients.cloudformation, arguments.stack)
    config = dapp_config(stack.outputs["DappConfig"])
    files = read_site(BUILT, config, site_url=stack.outputs["DappUrl"])
    bucket = Bucket(clients.s3, own_bucket(clients.cloudformation, stack), stack.account)
    now = datetime.now(UTC)
    uploaded = publish(bucket, files, stack_name=stack.name, now=now, say=_say)
    _say(f"{uploaded} of {len(files)} files uploaded")
    _invalidate_stack(clients, stack, wait=arguments.wait == "yes")
    _say(f"the gallery is at {stack.outputs['DappUrl']}")


def _invalidate(arguments: Namespace) -> None:
    clients = connect(arguments.region)
    stack = deployed_stack(clients.cloudformation, arguments.stack)
    _invalidate_stack(clients, stack, wait=arguments.wait == "yes")


def _invalidate_stack(clients: Clients, stack: Stack, *, wait: bool) -> None:
    distribution, reference = stack.outputs["DistributionId"], str(time.time_ns())
    found = invalidate(clients.cloudfront, distribution, reference=reference, wait=wait)
    _say(f"CloudFront {'forgot' if wait else 'is forgetting'} the old page ({found})")


def _smoke(arguments: Namespace) -> None:
    keys = provider_keys(ROOT / arguments.parameters)
    with httpx.Client(timeout=40) as http:
        if arguments.site:
            _smoke_site(http, arguments.site.rstrip("/"), keys)
        else:
            _smoke_stack(http, arguments, keys)


def _smoke_site(http: httpx.Client, site: str, keys: tuple[str, ...]) -> None:
    try:
        config = dapp_config(http.get(f"{site}/config.json").text)
    except httpx.HTTPError as error:
        raise SmokeFailedError(f"nothing answers at {site}: {type(error).__name__}") from error
    smoke(_visit(http, site, config, keys), say=_say)


def _smoke_stack(http: httpx.Client, arguments: Namespace, keys: tuple[str, ...]) -> None:
    clients = connect(arguments.region)
    stack = deployed_stack(clients.cloudformation, arguments.stack)
    config = dapp_config(stack.outputs["DappConfig"])
    visit = _visit(http, stack.outputs["DappUrl"], config, keys)
    try:
        smoke(visit, say=_say)
    finally:
        _remove_user(clients, config["userPoolId"], visit.wallet.address.lower())


def _visit(
    http: httpx.Client, site: str, config: Mapping[str, Any], keys: tuple[str, ...]
) -> Visit:
    return Visit(http, site, config, Account.create(), time.sleep, time.time, keys)


def _remove_user(clients: Clients, pool: str, user: str) -> None:
    users = clients.cognito_idp
    try:
        users.admin_delete_user(UserPoolId=pool, Username=user)
    except users.exceptions.UserNotFoundException:
        return
    _say("the throw-away wallet's user is deleted")


def _monitoring(arguments: Namespace) -> None:
    """Prints `Key=Value` words for `sam deploy`, or nothing where the profile is another."""
    clients = connect(arguments.region)
    stack = deployed_stack(clients.cloudformation, arguments.stack)
    if arguments.only_profile not in ("", stack.parameters.get("Profile")):
        return
    made = list_resources(clients.cloudformation, stack.id)
    given = read_parameters(ROOT / arguments.parameters)
    present = {resource.logical_id for resource in made if not resource.is_gone}
    words = monitoring_parameters(stack, present, given)
    _say(" ".join(f"{name}={value}" for name, value in words.items()))


def _destroy(arguments: Namespace) -> None:
    clients = connect(arguments.region)
    destroy(
        clients,
        arguments.stack,
        ask=lambda question: arguments.confirm or _typed(question),
        delete_users=arguments.delete_users == "yes",
        say=_say,
        sleep=time.sleep,
    )
    for line in leftovers(clients, arguments.stack) or ["nothing"]:
        _say(f"remains: {line}")


def _typed(question: str) -> str:
    """What somebody types; nothing where nobody can."""
    try:
        return input(question)
    except EOFError:
        return ""


def _ipfs(arguments: Namespace) -> None:
    folder = ROOT / arguments.folder
    write_site(read_site(BUILT, _ipfs_config(arguments)), folder)
    _say(f"{folder} is ready to pin; its CID is")
    _say(compute_cid(folder))


def _ipfs_config(arguments: Namespace) -> dict[str, Any]:
    if not arguments.config:
        stack = deployed_stack(connect(arguments.region).cloudformation, arguments.stack)
        return dapp_config(stack.outputs["DappConfig"])
    try:
        return dapp_config((ROOT / arguments.config).read_text())
    except OSError as error:
        raise BadOutputError(f"{arguments.config} cannot be read") from error


COMMANDS: dict[str, Callable[[Namespace], None]] = {
    "destroy": _destroy,
    "invalidate": _invalidate,
    "ipfs": _ipfs,
    "monitoring": _monitoring,
    "name": _name,
    "preflight": _preflight,
    "publish": _publish,
    "smoke": _smoke,
}
