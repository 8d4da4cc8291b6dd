"""config.json is read strictly: its endpoints are who gets tokens."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nft_gallery_client import ConfigError, WalletAuth
from nft_gallery_client.config import read_config, read_origin
from nft_gallery_client.http import Answer
from tests.clients.python.fakes import CONFIG, FakeGallery


def test_without_endpoints_they_are_awss_own() -> None:
    config = read_config({**CONFIG, "userPoolEndpoint": None, "ipfsGateways": ["x"]})
    assert config.user_pool_endpoint == "https://cognito-idp.eu-west-1.amazonaws.com"
    assert config.identity_pool_endpoint == "https://cognito-identity.eu-west-1.amazonaws.com"
    assert config.jwks_url == f"{config.issuer}/.well-known/jwks.json"


def test_in_china_they_are_those_of_china() -> None:
    config = read_config({**CONFIG, "region": "cn-north-1", "userPoolId": "cn-north-1_Ab"})
    assert config.issuer == "https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_Ab"


def test_endpoints_of_the_local_stack_keep_the_issuer_of_aws() -> None:
    endpoint = "http://localhost:3001/cognito-idp/"
    config = read_config({**CONFIG, "userPoolEndpoint": endpoint})
    assert config.jwks_url.startswith("http://localhost:3001/cognito-idp/eu-west-1_AbCd12345/.well")
    assert config.issuer == read_config(CONFIG).issuer


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *((key, value) for key in CONFIG for value in (None, "", 7, ["x"])),
        ("region", "eu-west-1.evil.example/"),
        ("userPoolId", "eu-west-1_Ab/../x"),
        ("userPoolEndpoint", "http://evil.example"),
        ("userPoolEndpoint", "http://localhost.evil.example"),
        ("userPoolEndpoint", ""),
        ("apiEndpoint", "http://api.example/prod"),
        ("apiEndpoint", "//api.example/prod"),
        ("apiEndpoint", "https://user@api.example/prod"),
        ("apiEndpoint", "https://api.example/prod?x"),
        ("apiEndpoint", "https://api.example:port/prod"),
        ("apiEndpoint", "https://api.example\\@evil.example/prod"),
    ],
)
def test_a_key_that_cannot_be_used_is_named(key: str, value: Any) -> None:
    with pytest.raises(ConfigError) as error:
        read_config({**CONFIG, key: value})
    assert (error.value.code, error.value.about) == ("invalid_config", key)


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://gallery.example", "https://gallery.example"),
        ("https://gallery.example/", "https://gallery.example"),
        ("https://gallery.example:443", "https://gallery.example"),
        ("https://gallery.example:8443", "https://gallery.example:8443"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://localhost:80", "http://localhost"),
    ],
)
def test_an_origin_is_written_as_a_browser_writes_it(text: str, origin: str) -> None:
    assert read_origin(text) == origin


@pytest.mark.parametrize(
    "text",
    [
        *("", "gallery.example", "http://gallery.example", "https://Gallery.example"),
        *("https://gallery.example/path", "https://u@gallery.example", "https://a b.example"),
        *("ftp://gallery.example", "https://", "https://gallery.example\nx"),
    ],
)
def test_what_is_no_origin_is_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        read_origin(text)


def site_of(gallery: FakeGallery, site: str, body: bytes, **more: Any) -> WalletAuth:
    base = site.rstrip("/")
    gallery.replies[f"{base}/config.json"] = [Answer(200, {}, body)]
    return WalletAuth.from_site(site, http=gallery, **more)


def test_a_sites_own_origin_is_asked_for_unless_another_is_given() -> None:
    body = json.dumps(CONFIG).encode()
    site = "https://gallery.example/ipfs/x/"
    assert repr(site_of(FakeGallery(), site, body)) == "WalletAuth(https://gallery.example)"
    other = site_of(FakeGallery(), site, body, origin="https://bot.example")
    assert repr(other) == "WalletAuth(https://bot.example)"


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b""])
def test_a_site_without_a_configuration_is_refused(body: bytes) -> None:
    with pytest.raises(ConfigError):
        site_of(FakeGallery(), "https://gallery.example", body)


@pytest.mark.parametrize("site", ["http://gallery.example", "gallery.example", "https://a/?x"])
def test_a_site_that_is_none_is_not_asked(site: str) -> None:
    gallery = FakeGallery()
    with pytest.raises(ConfigError):
        WalletAuth.from_site(site, http=gallery)
    assert gallery.requests == []
