"""The provider keys of a parameters file, for the smoke test to look for in answers."""

from __future__ import annotations

from pathlib import Path

_KEY_PARAMETERS = ("AlchemyApiKey", "MoralisApiKey")
_EXAMPLES = "your-"


def provider_keys(file: Path) -> tuple[str, ...]:
    """Real keys among the file's `Key=Value` lines; none where there is no such file."""
    if not file.is_file():
        return ()
    lines = (line.strip().partition("=") for line in file.read_text().splitlines())
    values = [value for name, _, value in lines if name in _KEY_PARAMETERS]
    return tuple(value for value in values if value and not value.startswith(_EXAMPLES))
