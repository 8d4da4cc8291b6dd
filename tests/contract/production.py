"""The template with everything a production stack can have switched on."""

from __future__ import annotations

from typing import Any

from scan.templates import DOMAINS, EVERYTHING, SITE_ACL

__all__ = ["DOMAINS", "EVERYTHING", "PROD", "REGIONAL_ACL", "SITE_ACL", "strings_in"]

REGIONAL_ACL = (
    "arn:aws:wafv2:us-east-1:210987654321:regional/webacl/theirs/"
    "12345678-1234-1234-1234-123456789012"
)
PROD = {"Profile": "prod"}


def strings_in(value: Any) -> set[str]:
    """Every string of a JSON value, keys left out."""
    if isinstance(value, str):
        return {value}
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {text for item in items for text in strings_in(item)}
