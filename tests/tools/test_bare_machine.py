"""The bare machine is made beside the checkout, and never over anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.bare_machine import check_folder, inside, mark
from tools.step import ROOT


def test_a_folder_in_the_checkout_is_refused() -> None:
    with pytest.raises(SystemExit, match="is in the checkout; name a folder outside"):
        check_folder(ROOT / "bare")


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="was not made by this; name another folder"):
        check_folder(tmp_path)


def test_a_new_folder_and_the_last_run_s_are_taken(tmp_path: Path) -> None:
    check_folder(tmp_path / "new")
    mark(tmp_path).touch()
    check_folder(tmp_path)


def test_a_command_is_one_word_to_the_shell_in_the_tree() -> None:
    *_, script, name, tree = inside(Path("/a tree"), "echo 'two words' && id")
    assert (name, tree) == ("enter", "/a tree")
    assert "chroot '/a tree' env -i " in script
    assert script.endswith("""sh -c 'echo '"'"'two words'"'"' && id'""")
