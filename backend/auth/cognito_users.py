"""One user of a pool, as its administrator reads and changes it. Each call is one try, bounded.

boto3 is Lambda's own and loaded here, by the few sign-ins that come here: no other pays for it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class Account(NamedTuple):
    user_pool_id: str
    user_name: str


class Users(Protocol):
    """What is done to a user; everything raises what botocore raises, whose texts name the user."""

    def read(self, account: Account) -> dict[str, str]:
        """All attributes (AdminGetUser)."""

    def write(self, account: Account, attributes: Mapping[str, str]) -> None:
        """AdminUpdateUserAttributes"""

    def delete(self, account: Account, attribute: str) -> None:
        """AdminDeleteUserAttributes"""

    def sign_out(self, account: Account) -> None:
        """End every session the user has (AdminUserGlobalSignOut)."""


class CognitoUsers:
    """https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/"""

    def read(self, account: Account) -> dict[str, str]:
        user = self._client.admin_get_user(**_named(account))
        return {one["Name"]: one.get("Value", "") for one in user["UserAttributes"]}

    def write(self, account: Account, attributes: Mapping[str, str]) -> None:
        pairs = [{"Name": name, "Value": value} for name, value in attributes.items()]
        self._client.admin_update_user_attributes(**_named(account), UserAttributes=pairs)

    def delete(self, account: Account, attribute: str) -> None:
        names = [attribute]
        self._client.admin_delete_user_attributes(**_named(account), UserAttributeNames=names)

    def sign_out(self, account: Account) -> None:
        self._client.admin_user_global_sign_out(**_named(account))

    @cached_property
    def _client(self) -> Any:
        import boto3
        from botocore.config import Config

        config = Config(connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 1})
        return boto3.client("cognito-idp", config=config)


def _named(account: Account) -> dict[str, str]:
    return {"UserPoolId": account.user_pool_id, "Username": account.user_name}
