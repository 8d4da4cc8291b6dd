"""The users of the pools, kept in the state file. No password is kept: no flow would check it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from local.cognito_idp.user_pool_client import UserPoolClient
from local.state import State


@dataclass(frozen=True)
class User:
    """`attributes` are all but `sub`, values strings as Cognito's are; `created_at` in seconds."""

    username: str
    sub: str
    confirmed: bool
    attributes: Mapping[str, str]
    created_at: float = 0.0

    def attributes_for(self, client: UserPoolClient) -> dict[str, str]:
        """What a client may read: custom attributes only where its ReadAttributes name them."""
        readable = client.read_attributes
        return {name: value for name, value in self.attributes.items() if name in readable}

    @property
    def status(self) -> str:
        return "CONFIRMED" if self.confirmed else "UNCONFIRMED"

    def trigger_attributes(self, client: UserPoolClient) -> dict[str, str]:
        """`userAttributes` of a trigger event: what would go into the client's ID token.

        AWS documents that of PreTokenGeneration only; for the others it is the careful reading.
        """
        own = {"sub": self.sub, "cognito:user_status": self.status}
        return {**own, **self.attributes_for(client)}


class Users:
    """Users by pool and canonical user name."""

    def __init__(self, state: State) -> None:
        self._state = state

    def find(self, user_pool_id: str, username: str) -> User | None:
        record = self._state.table(f"users/{user_pool_id}").get(username)
        return User(**record) if record else None

    def in_order(self, user_pool_id: str) -> list[User]:
        """All users of a pool, by name."""
        return [User(**record) for record in self._state.table(f"users/{user_pool_id}").values()]

    def page(self, user_pool_id: str, *, prefix: str, after: str, limit: int) -> list[User]:
        """At most `limit` users whose names begin so and follow `after`, by name."""
        table = self._state.table(f"users/{user_pool_id}")
        own = table.get(prefix) if prefix > after else None
        records = ([own] if own else []) + table.after(max(after, prefix), limit=limit)
        users = [User(**record) for record in records]
        return [user for user in users if user.username.startswith(prefix)][:limit]

    def find_by_sub(self, user_pool_id: str, sub: str) -> User | None:
        found = self._state.table(f"users/{user_pool_id}").where("sub", sub)
        return next((User(**record) for record in found.values()), None)

    def remove(self, user_pool_id: str, username: str) -> None:
        del self._state.table(f"users/{user_pool_id}")[username]

    def add(self, user_pool_id: str, user: User) -> None:
        """Keep a new user, or a known one as it is now."""
        self._state.table(f"users/{user_pool_id}")[user.username] = asdict(user)
