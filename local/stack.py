"""Puts the running parts together from the resources of the template."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import httpx

from local.api_gateway.errors import DefinitionError
from local.api_gateway.live_api import LiveApi, created, updated
from local.api_gateway.rest_api import RestApi
from local.api_gateway.usage_plans import stage_keys
from local.aws_lambda.function_resources import build_functions, read_roles
from local.aws_lambda.functions import Functions
from local.aws_lambda.pool import StartWorker
from local.aws_lambda.worker_process import start_worker
from local.cloudfront.site import Site
from local.cloudfront.stack_site import build_site
from local.cognito_identity.identity_pools import IdentityPools
from local.cognito_idp.user_pools import UserPools
from local.cognito_quotas import Admission, admission_of
from local.configuration import STAND_IN_KEYS, Configuration
from local.dynamodb import Tables, read_tables
from local.errors import UnsupportedError
from local.gateway_ports import GatewayPorts
from local.iam.policy import Role
from local.iam.sessions import Sessions
from local.secrets_manager import (
    SECRETS,
    StoredSecret,
    read_secrets,
    updated_secrets,
    with_secrets,
)
from local.state import FILE, State
from local.template.replacements import POOL, refuse_loss_of_users
from local.template.stack_template import StackTemplate
from stand_ins.app import StandIns, build_stand_ins

type Clock = Callable[[], float]
"""Seconds since 1970."""


@dataclass(frozen=True)
class Stack:
    """`template` is what it was built of, `live_api` what its stage serves."""

    template: StackTemplate
    state: State
    functions: Functions
    user_pools: UserPools
    identity_pools: IdentityPools
    sessions: Sessions
    secrets: Mapping[str, StoredSecret]
    tables: Tables
    live_api: LiveApi
    rest_api: RestApi
    stand_ins: StandIns
    site: Site
    http: httpx.AsyncClient
    now: Clock
    admit: Admission

    async def close(self) -> None:
        await self.functions.close()
        await self.http.aclose()
        self.state.close()


def build_stack(
    template: StackTemplate,
    configuration: Configuration,
    *,
    now: Clock = time.time,
    before: Stack | None = None,
    start_worker: StartWorker = start_worker,
) -> Stack:
    """Every part, ready to serve; raises LocalStackError for what cannot be run here.

    `now` is the time of AWS's own services; functions have this machine's. `before` is the stack
    that is updated to the template: what CloudFormation keeps is kept, and so are its stand-ins.
    """
    if before:
        refuse_loss_of_users(before.template, template)
    state = before.state if before else State(configuration.state_dir / FILE)
    roles = read_roles(template)
    sessions = Sessions(
        roles=roles.values(),
        state=state,
        now=now,
        random_bytes=os.urandom,
        before=before.sessions if before else None,
    )
    functions = build_functions(
        *(template, roles, sessions, configuration),
        before=before.functions if before else None,
        start_worker=start_worker,
    )
    user_pools = _user_pools(template, functions, state, now, before)
    http = before.http if before else httpx.AsyncClient(trust_env=False, follow_redirects=False)
    live_api = updated(before.live_api, template) if before else created(template)
    ports = GatewayPorts(functions, user_pools, sessions, template.place, now)
    secrets = _secrets(template, state, before)
    with_own_secrets = partial(with_secrets, secrets=secrets)
    try:
        rest_api = _rest_api(template, live_api, ports, http, now, with_own_secrets)
    except DefinitionError as error:
        raise UnsupportedError(f"the API: {error}") from error
    stand_ins = before.stand_ins if before else _stand_ins(configuration, now)
    return Stack(
        template=template,
        state=state,
        functions=functions,
        user_pools=user_pools,
        identity_pools=_identity_pools(template, roles, user_pools, sessions, state, now),
        sessions=sessions,
        secrets=secrets,
        tables=_tables(template, before),
        live_api=live_api,
        rest_api=rest_api,
        stand_ins=stand_ins,
        site=build_site(
            *(template, configuration, rest_api, stand_ins.site_head),
            read_secrets=with_own_secrets,
            now=now,
        ),
        http=http,
        now=now,
        admit=before.admit
        if before
        else admission_of(has_quotas=configuration.has_quotas, now=now),
    )


def _stand_ins(configuration: Configuration, now: Clock) -> StandIns:
    return build_stand_ins(
        alchemy_key=STAND_IN_KEYS["alchemy"],
        moralis_key=STAND_IN_KEYS["moralis"],
        now=now,
        page_origins=configuration.page_origins,
    )


def _secrets(
    template: StackTemplate, state: State, before: Stack | None
) -> Mapping[str, StoredSecret]:
    resources = template.of_type(SECRETS)
    fresh = read_secrets(resources, state, os.urandom)
    if before is None:
        return fresh
    given_before, given = (
        {secret.physical_id: secret.properties for secret in found}
        for found in (before.template.of_type(SECRETS), resources)
    )
    return updated_secrets(before.secrets, given_before, fresh, given)


def _tables(template: StackTemplate, before: Stack | None) -> Tables:
    found = template.of_type("AWS::DynamoDB::Table")
    tables = read_tables(
        {table.physical_id: table.properties for table in found},
        {table.physical_id: table.arn for table in found},
    )
    if before:
        tables.keep_items_of(before.tables)
    return tables


def _user_pools(
    template: StackTemplate, functions: Functions, state: State, now: Clock, before: Stack | None
) -> UserPools:
    return UserPools(
        pools={r.arn: r.properties for r in template.of_type(POOL)},
        clients={
            r.physical_id: r.properties for r in template.of_type("AWS::Cognito::UserPoolClient")
        },
        invoke=functions.invoke,
        state=state,
        now=now,
        random_bytes=os.urandom,
        auth_sessions=before.user_pools.auth_sessions if before else None,
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
    template: StackTemplate,
    live: LiveApi,
    ports: GatewayPorts,
    http: httpx.AsyncClient,
    now: Clock,
    with_own_secrets: Callable[[str], str],
) -> RestApi:
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
        api_keys=stage_keys(template, stage, with_own_secrets),
    )
