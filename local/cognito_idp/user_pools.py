"""The user pools of the stack: what every API operation works on."""

from collections.abc import Callable, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from local.cognito_idp.auth_sessions import AuthSessions
from local.cognito_idp.errors import ResourceNotFoundError
from local.cognito_idp.identifiers import RandomBytes
from local.cognito_idp.properties import InvalidPropertyError
from local.cognito_idp.refresh_tokens import RefreshTokens
from local.cognito_idp.signing_keys import TOKEN_USES, SigningKeys, TokenUse, new_private_key
from local.cognito_idp.tokens import (
    Claims,
    TokenError,
    TokenExpiredError,
    unverified_issuer,
    verify,
)
from local.cognito_idp.triggers import Invoke, Triggers
from local.cognito_idp.user_pool import UserPool, read_user_pool
from local.cognito_idp.user_pool_client import UserPoolClient, read_user_pool_client
from local.cognito_idp.users import User, Users
from local.state import State


class UserPools:
    """`pools` maps a pool's ARN, `clients` a client id to resolved CloudFormation properties.

    `auth_sessions` are those of the pools before an update: a sign-in under way goes on.
    Raises PropertyError when constructed with a property that is not modelled.
    """

    def __init__(
        self,
        *,
        pools: Mapping[str, Mapping[str, object]],
        clients: Mapping[str, Mapping[str, object]],
        invoke: Invoke,
        state: State,
        now: Callable[[], float],
        random_bytes: RandomBytes,
        new_key: Callable[[], RSAPrivateKey] = new_private_key,
        auth_sessions: AuthSessions | None = None,
    ) -> None:
        read = [read_user_pool(arn, resolved) for arn, resolved in pools.items()]
        self._pools = {pool.id: pool for pool in read}
        self._clients = {
            name: read_user_pool_client(name, found) for name, found in clients.items()
        }
        self._refuse_clients_without_pool()
        self._refuse_rotation_without_its_plan()
        self.now = now
        self.random_bytes = random_bytes
        self._state = state
        self.users = Users(state)
        self.refresh_tokens = RefreshTokens(state, random_bytes)
        self.auth_sessions = auth_sessions or AuthSessions(now=now, random_bytes=random_bytes)
        self.triggers = Triggers(invoke)
        self.keys = SigningKeys(state, new_key)
        for pool in read:
            for use in TOKEN_USES:
                self.keys.find(pool.id, use)

    def client(self, client_id: str) -> tuple[UserPool, UserPoolClient]:
        """Raises ResourceNotFoundError."""
        client = self._clients.get(client_id)
        if client is None:
            raise ResourceNotFoundError(f"User pool client {client_id} does not exist.")
        return self._pools[client.user_pool_id], client

    def pool(self, user_pool_id: str) -> UserPool:
        """Raises ResourceNotFoundError."""
        pool = self._pools.get(user_pool_id)
        if pool is None:
            raise ResourceNotFoundError(f"User pool {user_pool_id} does not exist.")
        return pool

    def jwks(self, user_pool_id: str) -> dict[str, Any] | None:
        """The public keys of the pool; None for an unknown pool."""
        return self.keys.jwks(user_pool_id) if user_pool_id in self._pools else None

    def verify_id_token(self, user_pool_arn: str, token: str) -> Claims:
        """The claims of a current ID token of that pool. Raises TokenError, TokenExpiredError."""
        pool = self._pools.get(user_pool_arn.rpartition("/")[2])
        if pool is None or pool.arn != user_pool_arn:
            raise TokenError("no such user pool")
        return self._verify(pool, token, "id")

    def verify_access_token(self, token: str) -> tuple[UserPool, Claims]:
        """Pool and claims of a current access token. Raises TokenError, TokenExpiredError."""
        issuer = unverified_issuer(token)
        for pool in self._pools.values():
            if pool.issuer == issuer:
                return pool, self._verify(pool, token, "access")
        raise TokenError("no pool issued this token")

    def is_revoked(self, claims: Mapping[str, Any]) -> bool:
        """True when the sign-in behind these claims was revoked or signed out."""
        return self.refresh_tokens.is_revoked(str(claims.get("origin_jti")))

    def is_signed_out(self, claims: Mapping[str, Any]) -> bool:
        """True when the user behind these claims was signed out everywhere or deleted since."""
        return self.refresh_tokens.is_signed_out(str(claims.get("origin_jti")))

    def delete_user(self, pool: UserPool, user: User) -> None:
        """Its sign-ins end with it: a later user of that name is another user."""
        with self._state.transaction():
            self.refresh_tokens.revoke_all(pool.id, user.username)
            self.users.remove(pool.id, user.username)

    def pool_ids(self) -> list[str]:
        return list(self._pools)

    def find_by_provider_name(self, provider_name: str) -> UserPool | None:
        """The pool called cognito-idp.<region>.amazonaws.com/<poolId> in identity pools."""
        named = (pool for pool in self._pools.values() if pool.provider_name == provider_name)
        return next(named, None)

    def _verify(self, pool: UserPool, token: str, use: TokenUse) -> Claims:
        claims = verify(
            token,
            expected_key=self.keys.find(pool.id, use),
            expected_issuer=pool.issuer,
            expected_use=use,
            expected_clients=[c.id for c in self._clients.values() if c.user_pool_id == pool.id],
            now=self.now(),
        )
        if self.refresh_tokens.has_aged(str(claims["origin_jti"])):
            raise TokenExpiredError(int(self.now()))
        return claims

    def _refuse_rotation_without_its_plan(self) -> None:
        for client in self._clients.values():
            rotates = client.rotation_grace_seconds is not None
            if rotates and not self._pools[client.user_pool_id].has_rotation:
                raise InvalidPropertyError(
                    f"client {client.id}: RefreshTokenRotation needs UserPoolTier ESSENTIALS"
                )

    def _refuse_clients_without_pool(self) -> None:
        for client in self._clients.values():
            if client.user_pool_id not in self._pools:
                raise InvalidPropertyError(f"client {client.id}: UserPoolId {client.user_pool_id}")
