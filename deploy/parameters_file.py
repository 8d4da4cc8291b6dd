"""A parameters file: `Key=Value` words, as `sam deploy --parameter-overrides` takes them."""

from __future__ import annotations

from pathlib import Path


def read_parameters(file: Path) -> dict[str, str]:
    """Values by name, as the shell and SAM read them; none where there is no such file."""
    if not file.is_file():
        return {}
    words = (word.partition("=") for word in file.read_text().split())
    return {name: value.strip("\"'") for name, is_pair, value in words if is_pair}
