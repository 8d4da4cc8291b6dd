"""What a receiver reads of API Gateway's event: the body as it was sent.

https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
"""

import base64
import binascii

from runtime.event import ProxyEvent
from webhooks.errors import BodyTooLargeError, InvalidSignatureError

# A transfer takes 600 to 1,500 bytes: some hundreds of them fit.
MAX_BODY_BYTES = 1024 * 1024
_MAX_BASE64_LENGTH = 4 * -(-MAX_BODY_BYTES // 3)


def raw_body(event: ProxyEvent) -> bytes:
    """The bytes that were signed.

    Raises BodyTooLargeError; InvalidSignatureError for text that no bytes can have become, since
    nobody can have signed that.
    """
    body = event.get("body")
    if not isinstance(body, str):
        return b""
    if len(body) > _MAX_BASE64_LENGTH:
        raise BodyTooLargeError(f"over {MAX_BODY_BYTES} bytes")
    raw = _decoded(body) if event.get("isBase64Encoded") is True else _encoded(body)
    if len(raw) > MAX_BODY_BYTES:
        raise BodyTooLargeError(f"over {MAX_BODY_BYTES} bytes")
    return raw


def _decoded(body: str) -> bytes:
    try:
        raw = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidSignatureError("the body is not base64") from None
    if base64.b64encode(raw).decode() != body:
        raise InvalidSignatureError("the body is not base64 as API Gateway writes it")
    return raw


def _encoded(body: str) -> bytes:
    try:
        return body.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        raise InvalidSignatureError("the body is not UTF-8") from None
