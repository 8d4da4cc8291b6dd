from typing import Any

import pytest

from local.cognito_idp.properties import InvalidPropertyError, UnsupportedPropertyError
from local.cognito_idp.user_pools import UserPools
from tests.local.cognito_identity.pools import PROVIDER, USER, make_identity_pools
from tests.local.cognito_idp.fakes import CLIENT_ID, FakeClock


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"pool": {"AllowClassicFlow": True}}, "AllowClassicFlow"),
        ({"pool": {"AllowClassicFlow": "true"}}, "AllowClassicFlow"),
        ({"pool": {"SupportedLoginProviders": {}}}, "SupportedLoginProviders"),
        ({"pool": {"OpenIdConnectProviderARNs": []}}, "OpenIdConnectProviderARNs"),
        ({"attachment": {"RoleMappings": {}}}, "RoleMappings"),
        ({"attached": {"authenticated": USER.arn, "admin": USER.arn}}, "admin"),
    ],
)
def test_refuses_by_name_a_property_that_is_not_modelled(
    user_pools: UserPools, clock: FakeClock, change: dict[str, Any], named: str
) -> None:
    with pytest.raises(UnsupportedPropertyError, match=named):
        make_identity_pools(user_pools, clock, **change)


@pytest.mark.parametrize(
    "change",
    [
        {"attached": {"authenticated": "arn:aws:iam::123456789012:role/Missing"}},
        {"attachment": {"IdentityPoolId": "us-east-1:unknown"}},
        {"pool": {"CognitoIdentityProviders": [{"ProviderName": PROVIDER}]}},
        {"pool": {"CognitoIdentityProviders": [{"ProviderName": "x", "ClientId": CLIENT_ID}]}},
        {"pool": {"AllowUnauthenticatedIdentities": "perhaps"}},
    ],
)
def test_refuses_a_pool_that_could_not_be_deployed(
    user_pools: UserPools, clock: FakeClock, change: dict[str, Any]
) -> None:
    with pytest.raises(InvalidPropertyError):
        make_identity_pools(user_pools, clock, **change)
