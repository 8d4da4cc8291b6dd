"""Puts the running parts together from the resources of the template."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx

from local.api_gateway.live_api import created
from local.api_gateway.rest_api import RestApi
from local.aws_json import Admit, admit_all
from local.aws_lambda.function_resources import build_functions, read_roles
from local.aws_lambda.functions import Functions
from local.cloudfront.site import Site
from local.cloudfront.stack_site import build_site
from local.cognito_identity.identity_pools import IdentityPools
from local.cognito_idp.state import State
from local.cognito_idp.user_pools import UserPools
from local.cognito_quotas import IDENTITY_POOLS, USER_POOLS, admission
from local.configuration import STAND_IN_KEYS, Configuration
from local.dynamodb import Tables, read_tables
from local.errors import UnsupportedError
from local.gateway_ports import GatewayPorts
from local.iam.policy import Role
from local.iam.sessions import Sessions
from local.secrets_manager import StoredSecret, read_secrets
from local.template.stack_template import StackTemplate
from stand_ins.app import StandIns, build_stand_ins

type Clock = Callable[[], float]
"""Seconds since 1970."""


@dataclass(frozen=True)
class AdmitCalls:
    """What counts the calls of each of Cognito's services."""

    user_pools: Admit = admit_all
    identity_pools: Admit = admit_all


@dataclass(frozen=True)
class Stack:
    functions: Functions
    user_pools: UserPools
    identity_pools: IdentityPools
    sessions: Sessions
    secrets: Mapping[str, StoredSecret]
    tables: Tables
    rest_api: RestApi
    stand_ins: StandIns
    site: Site
    http: httpx.AsyncClient
    now: Clock
    admit: AdmitCalls

    async def close(self) -> None:
        await self.functions.close()
        await self.http.aclose()


def build_stack(
    template: StackTemplate, configuration: Configuration, *, now: Clock = time.time
) -> Stack:
    """Every part, ready to serve; raises LocalStackError for what cannot be run here.

    `now` is the time of AWS's own services; functions have this machine's.
    """
    state = State(configuration.state_dir / "state.json")
    roles = read_roles(template)
    sessions = Sessions(roles=roles.values(), state=state, now=now, random_bytes=os.urandom)
    functions = build_functions(template, roles, sessions, configuration)
    user_pools = _user_pools(template, functions, state, now)
    http = httpx.AsyncClient(trust_env=False, follow_redirects=False)
    ports = GatewayPorts(functions, user_pools, sessions, template.place, now)
    rest_api = _rest_api(template, ports, http, now)
    stand_ins = build_stand_ins(
        alchemy_key=STAND_IN_KEYS["alchemy"],
        moralis_key=STAND_IN_KEYS["moralis"],
        now=now,
        site_origins=configuration.site_origins,
    )
    return Stack(
        functions=functions,
        user_pools=user_pools,
        identity_pools=_identity_pools(template, roles, user_pools, sessions, state, now),
        sessions=sessions,
        secrets=read_secrets(template.of_type("AWS::SecretsManager::Secret"), state, os.urandom),
        tables=_tables(template),
        rest_api=rest_api,
        stand_ins=stand_ins,
        site=build_site(template, configuration, rest_api, stand_ins.site_head),
        http=http,
        now=now,
        admit=_admit_calls(configuration, now),
    )


def _admit_calls(configuration: Configuration, now: Clock) -> AdmitCalls:
    if not configuration.has_quotas:
        return AdmitCalls()
    return AdmitCalls(admission(USER_POOLS, now), admission(IDENTITY_POOLS, now))


def _tables(template: StackTemplate) -> Tables:
    found = template.of_type("AWS::DynamoDB::Table")
    return read_tables(
        {table.physical_id: table.properties for table in found},
        {table.physical_id: table.arn for table in found},
    )


def _user_pools(
    template: StackTemplate, functions: Functions, state: State, now: Clock
) -> UserPools:
    return UserPools(
        pools={r.arn: r.properties for r in template.of_type("AWS::Cognito::UserPool")},
        clients={
            r.physical_id: r.properties for r in template.of_type("AWS::Cognito::UserPoolClient")
        },
        invoke=functions.invoke,
        state=state,
        now=now,
        random_bytes=os.urandom,
    )


def _identity_pools(
    template: StackTemplate,
    roles: Mapping[str, Role],
    user_pools: UserPools,
    sessions: Sessions,
    state: State,
    now: Clock,
) -> IdentityPools:
    attachments = template.of_type("AWS::Cognito::IdentityPoolRoleAttachment")
    return IdentityPools(
        pools={r.physical_id: r.properties for r in template.of_type("AWS::Cognito::IdentityPool")},
        role_attachments=[r.properties for r in attachments],
        roles=roles,
        user_pools=user_pools,
        sessions=sessions,
        state=state,
        now=now,
        random_bytes=os.urandom,
    )


def _rest_api(
    template: StackTemplate, ports: GatewayPorts, http: httpx.AsyncClient, now: Clock
) -> RestApi:
    live = created(template)
    api, stage = live.api, live.stage
    if api.properties.get("EndpointConfiguration") != {"Types": ["REGIONAL"]}:
        raise UnsupportedError("the local stack models an API with a REGIONAL endpoint only")
    return RestApi(
        api_id=api.physical_id,
        stage_name=stage.physical_id,
        region=template.place.region,
        account_id=template.place.account_id,
        body=live.body,
        minimum_compression_size=api.properties.get("MinimumCompressionSize"),
        stage_properties=stage.properties,
        invoke=ports.invoke,
        verify_iam=ports.verify_iam,
        authorize_iam=ports.authorize_iam,
        verify_id_token=ports.verify_id_token,
        http=http,
        now=now,
        new_request_id=lambda: str(uuid.uuid4()),
    )
