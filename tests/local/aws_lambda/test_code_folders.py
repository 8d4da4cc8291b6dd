"""Changed code is seen at the next look, and files are not looked at for every invocation."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from local.aws_lambda.code_folders import CodeFolders


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "room").mkdir()
    for name in ("code.py", "table.json"):
        file = tmp_path / "room" / name
        file.write_text("old")
        os.utime(file, (1, 1))
    return tmp_path


def lengthen(room: Path) -> None:
    (room / "code.py").write_text("longer")
    os.utime(room / "code.py", (1, 1))


def add_folder(room: Path) -> None:
    (room / "deeper").mkdir()
    (room / "deeper" / "code.py").touch()


CHANGES: dict[str, Callable[[Path], Any]] = {
    "written later": lambda room: os.utime(room / "code.py", (2, 2)),
    "written earlier, as git does": lambda room: os.utime(room / "code.py", (0, 0)),
    "longer at the same time": lengthen,
    "new": lambda room: (room / "more.py").write_text(""),
    "gone": lambda room: (room / "code.py").unlink(),
    "under another name": lambda room: (room / "code.py").rename(room / "other.py"),
    "read by code": lambda room: os.utime(room / "table.json", (2, 2)),
    "in a new folder": add_folder,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_a_change_is_seen_at_the_next_look_and_once(
    folder: Path, change: Callable[[Path], Any]
) -> None:
    folders = CodeFolders()
    before = folders.version(folder)
    change(folder / "room")
    assert folders.version(folder) == before
    assert folders.look()
    assert folders.version(folder) != before
    assert not folders.look()


@pytest.mark.parametrize("name", ["__pycache__/code.pyc", ".code.py.swp", "code.py~"])
def test_what_python_and_editors_leave_there_is_no_change(folder: Path, name: str) -> None:
    folders = CodeFolders()
    folders.version(folder)
    file = folder / "room" / name
    file.parent.mkdir(exist_ok=True)
    file.touch()
    assert not folders.look()


def test_a_folder_that_is_not_there_never_changes(tmp_path: Path) -> None:
    folders = CodeFolders()
    before = folders.version(tmp_path / "nowhere")
    assert not folders.look()
    assert folders.version(tmp_path / "nowhere") == before
