"""An identity pool as AWS::Cognito::IdentityPool and its role attachment configure it.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-identitypool.html
"""

from collections.abc import Mapping
from dataclasses import dataclass

from local.cognito_idp.properties import InvalidPropertyError, Properties
from local.iam.policy import Role


@dataclass(frozen=True)
class IdentityProvider:
    """`name` is cognito-idp.<region>.amazonaws.com/<userPoolId>."""

    name: str
    client_id: str
    server_side_token_check: bool


@dataclass(frozen=True)
class IdentityPool:
    """`providers` are the user pool clients whose ID tokens are logins."""

    id: str
    allow_guests: bool
    providers: tuple[IdentityProvider, ...]

    @property
    def region(self) -> str:
        return self.id.partition(":")[0]


@dataclass(frozen=True)
class AttachedRoles:
    """A role may be missing: then its callers get no credentials."""

    authenticated: Role | None = None
    unauthenticated: Role | None = None


def read_identity_pool(pool_id: str, resolved: Mapping[str, object]) -> IdentityPool:
    """Raises PropertyError naming what is wrong or not modelled."""
    properties = Properties(f"AWS::Cognito::IdentityPool {pool_id}", resolved)
    # The classic flow would hand guests credentials without the enhanced flow's limits.
    properties.only("AllowClassicFlow", False, "false")
    properties.inert("IdentityPoolName", "IdentityPoolTags")
    pool = IdentityPool(
        id=pool_id,
        allow_guests=properties.boolean("AllowUnauthenticatedIdentities", False),
        providers=tuple(map(_read_provider, properties.objects("CognitoIdentityProviders"))),
    )
    properties.close()
    return pool


def read_role_attachment(
    resolved: Mapping[str, object], roles: Mapping[str, Role]
) -> tuple[str, AttachedRoles]:
    """Identity pool id and roles of an IdentityPoolRoleAttachment. Raises PropertyError."""
    properties = Properties("AWS::Cognito::IdentityPoolRoleAttachment", resolved)
    pool_id = properties.string("IdentityPoolId")
    attached = properties.nested("Roles")
    found = AttachedRoles(
        authenticated=_find_role(attached, "authenticated", roles),
        unauthenticated=_find_role(attached, "unauthenticated", roles),
    )
    properties.close()
    return pool_id, found


def _read_provider(properties: Properties) -> IdentityProvider:
    return IdentityProvider(
        name=properties.string("ProviderName"),
        client_id=properties.string("ClientId"),
        server_side_token_check=properties.boolean("ServerSideTokenCheck", False),
    )


def _find_role(attached: Properties, kind: str, roles: Mapping[str, Role]) -> Role | None:
    if kind not in attached.names():
        return None
    arn = attached.string(kind)
    if arn not in roles:
        raise InvalidPropertyError(f"IdentityPoolRoleAttachment: {kind} role {arn} does not exist")
    return roles[arn]
