"""An operator rotates keys in Secrets Manager under a running stack; nobody's request fails."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest

from local.aws_lambda.function_resources import read_roles
from local.configuration import ROOT
from nft.paging.cursor_token import LIFETIME_SECONDS, Position, seal
from runtime.cached_secret import Secret
from stand_ins.catalogue import COLLECTIONS
from tests.e2e.client import Client
from tests.e2e.conftest import HOLDS_3
from tests.exploits.stack_in_process import StackInProcess, stack_in_process

APES = "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"
RICH = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
CONTRACT_NFTS, OWNER_NFTS = f"chains/1/contracts/{APES}/nfts", f"chains/1/owners/{RICH}/nfts"
BY_TOKEN = ("getNFTsAlchemyLambda", "getNFTsMoralisLambda", "me/nfts", f"gate/1/{APES}")
CONTRACT, ONE_NFT = f"chains/1/contracts/{APES}", f"{CONTRACT_NFTS}/7"
BY_GUEST = (CONTRACT_NFTS, ONE_NFT, CONTRACT, OWNER_NFTS)
OLD = {"alchemy": "canary-alchemy-old-7c1e9a", "moralis": "canary-moralis-old-5d20fb"}
NEW = {"alchemy": "canary-alchemy-new-b81f04", "moralis": "canary-moralis-new-2ae67d"}
PATIENCE = 4
# Nobody in the stack may change its secrets; whoever operates it may.
OPERATOR = """
  Operator:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [] }
      Policies:
        - PolicyName: Secrets
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - { Effect: Allow, Action: "secretsmanager:*SecretValue", Resource: "*" }
"""


@dataclass
class Operated:
    """A running stack, a client of it, and its operator."""

    running: StackInProcess
    client: Client
    secrets: Any

    def __post_init__(self) -> None:
        self.guest = self.client.credentials()
        self.token = self.client.sign_in(HOLDS_3)["IdToken"]

    def arn(self, logical_id: str) -> str:
        found = self.running.template.of_type("AWS::SecretsManager::Secret")
        return next(secret.physical_id for secret in found if secret.logical_id == logical_id)

    def put(self, logical_id: str, text: str) -> None:
        self.secrets.put_secret_value(SecretId=self.arn(logical_id), SecretString=text)

    def read(self, logical_id: str) -> Secret:
        found = self.secrets.get_secret_value(SecretId=self.arn(logical_id))
        return Secret(found["SecretString"])

    def get(self, route: str, **params: str) -> httpx.Response:
        if route in BY_TOKEN:
            return self.client.get(route, token=self.token, params=params)
        return self.client.signed_get(route, self.guest, params)


def operate(folder: Path, scenario: Callable[[Operated], None]) -> None:
    """`scenario` on a stack of its own, on a thread beside it."""
    text = (ROOT / "template.yaml").read_text()
    template_file = folder / "template.yaml"
    template_file.write_text(text.replace("\nResources:\n", f"\nResources:\n{OPERATOR}\n", 1))

    async def run() -> None:
        async with stack_in_process(
            folder,
            template_file=template_file,
            AlchemyApiKey=OLD["alchemy"],
            MoralisApiKey=OLD["moralis"],
            AlchemyRps="100",
            MoralisRps="100",
        ) as running:
            running.stack.stand_ins.accepted.update(OLD)
            await asyncio.to_thread(lambda: scenario(operated(running)))

    asyncio.run(run())


def operated(running: StackInProcess) -> Operated:
    roles = read_roles(running.template).values()
    operator = next(role for role in roles if "Operator" in role.name)
    session = running.stack.sessions.issue(operator, "operator", lifetime_seconds=3600)
    secrets = boto3.client(
        "secretsmanager",
        region_name=running.template.place.region,
        endpoint_url=f"{running.http.base_url}/secretsmanager",
        aws_access_key_id=session.access_key_id,
        aws_secret_access_key=session.secret_access_key,
        aws_session_token=session.session_token,
    )
    return Operated(running, Client(running.site), secrets)


def test_revoking_a_provider_key_at_once_fails_no_request(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    operate(tmp_path, rotate_provider_keys)
    told = "".join(capfd.readouterr())
    assert "getNFTsAlchemyLambda" in told
    assert "canary" not in told


def rotate_provider_keys(stack: Operated) -> None:
    stand_ins = stack.running.stack.stand_ins
    for route in (*BY_TOKEN, *BY_GUEST):
        assert stack.get(route).status_code in (200, 204), route
    stack.put(
        "ProviderKeys",
        json.dumps({"AlchemyApiKey": NEW["alchemy"], "MoralisApiKey": NEW["moralis"]}),
    )
    stand_ins.accepted.update(NEW)
    rotated: set[str] = set()
    for route in (*BY_TOKEN, *BY_GUEST):
        stand_ins.requests.clear()
        wanted = [another(route, number) for number in range(PATIENCE)]
        answers = [stack.get(one, **params) for one, params in wanted]
        assert [answer.status_code // 100 for answer in answers] == [2] * PATIENCE, route
        assert not [answer for answer in answers if "canary" in answer.text + str(answer.headers)]
        provider = "moralis" if "Moralis" in route else "alchemy"
        old = [] if function_of(route) in rotated else [OLD[provider]]
        assert shown(stack) == [*old, *[NEW[provider]] * PATIENCE], route
        rotated.add(function_of(route))


def function_of(route: str) -> str:
    """A function's instance learns of a rotation once, for all of its routes."""
    if route.startswith("getNFTs"):
        return route
    return "owners" if "/owners/" in route else "gallery"


