"""A parameters file: `Key=Value` lines, as `sam deploy --parameter-overrides` takes them."""

from __future__ import annotations

from pathlib import Path


def read_parameters(file: Path) -> dict[str, str]:
    """Values by name; none where there is no such file."""
    if not file.is_file():
        return {}
    lines = (line.strip().partition("=") for line in file.read_text().splitlines())
    return {name: value for name, _, value in lines if name}
