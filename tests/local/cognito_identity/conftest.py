import pytest

from local.cognito_identity.identity_pools import IdentityPools
from local.cognito_idp.user_pools import UserPools
from tests.local.cognito_identity.pools import Wallets, make_identity_pools
from tests.local.cognito_idp.fakes import FakeClock, FakeTriggers, make_user_pools


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def user_pools(clock: FakeClock) -> UserPools:
    return make_user_pools(FakeTriggers(), clock)


@pytest.fixture
def wallets(user_pools: UserPools) -> Wallets:
    return Wallets(user_pools)


@pytest.fixture
def pools(user_pools: UserPools, clock: FakeClock) -> IdentityPools:
    return make_identity_pools(user_pools, clock)
