"""A client of a user pool, as its AWS::Cognito::UserPoolClient resource configures it.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolclient.html
"""

from collections.abc import Mapping
from dataclasses import dataclass

from local.cognito_idp.properties import (
    InvalidPropertyError,
    Properties,
    UnsupportedPropertyError,
)

_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}
_MODELLED_FLOWS = {"ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}
_MINUTE, _DAY = 60, 86_400
STANDARD_ATTRIBUTES = frozenset(
    {
        "address",
        "birthdate",
        "email",
        "family_name",
        "gender",
        "given_name",
        "locale",
        "middle_name",
        "name",
        "nickname",
        "phone_number",
        "picture",
        "preferred_username",
        "profile",
        "updated_at",
        "website",
        "zoneinfo",
    }
)


@dataclass(frozen=True)
class UserPoolClient:
    """All lifetimes in seconds; `flows` such as ALLOW_CUSTOM_AUTH.

    `rotation_grace_seconds` is how long a rotated refresh token stays valid; None: no rotation.
    """

    id: str
    user_pool_id: str
    flows: frozenset[str]
    prevent_user_existence_errors: bool
    auth_session_seconds: int
    id_token_seconds: int
    access_token_seconds: int
    refresh_token_seconds: int
    rotation_grace_seconds: int | None
    write_attributes: frozenset[str] = STANDARD_ATTRIBUTES
    """What a client's call may set; custom attributes only where the property names them."""
    read_attributes: frozenset[str] = STANDARD_ATTRIBUTES
    """What a client's calls, tokens and triggers show, beside `sub`; custom ones likewise."""


def read_user_pool_client(client_id: str, resolved: Mapping[str, object]) -> UserPoolClient:
    """Raises PropertyError naming what is wrong or not modelled."""
    properties = Properties(f"AWS::Cognito::UserPoolClient {client_id}", resolved)
    units = properties.nested("TokenValidityUnits")
    flows = _read_flows(client_id, properties)
    client = UserPoolClient(
        id=client_id,
        user_pool_id=properties.string("UserPoolId"),
        flows=flows,
        prevent_user_existence_errors=_prevents_user_existence_errors(properties),
        auth_session_seconds=_read_auth_session_seconds(properties),
        id_token_seconds=_lifetime(properties, units, "IdToken", "hours", 1, _DAY),
        access_token_seconds=_lifetime(properties, units, "AccessToken", "hours", 1, _DAY),
        refresh_token_seconds=_lifetime(properties, units, "RefreshToken", "days", 30, 3650 * _DAY),
        rotation_grace_seconds=_read_rotation(client_id, properties, flows),
        write_attributes=frozenset(properties.strings("WriteAttributes")) or STANDARD_ATTRIBUTES,
        read_attributes=frozenset(properties.strings("ReadAttributes")) or STANDARD_ATTRIBUTES,
    )
    _accept_what_changes_nothing(properties)
    properties.close()
    return client


def _read_flows(client_id: str, properties: Properties) -> frozenset[str]:
    flows = frozenset(properties.strings("ExplicitAuthFlows"))
    unmodelled = sorted(flows - _MODELLED_FLOWS)
    if unmodelled or not flows:
        # Without the property AWS allows SRP, which is not modelled.
        named = ", ".join(unmodelled) or "none given"
        raise UnsupportedPropertyError(f"client {client_id}: ExplicitAuthFlows {named}")
    return flows


def _prevents_user_existence_errors(properties: Properties) -> bool:
    value = properties.string("PreventUserExistenceErrors", "LEGACY")
    if value not in ("ENABLED", "LEGACY"):
        raise properties.invalid("PreventUserExistenceErrors", value)
    return value == "ENABLED"


def _read_auth_session_seconds(properties: Properties) -> int:
    minutes = properties.integer("AuthSessionValidity", 3)
    if not 3 <= minutes <= 15:
        raise properties.invalid("AuthSessionValidity", minutes)
    return minutes * _MINUTE


def _lifetime(
    properties: Properties, units: Properties, token: str, unit: str, default: int, maximum: int
) -> int:
    name = f"{token}Validity"
    chosen = units.string(token, unit)
    if chosen not in _SECONDS:
        raise units.invalid(token, chosen)
    seconds = _SECONDS[unit] * default
    if name in properties.names():
        seconds = properties.integer(name, 0) * _SECONDS[chosen]
    minimum = 60 * _MINUTE if token == "RefreshToken" else 5 * _MINUTE  # noqa: S105
    if not minimum <= seconds <= maximum:
        raise properties.invalid(name, f"{seconds} seconds")
    return seconds


def _read_rotation(client_id: str, properties: Properties, flows: frozenset[str]) -> int | None:
    rotation = properties.nested("RefreshTokenRotation")
    feature = rotation.string("Feature", None if rotation.names() else "DISABLED")
    grace_seconds = rotation.integer("RetryGracePeriodSeconds", 0)
    if feature not in ("ENABLED", "DISABLED"):
        raise rotation.invalid("Feature", feature)
    if not 0 <= grace_seconds <= 60:
        raise rotation.invalid("RetryGracePeriodSeconds", grace_seconds)
    if feature == "DISABLED":
        return None
    if "ALLOW_REFRESH_TOKEN_AUTH" in flows:
        raise InvalidPropertyError(
            f"client {client_id}: RefreshTokenRotation with ALLOW_REFRESH_TOKEN_AUTH"
        )
    return grace_seconds


def _accept_what_changes_nothing(properties: Properties) -> None:
    properties.only("SupportedIdentityProviders", ["COGNITO"])
    properties.only("AllowedOAuthFlowsUserPoolClient", False, "false")
    properties.only("EnablePropagateAdditionalUserContextData", False, "false")
    properties.only("EnableTokenRevocation", True, "true")
    properties.only("GenerateSecret", False, "false")
    properties.inert("ClientName")
