"""What the running stack writes about a sign-in and look-ups: nothing secret."""

from __future__ import annotations

from local.configuration import STAND_IN_KEYS
from tests.e2e.client import Client
from tests.e2e.conftest import HOLDS_3, RunningStack


def test_nothing_secret_is_logged(stack: RunningStack) -> None:
    client = Client(stack.site)
    tokens = client.sign_in(HOLDS_3)
    for route, fault in (("getNFTsAlchemyLambda", "pageKey"), ("getNFTsMoralisLambda", "cursor")):
        for params in ({}, {fault: "fault-401"}):
            client.get(route, token=tokens["IdToken"], params=params)
    challenge = client.start("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266")
    log = stack.output
    assert '"route"' in log
    texts = [tokens[name] for name in ("IdToken", "AccessToken", "RefreshToken")]
    secrets = [*STAND_IN_KEYS.values(), *texts, challenge["Session"]]
    assert not [secret for secret in secrets if secret in log]
