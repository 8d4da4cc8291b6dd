"""The users of the pools, kept in the state file. No password is kept: no flow would check it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from local.cognito_idp.state import State


@dataclass(frozen=True)
class User:
    """`attributes` are standard attributes without `sub`; values are strings as Cognito's are."""

    username: str
    sub: str
    confirmed: bool
    attributes: Mapping[str, str]

    def trigger_attributes(self) -> dict[str, str]:
        """`userAttributes` of a trigger event."""
        status = "CONFIRMED" if self.confirmed else "UNCONFIRMED"
        return {"sub": self.sub, "cognito:user_status": status, **self.attributes}


class Users:
    """Users by pool and canonical user name."""

    def __init__(self, state: State) -> None:
        self._state = state

    def find(self, user_pool_id: str, username: str) -> User | None:
        record = self._state.table(f"users/{user_pool_id}").get(username)
        return User(**record) if record else None

    def add(self, user_pool_id: str, user: User) -> None:
        self._state.table(f"users/{user_pool_id}")[user.username] = asdict(user)
        self._state.save()
