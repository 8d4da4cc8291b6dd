"""The whole way on real sockets: one stand-in misbehaves, the other answers."""

import json
import random
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest

from nft.gallery import Gallery
from nft.providers.alchemy import AlchemyClient
from nft.providers.alchemy_nfts import AlchemyNfts
from nft.providers.client import ProviderKeys
from nft.providers.http import HttpTransport, build_session
from nft.providers.moralis import MoralisClient
from nft.providers.moralis_nfts import MoralisNfts
from tests.fixtures.nft_providers import CONTRACT, FakeUpstream
from tests.fixtures.upstream import SocketProvider
from tests.unit.nft.gallery_fixtures import OpenLedger, build_world, first_page, guard

Write = Callable[[BaseHTTPRequestHandler, threading.Event], None]
PAGE = json.dumps({"result": [{"token_address": CONTRACT, "token_id": "7"}], "cursor": None})


def send(handler: BaseHTTPRequestHandler, status: str, text: bytes, length: int) -> None:
    handler.wfile.write(f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n".encode())
    handler.wfile.write(f"Content-Length: {length}\r\n\r\n".encode() + text)


def good(handler: BaseHTTPRequestHandler, _: threading.Event) -> None:
    send(handler, "200 OK", PAGE.encode(), len(PAGE))


def failing(handler: BaseHTTPRequestHandler, _: threading.Event) -> None:
    send(handler, "500 Oops", b"{}", 2)


def cut_short(handler: BaseHTTPRequestHandler, _: threading.Event) -> None:
    send(handler, "200 OK", PAGE.encode()[:20], len(PAGE))


def reset(handler: BaseHTTPRequestHandler, _: threading.Event) -> None:
    handler.connection.close()


def silent(_: BaseHTTPRequestHandler, stop: threading.Event) -> None:
    stop.wait()


def gallery_on(alchemy_url: str, moralis_url: str) -> Gallery:
    gallery = build_world(FakeUpstream("alchemy"), FakeUpstream("moralis")).gallery
    transport = HttpTransport(build_session())
    secret = json.dumps({"AlchemyApiKey": "a", "MoralisApiKey": "m"})
    keys = ProviderKeys("arn", lambda _: secret, clock=time.monotonic)

    return replace(
        gallery,
        providers={
            "alchemy": AlchemyNfts(
                AlchemyClient(alchemy_url + "/{network}", keys.alchemy, transport)
            ),
            "moralis": MoralisNfts(MoralisClient(moralis_url, keys.moralis, transport)),
        },
        failover=replace(
            gallery.failover,
            guards={
                name: guard(OpenLedger(), 1000, clock=time.monotonic, now=time.time)
                for name in ("alchemy", "moralis")
            },
            clock=time.monotonic,
            sleep=time.sleep,
            jitter=random.random,
        ),
    )


@pytest.mark.parametrize("write", [failing, cut_short, reset, silent])
def test_first_pages_are_answered_while_a_socket_misbehaves(write: Write) -> None:
    with SocketProvider(write).running() as bad, SocketProvider(good).running() as well:
        gallery = gallery_on(bad, well)
        for _ in range(25):
            page = first_page(gallery, seconds=1.0)
            assert [item["tokenId"] for item in page["items"]] == ["7"]
            assert (page["provider"], page["stale"]) == ("moralis", False)
