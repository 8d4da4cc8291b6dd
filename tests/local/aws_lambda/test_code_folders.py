"""Changed code is seen soon, and files are not looked at for every invocation."""

from __future__ import annotations

import os
from pathlib import Path

from local.aws_lambda.code_folders import LOOK_SECONDS, CodeFolders


def test_a_change_is_seen_at_the_next_look(tmp_path: Path) -> None:
    clock = [100.0]
    folders = CodeFolders(lambda: clock[0])
    (tmp_path / "room").mkdir()
    file = tmp_path / "room" / "code.py"
    file.touch()
    os.utime(file, (1, 1))
    assert folders.changed_at(tmp_path) == 1
    os.utime(file, (2, 2))
    assert folders.changed_at(tmp_path) == 1
    clock[0] += LOOK_SECONDS
    assert folders.changed_at(tmp_path) == 2


def test_a_folder_without_code_never_changed(tmp_path: Path) -> None:
    assert CodeFolders(lambda: 0.0).changed_at(tmp_path) == 0
