"""What a lookup found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """JSON text and who it is from; `status` is 204 where there is nothing to say."""

    body: str
    provider: str
    status: int = 200
