"""What a fetch is asked for, and what it gives back."""

from collections.abc import Callable
from dataclasses import dataclass

from fetch.content_type import Kind
from runtime.deadline import Deadline


@dataclass(frozen=True)
class FetchRequest:
    """A GET, or a POST where `json_body` is given (which follows no redirect).

    `max_bytes` bounds the body as decoded from its Content-Encoding. `on_redirect` is called before
    each redirect is followed; what it raises ends the fetch.
    """

    url: str
    accept: frozenset[Kind]
    max_bytes: int
    json_body: bytes | None = None
    on_redirect: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Fetched:
    """`kind` is what the first bytes of `body` show, and one that was asked for."""

    kind: Kind
    body: bytes


type Fetch = Callable[[FetchRequest, Deadline], Fetched]
"""What is there by the deadline; raises FetchError."""
