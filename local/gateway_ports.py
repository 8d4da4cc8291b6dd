"""What API Gateway asks of IAM, Cognito and Lambda, in the words of `local.api_gateway.ports`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from starlette.requests import Request

from local.api_gateway import ports
from local.aws_lambda.errors import InvokeDeniedError
from local.aws_lambda.functions import Functions
from local.cognito_idp.tokens import TokenError, TokenExpiredError
from local.cognito_idp.user_pools import UserPools
from local.iam.policy import is_allowed
from local.iam.sessions import Session, Sessions
from local.iam.sigv4 import SigV4Error, verify_sigv4
from local.request_notes import notes
from local.template.resource_types import Place


class GatewayPorts:
    def __init__(
        self,
        functions: Functions,
        user_pools: UserPools,
        sessions: Sessions,
        place: Place,
        now: Callable[[], float],
    ) -> None:
        self._functions = functions
        self._user_pools = user_pools
        self._sessions = sessions
        self._region = place.region
        self._now = now

    async def invoke(
        self, function_arn: str, event: Mapping[str, object], *, principal: str, source_arn: str
    ) -> object:
        try:
            return await self._functions.invoke(
                function_arn, event, principal=principal, source_arn=source_arn
            )
        except InvokeDeniedError as error:
            raise ports.InvokeDeniedError from error

    def verify_iam(self, request: Request, body: bytes) -> Session:
        try:
            session = verify_sigv4(
                request,
                body,
                sessions=self._sessions,
                service="execute-api",
                region=self._region,
                now=self._now(),
            )
        except SigV4Error as error:
            raise ports.IamRefusedError(error.error_type, error.message) from error
        notes().caller = session.name_of_caller
        return session

    def authorize_iam(self, caller: ports.IamCaller, *, action: str, resource: str) -> bool:
        role = cast("Session", caller).role
        return is_allowed(role, action=action, resource=resource, context={})

    def verify_id_token(self, user_pool_arn: str, token: str) -> Mapping[str, object]:
        try:
            claims = self._user_pools.verify_id_token(user_pool_arn, token)
        except TokenExpiredError as error:
            raise ports.TokenExpiredError from error
        except TokenError as error:
            notes().add_cause("ID token", str(error))
            raise ports.TokenRefusedError from error
        notes().set_wallet(str(claims["cognito:username"]))
        return claims
