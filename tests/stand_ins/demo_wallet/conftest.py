import pytest
from httpx import Client
from starlette.applications import Starlette

from stand_ins.demo_wallet.wallet import demo_wallet_routes
from tests.fixtures.asgi_client import asgi_client

ORIGIN = "http://localhost:3000"


@pytest.fixture
def wallet() -> Client:
    app = Starlette(routes=demo_wallet_routes(allowed_origins={ORIGIN}, chain_id=1))
    headers = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
    return asgi_client(app, base_url=ORIGIN, headers=headers)
