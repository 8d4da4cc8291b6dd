"""What the stack knows of one resource type, and how ids are made that survive restarts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Place:
    """Where the stack pretends to be."""

    region: str
    account_id: str
    stack_name: str
    site_host: str

    def digits(self, logical_id: str, length: int) -> str:
        """A base-36 id that survives restarts of the stack, so that browsers keep sessions."""
        number = int.from_bytes(hashlib.sha512(f"{self.stack_name}/{logical_id}".encode()).digest())
        digits = ""
        for _ in range(length):
            number, digit = divmod(number, 36)
            digits += _BASE36[digit]
        return digits

    def arn(self, service: str, resource: str, *, region: bool = True) -> str:
        return f"arn:aws:{service}:{self.region if region else ''}:{self.account_id}:{resource}"


Ids = Callable[[Place, str, str], str]
"""(place, logical id, name given in the properties or "") -> physical id or attribute."""


@dataclass(frozen=True)
class ResourceType:
    ref: Ids
    attributes: Mapping[str, Ids] = field(default_factory=dict)
    name_property: str = ""
    executed: frozenset[str] = frozenset()
    inert: frozenset[str] = frozenset()
    checks_own_properties: bool = False


def by_name(place: Place, logical_id: str, name: str) -> str:
    return name or f"{place.stack_name}-{logical_id}-{place.digits(logical_id, 12).upper()}"


def by_digits(length: int) -> Ids:
    return lambda place, logical_id, name: place.digits(logical_id, length)


def by_logical_id(place: Place, logical_id: str, name: str) -> str:
    return logical_id


def arn_by_name(service: str, kind: str, *, ending: str = "", region: bool = True) -> Ids:
    """The ARN of what is called by its name, after its `kind`."""

    def arn(place: Place, logical_id: str, name: str) -> str:
        resource = f"{kind}{by_name(place, logical_id, name)}{ending}"
        return place.arn(service, resource, region=region)

    return arn
