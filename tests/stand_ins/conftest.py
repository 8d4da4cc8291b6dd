import pytest
from httpx import Client

from stand_ins.app import StandIns, build_stand_ins
from tests.fixtures.asgi_client import asgi_client

BASE = "http://localhost:3001"
NOW = 1_770_000_000.0


@pytest.fixture
def stand_ins() -> StandIns:
    return build_stand_ins(
        alchemy_key="alchemy-key", moralis_key="moralis-key", now=lambda: NOW, slow_seconds=0.01
    )


@pytest.fixture
def alchemy(stand_ins: StandIns) -> Client:
    base, headers = f"{BASE}/alchemy/nft/v3/", {"Authorization": "Bearer alchemy-key"}
    return asgi_client(stand_ins.app, base_url=base, headers=headers)


@pytest.fixture
def node(stand_ins: StandIns) -> Client:
    return asgi_client(stand_ins.app, base_url=f"{BASE}/node", headers={})


@pytest.fixture
def moralis(stand_ins: StandIns) -> Client:
    base, headers = f"{BASE}/moralis/api/v2.2/", {"X-API-Key": "moralis-key"}
    return asgi_client(stand_ins.app, base_url=base, headers=headers)
