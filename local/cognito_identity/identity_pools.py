"""The identity pools of the stack: what both API operations work on."""

from collections.abc import Callable, Iterable, Mapping

from local.cognito_identity.errors import (
    InvalidIdentityPoolConfigurationError,
    ResourceNotFoundError,
)
from local.cognito_identity.identities import Identities, Identity, Login
from local.cognito_identity.identity_pool import (
    AttachedRoles,
    IdentityPool,
    read_identity_pool,
    read_role_attachment,
)
from local.cognito_identity.logins import TokenVerifier, prove_login
from local.cognito_idp.identifiers import RandomBytes
from local.cognito_idp.properties import InvalidPropertyError
from local.iam.policy import COGNITO_IDENTITY, Role, may_assume
from local.iam.sessions import Session, Sessions
from local.state import State

SESSION_NAME = "CognitoIdentityCredentials"
LIFETIME_SECONDS = 3_600


class IdentityPools:
    """`pools` maps a pool id to resolved properties, `roles` an ARN to a role.

    Raises PropertyError when constructed with a property that is not modelled.
    """

    def __init__(
        self,
        *,
        pools: Mapping[str, Mapping[str, object]],
        role_attachments: Iterable[Mapping[str, object]],
        roles: Mapping[str, Role],
        user_pools: TokenVerifier,
        sessions: Sessions,
        state: State,
        now: Callable[[], float],
        random_bytes: RandomBytes,
    ) -> None:
        self._pools = {name: read_identity_pool(name, found) for name, found in pools.items()}
        self._roles = dict(read_role_attachment(found, roles) for found in role_attachments)
        self._user_pools = user_pools
        self._sessions = sessions
        self._now = now
        self.identities = Identities(state, random_bytes)
        self._refuse_unknown_names()

    def pool(self, pool_id: str) -> IdentityPool:
        """Raises ResourceNotFoundError."""
        if pool_id not in self._pools:
            raise ResourceNotFoundError(f"IdentityPool '{pool_id}' not found.")
        return self._pools[pool_id]

    def prove_login(self, pool: IdentityPool, logins: Mapping[str, str]) -> Login | None:
        """None for a guest. Raises NotAuthorizedError."""
        return prove_login(self._user_pools, pool, logins, self._now())

    def assume_role(self, identity: Identity) -> Session:
        """Credentials of the attached role, if its trust policy lets this identity assume it.

        For guests AWS also intersects the role with a session policy that allows a list of
        services only. execute-api is on that list, so for this stack the intersection is the
        role's own policy, and no session policy is modelled.
        """
        attached = self._roles.get(identity.pool_id, AttachedRoles())
        role = attached.authenticated if identity.login else attached.unauthenticated
        context: dict[str, str | list[str]] = {
            f"{COGNITO_IDENTITY}:aud": identity.pool_id,
            f"{COGNITO_IDENTITY}:amr": _authentication_methods(identity.login),
            f"{COGNITO_IDENTITY}:sub": identity.id,
        }
        if role is None or not may_assume(
            role, principal_federated=COGNITO_IDENTITY, context=context
        ):
            raise InvalidIdentityPoolConfigurationError(
                "Invalid identity pool configuration. Check assigned IAM roles for this pool."
            )
        return self._sessions.issue(
            role,
            SESSION_NAME,
            lifetime_seconds=LIFETIME_SECONDS,
            cognito={
                "cognitoIdentityId": identity.id,
                "cognitoIdentityPoolId": identity.pool_id,
                "cognitoAuthenticationType": (
                    "authenticated" if identity.login else "unauthenticated"
                ),
            },
        )

    def _refuse_unknown_names(self) -> None:
        for pool_id in self._roles:
            if pool_id not in self._pools:
                raise InvalidPropertyError(f"role attachment of unknown identity pool {pool_id}")
        for pool in self._pools.values():
            for provider in pool.providers:
                if self._user_pools.find_by_provider_name(provider.name) is None:
                    raise InvalidPropertyError(f"{pool.id}: ProviderName {provider.name}")


def _authentication_methods(login: Login | None) -> list[str]:
    if login is None:
        return ["unauthenticated"]
    provider = login.provider_name
    return ["authenticated", provider, f"{provider}:CognitoSignIn:{login.sub}"]
