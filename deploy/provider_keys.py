"""The provider keys of a parameters file, for the smoke test to look for in answers."""

from __future__ import annotations

from pathlib import Path

from deploy.parameters_file import read_parameters

_KEY_PARAMETERS = ("AlchemyApiKey", "MoralisApiKey")
_EXAMPLES = "your-"


def provider_keys(file: Path) -> tuple[str, ...]:
    """Real keys among the file's parameters; none where there is no such file."""
    given = read_parameters(file)
    values = [given[name] for name in _KEY_PARAMETERS if given.get(name)]
    return tuple(value for value in values if not value.startswith(_EXAMPLES))
