"""One request on its way through one method."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from local.api_gateway.client_request import ClientRequest
from local.api_gateway.parameter_mapping import MappingInput
from local.api_gateway.ports import IamCaller


@dataclass(frozen=True, slots=True)
class Invocation:
    """The client's request with everything authorization and routing found out about it."""

    request: ClientRequest
    path_parameters: Mapping[str, str]
    context: Mapping[str, object]
    stage_variables: Mapping[str, str]
    iam_caller: IamCaller | None = None

    def mapping_input(self, integration_headers: Mapping[str, str] | None = None) -> MappingInput:
        """What parameter mappings of this request read; header names in lower case."""
        return MappingInput(
            request=self.request,
            path_parameters=self.path_parameters,
            context=self.context,
            stage_variables=self.stage_variables,
            integration_headers=integration_headers or {},
        )


@dataclass(frozen=True, slots=True)
class MethodResponse:
    """What goes back to the client; header names may repeat."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e\xa0-\xff]*")


def is_sendable(name: str, value: str) -> bool:
    """Whether HTTP/1.1 can carry the header: no control character, nothing beyond Latin-1."""
    return bool(_HEADER_NAME.fullmatch(name) and _HEADER_VALUE.fullmatch(value))
