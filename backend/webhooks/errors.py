"""Everything that can go wrong with a delivery, and what its sender is told.

WebhookError                    internal_error      500
├── BodyTooLargeError           payload_too_large   413
├── InvalidSignatureError       invalid_signature   401   the same words whatever is wrong with it
├── DeliveryError
│   ├── MalformedDeliveryError  malformed_delivery  400   signed, but not as documented
│   └── StaleDeliveryError      stale_delivery      400   of too long ago, or of the future
└── SigningKeyError             internal_error      500   our secret is missing or malformed

Two audiences: `code` and `message` are for the sender and fixed by the class; `cause` is for the
log, a short text made here and never a body, a header or a key.
"""

from runtime.errors import RouteError


class WebhookError(RouteError):
    message = "Something went wrong here. Send it again."


class BodyTooLargeError(WebhookError):
    """The delivery is larger than 1 MB."""

    code, status, message = "payload_too_large", 413, "The delivery is too large."


class InvalidSignatureError(WebhookError):
    """The provider's key did not sign the delivery."""

    code, status, message = "invalid_signature", 401, "The delivery is not signed as expected."


class DeliveryError(WebhookError):
    """The delivery is signed, but not as documented."""

    code, status, message = "malformed_delivery", 400, "The delivery cannot be read."


class MalformedDeliveryError(DeliveryError):
    pass


class StaleDeliveryError(DeliveryError):
    """The delivery is too old, or from the future."""

    code, message = "stale_delivery", "The delivery is not from the last hours."


class SigningKeyError(WebhookError):
    pass
