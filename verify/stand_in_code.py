"""The stand-ins and the packages that they import, as a zip for Lambda.

All of it is pure Python, so this machine's packages run on Lambda's.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PACKAGES = ("starlette", "pyjwt")
_ETHEREUM = ("__init__", "chains", "contract_wallet_validator")
"""What stand_ins/backend.py takes of the backend."""
_OURS = ("stand_ins/**/*.py", *(f"backend/ethereum/{name}.py" for name in _ETHEREUM))
_NOT_THERE = "stand_ins/demo_wallet/"


def stand_in_code() -> tuple[str, bytes]:
    """Its key, which changes with its content, and the zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted({**_ours(), **_packages()}.items()):
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    content = buffer.getvalue()
    return f"{hashlib.sha256(content).hexdigest()}.zip", content


def _ours() -> dict[str, bytes]:
    files = [file for pattern in _OURS for file in ROOT.glob(pattern)]
    named = {file.relative_to(ROOT).as_posix(): file for file in files}
    return {n: file.read_bytes() for n, file in named.items() if not n.startswith(_NOT_THERE)}


def _packages() -> dict[str, bytes]:
    found = {}
    for name in _with_requirements(_PACKAGES):
        for file in distribution(name).files or ():
            if file.suffix == ".py":
                found[file.as_posix()] = Path(str(file.locate())).read_bytes()
    return found


def _with_requirements(names: tuple[str, ...]) -> Iterator[str]:
    """The packages and what they need on Lambda's Python, none twice."""
    waiting, seen = list(names), set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        yield name
        needed = distribution(name).requires or ()
        waiting += [_name_of(each) for each in needed if _is_needed(each)]


def _name_of(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower()


def _is_needed(requirement: str) -> bool:
    """Extras and packages of older Pythons are not."""
    marker = requirement.partition(";")[2]
    return "extra" not in marker and not re.search(r"python_version\s*<", marker)
