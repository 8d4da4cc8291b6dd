"""GET /names/{name}, /addresses/{address}/name, /me/name : ENS both ways, {"name", "address"}."""

import os
from dataclasses import replace
from functools import cache
from urllib.parse import unquote

import runtime.init_phase
from names.ens_lookup import load_ens
from names.service import ENS_CHAIN_ID, NamesService, deployed_names
from nodes.urls import rpc_urls_from_environment
from runtime.answer import Answer
from runtime.deadline import Deadline
from runtime.event import LambdaContext, ProxyEvent, caller_wallet, path_parameter
from runtime.logging import build_logger
from runtime.responses import ProxyResponse
from runtime.route import Router, Routes


def get_name(names: NamesService, event: ProxyEvent, deadline: Deadline) -> Answer:
    """The address an ENS name stands for."""
    name = unquote(path_parameter(event, "name"))  # no name holds a per cent sign
    return names.by_name(name, deadline)


def get_address_name(names: NamesService, event: ProxyEvent, deadline: Deadline) -> Answer:
    """The primary ENS name of an address."""
    return names.by_address(path_parameter(event, "address"), deadline)


def get_my_name(names: NamesService, event: ProxyEvent, deadline: Deadline) -> Answer:
    """The primary ENS name of the caller's wallet."""
    answer = names.by_address(caller_wallet(event), deadline)
    return replace(answer, max_age=0)  # a browser's cache knows a URL, not whose token asked for it


ROUTES: Routes[NamesService] = {
    "/names/{name}": get_name,
    "/addresses/{address}/name": get_address_name,
    "/me/name": get_my_name,
}


if ENS_CHAIN_ID in rpc_urls_from_environment(os.environ):  # else every look-up ends before it
    load_ens()  # while Lambda starts the instance, with a whole processor: no request waits for it


@cache
def deployed_router() -> Router[NamesService]:
    """Made once per function instance."""
    logger = build_logger()
    return Router.from_environment(ROUTES, deployed_names(), environment=os.environ, logger=logger)


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return deployed_router()(event, context)


runtime.init_phase.ends()
