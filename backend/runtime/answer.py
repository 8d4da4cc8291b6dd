"""What a route answers, before it is a response, and what the log says about how."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

type CacheUse = Literal["none", "miss", "hit", "stale"]
"""Whether a function's memory was looked into, and what came of it; stale: nobody else answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is JSON text, empty with a 204. A browser may keep it for `max_age` seconds.

    `is_lasting`: not where something in it failed that may be there the next time.
    `is_public`: other caches on the way may too, since no authorization stands before the route.
    `log` has more fields for the log line: numbers and names, never an address or a body.
    """

    body: str
    status: int = 200
    provider: str = "none"
    cache: CacheUse = "none"
    upstream_status: int | None = None
    max_age: int = 0
    is_public: bool = False
    is_lasting: bool = True
    log: Mapping[str, object] = field(default_factory=dict)
