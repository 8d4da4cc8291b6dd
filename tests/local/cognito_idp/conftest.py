import pytest

from local.cognito_idp.user_pools import UserPools
from tests.local.cognito_idp.fakes import FakeClock, FakeTriggers, make_user_pools


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def triggers() -> FakeTriggers:
    return FakeTriggers()


@pytest.fixture
def pools(triggers: FakeTriggers, clock: FakeClock) -> UserPools:
    return make_user_pools(triggers, clock)
