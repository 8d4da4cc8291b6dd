"""The identities of the pools, kept in the state file: guests, and those linked to a login."""

from dataclasses import dataclass
from typing import Any

from local.cognito_idp.identifiers import RandomBytes, new_uuid
from local.state import State, Table


@dataclass(frozen=True)
class Login:
    """A proven login: who the provider says the caller is."""

    provider_name: str
    sub: str


@dataclass(frozen=True)
class Identity:
    """`login` is None for a guest."""

    id: str
    pool_id: str
    login: Login | None


class Identities:
    """Identities by id. A login has one identity per pool, also after a restart."""

    def __init__(self, state: State, random_bytes: RandomBytes) -> None:
        self._state = state
        self._random_bytes = random_bytes

    def create(self, pool_id: str, login: Login | None) -> Identity:
        region = pool_id.partition(":")[0]
        identity = Identity(f"{region}:{new_uuid(self._random_bytes)}", pool_id, login)
        return self._store(identity)

    def find(self, identity_id: str) -> Identity | None:
        """The identity of that id, or the one it was merged into."""
        record = self._records.get(identity_id)
        if record and record["merged_into"]:
            return self.find(record["merged_into"])
        return _identity(identity_id, record) if record else None

    def find_by_login(self, pool_id: str, login: Login) -> Identity | None:
        found = self._records.where("login[1]", login.sub)
        identities = (_identity(identity_id, record) for identity_id, record in found.items())
        return next((i for i in identities if (i.pool_id, i.login) == (pool_id, login)), None)

    def link(self, guest: Identity, login: Login) -> Identity:
        """The guest becomes the identity of `login`, under the same id."""
        return self._store(Identity(guest.id, guest.pool_id, login))

    def merge(self, guest: Identity, known: Identity) -> Identity:
        """The guest's id now leads to `known`, the identity its login already had."""
        self._records[guest.id] = self._records[guest.id] | {"merged_into": known.id}
        return known

    @property
    def _records(self) -> Table:
        return self._state.table("identities")

    def _store(self, identity: Identity) -> Identity:
        login = identity.login
        self._records[identity.id] = {
            "pool_id": identity.pool_id,
            "login": [login.provider_name, login.sub] if login else None,
            "merged_into": None,
        }
        return identity


def _identity(identity_id: str, record: dict[str, Any]) -> Identity:
    login = record["login"]
    return Identity(identity_id, record["pool_id"], Login(*login) if login else None)
