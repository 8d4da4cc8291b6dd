"""What was published to a bucket and when, kept in the bucket: `.publication.json`.

Open tabs load the rest of their own build late. A file that no page names any more stays a week.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from deploy.errors import ForeignBucketError

KEY = ".publication.json"
KEPT = timedelta(days=7)


@dataclass(frozen=True)
class Publication:
    stack: str
    live: frozenset[str]
    """Keys of the last build that was published whole."""
    retired: Mapping[str, datetime]
    """Keys of earlier builds, and of interrupted ones, with the time they were put aside."""

    def begun(self, keys: Iterable[str], now: datetime) -> Publication:
        """Before an upload: every new key is on record, so that no interruption loses one."""
        new = dict.fromkeys(set(keys) - self.live, now)
        return Publication(self.stack, self.live, {**self.retired, **new})

    def finished(self, keys: Iterable[str], now: datetime) -> Publication:
        """After index.html is up: these keys are the site, what they replaced is put aside."""
        live = frozenset(keys)
        aside = {**self.retired, **dict.fromkeys(self.live - live, now)}
        return Publication(self.stack, live, {k: t for k, t in aside.items() if k not in live})

    def stale(self, now: datetime) -> set[str]:
        return {key for key, since in self.retired.items() if now - since > KEPT}

    def without(self, keys: set[str]) -> Publication:
        kept = {key: since for key, since in self.retired.items() if key not in keys}
        return Publication(self.stack, self.live, kept)

    def to_json(self) -> bytes:
        retired = {key: since.isoformat() for key, since in sorted(self.retired.items())}
        document = {"stack": self.stack, "live": sorted(self.live), "retired": retired}
        return json.dumps(document, indent=2).encode() + b"\n"


def read_publication(text: bytes | None, *, expected_stack: str) -> Publication:
    """Raises ForeignBucketError for the record of another stack, and for no record of ours."""
    if text is None:
        return Publication(expected_stack, frozenset(), {})
    try:
        document = json.loads(text)
        retired = {k: datetime.fromisoformat(t) for k, t in document["retired"].items()}
        found = Publication(document["stack"], frozenset(document["live"]), retired)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ForeignBucketError(f"the bucket's {KEY} is not one of ours") from error
    if found.stack != expected_stack:
        raise ForeignBucketError(f"the bucket holds the site of the stack {found.stack}")
    return found
