import json
import stat
from pathlib import Path

import pytest

from local.cognito_idp.state import State, StateError


def test_gives_back_what_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "state.json"
    state = State(path)
    state.table("users")["alice"] = {"confirmed": True}
    state.save()
    assert State(path).table("users") == {"alice": {"confirmed": True}}


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text("{}")
    path.chmod(0o644)
    state = State(path)
    state.save()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_failed_save_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    state = State(path)
    state.table("users")["alice"] = 1
    state.save()
    state.table("users")["bob"] = object()
    with pytest.raises(TypeError):
        state.save()
    assert json.loads(path.read_text()) == {"users": {"alice": 1}}
    assert [file.name for file in tmp_path.iterdir()] == ["state.json"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"users": 1}', "\x00"])
def test_refuses_a_file_it_did_not_write(tmp_path: Path, content: str) -> None:
    path = tmp_path / "state.json"
    path.write_text(content)
    with pytest.raises(StateError, match=r"state\.json is not a state file"):
        State(path)
    assert path.read_text() == content


def test_without_a_path_nothing_is_written() -> None:
    state = State(None)
    state.table("users")["alice"] = 1
    state.save()
    assert state.table("users") == {"alice": 1}
