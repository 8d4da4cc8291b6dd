"""The FastAPI and Django adapters: a wallet for the endpoint, or 401, or 503."""

import json
from typing import Annotated

import httpx
import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import RequestFactory
from fastapi import Depends, FastAPI

from nft_gallery_client import IdTokens, Wallet
from nft_gallery_client.django import wallet_required
from nft_gallery_client.fastapi import WalletBearer
from tests.clients.python.fakes import ADDRESS, CONFIG, KEY, FakeGallery, id_claims, jwk, reply
from tests.clients.python.fakes import signed as signed_token
from tests.clients.python.test_id_tokens import JWKS
from tests.fixtures.asgi_client import asgi_client

if not settings.configured:
    settings.configure()


@pytest.fixture
def pool() -> FakeGallery:
    return FakeGallery(replies={JWKS: [reply(200, {"keys": [jwk(KEY, "one")]})]})


@pytest.fixture
def id_tokens(pool: FakeGallery) -> IdTokens:
    return IdTokens(CONFIG, http=pool, now=lambda: pool.time)


@pytest.fixture
def fastapi(id_tokens: IdTokens) -> httpx.Client:
    app = FastAPI()
    bearer = WalletBearer(CONFIG, id_tokens=id_tokens)

    @app.get("/me")
    def me(wallet: Annotated[Wallet, Depends(bearer)]) -> str:
        return wallet.address

    return asgi_client(app, base_url="http://service.example", headers={})


def ask_django(id_tokens: IdTokens, **headers: str) -> HttpResponse:
    @wallet_required(CONFIG, id_tokens=id_tokens)
    def me(request: HttpRequest, number: int) -> HttpResponse:
        return JsonResponse([request.wallet.address, number], safe=False)

    return me(RequestFactory().get("/me", headers=headers), 7)


def test_fastapi_gives_an_endpoint_the_callers_wallet(fastapi: httpx.Client) -> None:
    answer = fastapi.get("/me", headers={"Authorization": f"Bearer {signed_token(id_claims())}"})
    assert (answer.status_code, answer.json()) == (200, ADDRESS)


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer eyJ"}])
def test_fastapi_answers_401_without_a_valid_token(
    fastapi: httpx.Client, header: dict[str, str]
) -> None:
    answer = fastapi.get("/me", headers=header)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.json() == {"detail": "invalid_token"}


def test_fastapi_answers_503_where_no_token_can_be_judged(
    pool: FakeGallery, fastapi: httpx.Client
) -> None:
    pool.replies[JWKS] = [reply(500)]
    answer = fastapi.get("/me", headers={"Authorization": f"Bearer {signed_token(id_claims())}"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")


def test_django_gives_a_view_the_callers_wallet(id_tokens: IdTokens) -> None:
    answer = ask_django(id_tokens, Authorization=f"Bearer {signed_token(id_claims())}")
    assert (answer.status_code, json.loads(answer.content)) == (200, [ADDRESS, 7])


def test_django_answers_401_without_a_valid_token(id_tokens: IdTokens) -> None:
    answer = ask_django(id_tokens)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert json.loads(answer.content) == {"error": {"code": "invalid_token"}}


def test_django_answers_503_where_no_token_can_be_judged(
    pool: FakeGallery, id_tokens: IdTokens
) -> None:
    pool.replies[JWKS] = [reply(500)]
    answer = ask_django(id_tokens, Authorization=f"Bearer {signed_token(id_claims())}")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
