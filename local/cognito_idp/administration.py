"""The operations of a user pool for its administrators: signed, and allowed by the caller's role.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pools-API-operations.html
"""

from collections.abc import Awaitable, Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from local.aws_json import Admit, Fields, answer, answer_error, required_string
from local.cognito_idp.admin_users import (
    admin_delete_user,
    admin_delete_user_attributes,
    admin_get_user,
    admin_update_user_attributes,
    admin_user_global_sign_out,
)
from local.cognito_idp.errors import AccessDeniedError
from local.cognito_idp.list_users import list_users
from local.cognito_idp.user_pool import UserPool
from local.cognito_idp.user_pools import UserPools
from local.iam.policy import is_allowed
from local.iam.sessions import Session
from local.iam.sigv4 import SigV4Error
from local.request_notes import notes

type Verify = Callable[[Request, bytes], Session]
"""The session that signed a request for this service and region; raises SigV4Error."""
type Administer = Callable[[UserPools, UserPool, Fields], Awaitable[dict[str, object]]]

OPERATIONS: dict[str, Administer] = {
    "AdminDeleteUser": admin_delete_user,
    "AdminDeleteUserAttributes": admin_delete_user_attributes,
    "AdminGetUser": admin_get_user,
    "AdminUpdateUserAttributes": admin_update_user_attributes,
    "AdminUserGlobalSignOut": admin_user_global_sign_out,
    "ListUsers": list_users,
}


class Administration:
    """Answers signed calls; `names` are their X-Amz-Target values."""

    def __init__(self, pools: UserPools, service: str, verify: Verify, admit: Admit) -> None:
        self._pools = pools
        self._service = service
        self._verify = verify
        self._admit = admit
        self.names = frozenset(f"{service}.{name}" for name in OPERATIONS)

    async def __call__(self, request: Request) -> Response:
        try:
            session = self._verify(request, await request.body())
        except SigV4Error as error:
            notes().add_cause(error.error_type)
            return answer_error(error.error_type, error.message)
        notes().caller = session.name_of_caller
        allowed = {name: partial(self._run, session, name) for name in OPERATIONS}
        return await answer(request, self._service, allowed, admit=self._admit)

    async def _run(self, session: Session, name: str, fields: Fields) -> dict[str, object]:
        pool = self._pools.pool(required_string(fields, "UserPoolId"))
        action = f"cognito-idp:{name}"
        if not is_allowed(session.role, action=action, resource=pool.arn, context={}):
            raise AccessDeniedError(
                f"User: {session.assumed_role_arn} is not authorized to perform: {action} on "
                f"resource: {pool.arn} because no identity-based policy allows the {action} action"
            )
        return await OPERATIONS[name](self._pools, pool, fields)
