"""Random identifiers in the shapes AWS uses."""

import uuid
from collections.abc import Callable

type RandomBytes = Callable[[int], bytes]
"""`os.urandom`, or a seeded source in tests."""


def new_uuid(random_bytes: RandomBytes) -> str:
    """A version 4 UUID, such as a `sub`, a `jti` or the second half of an identity id."""
    return str(uuid.UUID(bytes=random_bytes(16), version=4))