def another(route: str, number: int) -> tuple[str, dict[str, str]]:
    """A guest's lookup of the same kind, which no function has in memory yet."""
    if route in (CONTRACT_NFTS, OWNER_NFTS):
        return route, {"limit": str(10 + number)}
    if route == CONTRACT:
        return f"chains/1/contracts/{COLLECTIONS[1 + number].address}", {}
    return (f"{CONTRACT_NFTS}/{10 + number}" if route == ONE_NFT else route), {}


def shown(stack: Operated) -> list[str]:
    """The keys the stand-ins were shown, oldest first."""
    seen = [dict(one.headers) for one in stack.running.stack.stand_ins.requests.all()]
    return [head.get("x-api-key") or head["authorization"].removeprefix("Bearer ") for head in seen]


def test_cursors_expire_and_outlive_one_rotation_of_their_key(tmp_path: Path) -> None:
    operate(tmp_path, turn_old_pages)


def turn_old_pages(stack: Operated) -> None:
    first_key = stack.read("CursorKey")
    cursor = stack.get(CONTRACT_NFTS, limit="5").json()["nextCursor"]
    assert outcome(stack, CONTRACT_NFTS, sealed(cursor, first_key)) == 200
    late = sealed(cursor, first_key, seconds_ago=LIFETIME_SECONDS + 3600)
    assert outcome(stack, CONTRACT_NFTS, late) == (400, "cursor_expired")
    stranger = Secret("a key of our own making, long enough")
    assert outcome(stack, CONTRACT_NFTS, sealed(cursor, stranger)) == (400, "invalid_cursor")

    stack.put("CursorKey", "second-" * 8)
    second_key = stack.read("CursorKey")
    # The function of this route is new to the secret, so it knows both versions.
    cursor = stack.get(OWNER_NFTS, limit="5").json()["nextCursor"]
    assert cursor == sealed(cursor, second_key)
    assert outcome(stack, OWNER_NFTS, cursor) == 200
    assert outcome(stack, OWNER_NFTS, sealed(cursor, first_key)) == 200

    stack.put("CursorKey", "third-" * 8)
    # This function has not read the third version yet, and does so for this cursor.
    assert outcome(stack, OWNER_NFTS, sealed(cursor, stack.read("CursorKey"))) == 200
    assert outcome(stack, OWNER_NFTS, sealed(cursor, second_key)) == 200
    assert outcome(stack, OWNER_NFTS, sealed(cursor, first_key)) == (400, "invalid_cursor")
    late = sealed(cursor, second_key, seconds_ago=LIFETIME_SECONDS + 3600)
    assert outcome(stack, OWNER_NFTS, late) == (400, "cursor_expired")


def sealed(cursor: str, key: Secret, *, seconds_ago: int = 0) -> str:
    """The same place and list as a cursor's, sealed with a key at another time."""
    body = cursor.partition(".")[0]
    payload = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    place: list[Any] = [tuple(one) if isinstance(one, list) else one for one in payload["at"]]
    now = payload["exp"] - LIFETIME_SECONDS - seconds_ago
    return seal(Position(*place), key=key, bound_to=payload["for"], now=now)


def outcome(stack: Operated, route: str, cursor: str) -> int | tuple[int, str]:
    answer = stack.get(route, limit="5", cursor=cursor)
    if answer.status_code == 200:
        return 200
    return answer.status_code, answer.json()["error"]["code"]
