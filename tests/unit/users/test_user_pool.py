"""Cognito's users through boto3, against moto's user pool; and the function over both."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from runtime.settings import SettingError
from users.schedules.delete_unproven_users import build_handler
from users.user_pool import CognitoUserPool

MARK = "2026-01-01T00:00:00Z"
DAY = 24 * 3600.0


class Context:
    def get_remaining_time_in_millis(self) -> int:
        return 900_000


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    # botocore reads its region and credentials from the process
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        yield boto3.client("cognito-idp")


@pytest.fixture
def pool_id(client: Any) -> str:
    schema = [{"Name": "proven_at", "AttributeDataType": "String", "Mutable": True}]
    found: str = client.create_user_pool(PoolName="wallets", Schema=schema)["UserPool"]["Id"]
    return found


def wallets(count: int, digit: str = "a") -> list[str]:
    return [f"0x{digit}{number:039x}" for number in range(count)]


def add(client: Any, pool_id: str, name: str, mark: str | None = None) -> None:
    attributes = [{"Name": "custom:proven_at", "Value": mark}] if mark else []
    client.admin_create_user(UserPoolId=pool_id, Username=name, UserAttributes=attributes)


def names(client: Any, pool_id: str) -> set[str]:
    return {user["Username"] for user in client.list_users(UserPoolId=pool_id)["Users"]}


def test_lists_by_prefix_every_page(client: Any, pool_id: str) -> None:
    for name in [*wallets(130), *wallets(3, "b"), "admin"]:
        add(client, pool_id, name)
    pool = CognitoUserPool(pool_id)
    pages = list(pool.pages("0xa"))
    assert sorted(user.name for page in pages for user in page) == wallets(130)
    assert max(map(len, pages)) <= 60
    assert [len(page) for page in pool.pages("0xb")] == [3]
    assert sum(len(page) for page in pool.pages("0xc")) == 0


def test_reads_date_and_mark(client: Any, pool_id: str) -> None:
    (plain, marked) = wallets(2)
    add(client, pool_id, plain)
    add(client, pool_id, marked, MARK)
    pool = CognitoUserPool(pool_id)
    listed = {user.name: user for page in pool.pages("0xa") for user in page}
    assert (listed[plain].mark, listed[marked].mark) == (None, MARK)
    assert abs(listed[plain].created_at - time.time()) < 60
    assert pool.find(marked) == listed[marked]
    assert pool.find(plain) == listed[plain]


def test_deletes_one_user_and_finds_it_no_more(client: Any, pool_id: str) -> None:
    one, other = wallets(2)
    add(client, pool_id, one)
    add(client, pool_id, other)
    pool = CognitoUserPool(pool_id)
    pool.delete(one)
    assert pool.find(one) is None
    assert names(client, pool_id) == {other}


@pytest.mark.parametrize(("mode", "deleted"), [("report", 0), ("delete", 20)])
def test_the_function_does_what_its_setting_says(
    client: Any, pool_id: str, mode: str, deleted: int
) -> None:
    proven, *spam = wallets(21)
    now = time.time() + 31 * DAY
    add(client, pool_id, proven, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now - 60)))
    early = wallets(1, "b")[0]
    add(client, pool_id, early, "2020-01-01T00:00:00Z")
    for name in spam:
        add(client, pool_id, name)
    environment = {"USER_POOL_ID": pool_id, "UNPROVEN_USERS": mode, "UNPROVEN_USER_DAYS": "30"}
    handler = build_handler(
        environment, connect=CognitoUserPool, now=lambda: now, sleep=lambda seconds: None
    )
    outcome = handler({}, Context())
    counts = {"seen": 22, "found": 20, "deleted": deleted}
    assert outcome == {**counts, "finished": True, "code": None}
    kept = {proven, early} if deleted else {proven, early, *spam}
    assert names(client, pool_id) == kept


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("UNPROVEN_USERS", text) for text in ("keep", "", "Delete", "delete,report")),
        *(("UNPROVEN_USER_DAYS", text) for text in ("0", "-1", "", "1.5", "thirty")),
        ("USER_POOL_ID", ""),
    ],
)
def test_does_nothing_where_a_setting_is_not_one_it_knows(name: str, value: str) -> None:
    environment = {"USER_POOL_ID": "us-east-1_a", "UNPROVEN_USERS": "delete"}
    environment |= {"UNPROVEN_USER_DAYS": "30", name: value}
    asked: list[str] = []

    def connect(pool_id: str) -> CognitoUserPool:
        asked.append(pool_id)
        raise AssertionError("nobody may be asked")

    handler = build_handler(environment, connect=connect, now=time.time, sleep=time.sleep)
    with pytest.raises(SettingError, match=name):
        handler({}, Context())
    assert asked == []
