"""The users of a Cognito user pool, through boto3, which is Lambda's own.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
from botocore.config import Config

from auth.user_attributes import PROVEN_AT
from users.unproven import User

_CONFIG = Config(
    connect_timeout=2, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 5}
)


class CognitoUserPool:
    """Raises botocore's errors where Cognito does not answer; none of their texts names a user."""

    def __init__(self, user_pool_id: str) -> None:
        self._id = user_pool_id
        self._client: Any = boto3.client("cognito-idp", config=_CONFIG)

    def pages(self, prefix: str) -> Iterator[list[User]]:
        """Users whose name begins so, at most 60 a page.

        All attributes are asked for: AWS answers AttributesToGet with an error where a user in the
        result lacks one of them.
        """
        paginator = self._client.get_paginator("list_users")
        pages = paginator.paginate(UserPoolId=self._id, Filter=f'username ^= "{prefix}"')
        for page in pages:
            yield [_user(record, record.get("Attributes", [])) for record in page["Users"]]

    def find(self, name: str) -> User | None:
        """The user as it is now; None where there is none."""
        try:
            record = self._client.admin_get_user(UserPoolId=self._id, Username=name)
        except self._client.exceptions.UserNotFoundException:
            return None
        return _user(record, record.get("UserAttributes", []))

    def delete(self, name: str) -> None:
        self._client.admin_delete_user(UserPoolId=self._id, Username=name)


def _user(record: dict[str, Any], attributes: list[dict[str, str]]) -> User:
    marks = [one.get("Value", "") for one in attributes if one["Name"] == PROVEN_AT]
    created_at: float = record["UserCreateDate"].timestamp()
    return User(record["Username"], created_at, marks[0] if marks else None)
