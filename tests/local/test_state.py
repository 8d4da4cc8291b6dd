"""The state file after a change, after a failed one, and after an earlier version."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from local.state import EARLIER_FILE, FILE, State, StateError, StateNotSavedError, connect
from tests.local.watched_state import Watched

BIG = {"text": "x" * 100_000}


def test_gives_back_what_was_put(tmp_path: Path) -> None:
    path = tmp_path / "deep" / FILE
    State(path).table("users")["alice"] = {"confirmed": True}
    assert State(path).table("users") == {"alice": {"confirmed": True}}


def test_a_record_is_a_copy_and_changes_by_being_put_again() -> None:
    table = State(None).table("users")
    table["alice"] = {"confirmed": False}
    table["alice"]["confirmed"] = True
    assert table["alice"] == {"confirmed": False}
    table["alice"] = table["alice"] | {"confirmed": True}
    assert table["alice"] == {"confirmed": True}


def test_tables_do_not_see_each_others_records() -> None:
    state = State(None)
    state.table("users/a")["alice"] = {"sub": "1"}
    assert not state.table("users/b")
    assert state.table("users/b").where("sub", "1") == {}
    assert "alice" not in state.table("users/b")
    with pytest.raises(KeyError):
        del state.table("users/b")["alice"]


def test_only_the_owner_may_read_the_files(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.touch(0o644)
    state = State(path)
    state.table("users")["alice"] = 1
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert modes == {FILE: 0o600, f"{FILE}-wal": 0o600, f"{FILE}-shm": 0o600}
    state.close()
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


def test_a_full_disk_is_a_typed_error_changes_nothing_and_passes(tmp_path: Path) -> None:
    watched = Watched()
    state = State(tmp_path / FILE, connect=watched.connect)
    table = state.table("users")
    table["alice"] = {"confirmed": True}
    watched.fill_the_disk()
    for name in ("alice", "bob"):
        with pytest.raises(StateNotSavedError, match="full"):
            table[name] = BIG
    assert table == {"alice": {"confirmed": True}}
    watched.make_room()
    table["bob"] = BIG
    assert State(tmp_path / FILE).table("users") == {"alice": {"confirmed": True}, "bob": BIG}


def test_a_file_that_may_not_be_written_is_a_typed_error_and_passes(tmp_path: Path) -> None:
    watched = Watched()
    table = State(tmp_path / FILE, connect=watched.connect).table("users")
    watched.database.execute("PRAGMA query_only = ON")
    with pytest.raises(StateNotSavedError, match="readonly"):
        table["alice"] = 1
    assert not table
    watched.database.execute("PRAGMA query_only = OFF")
    table["alice"] = 1
    assert table == {"alice": 1}


def test_a_transaction_that_fails_takes_all_its_changes_back() -> None:
    watched = Watched()
    state = State(None, connect=watched.connect)
    table, before = state.table("users"), watched.transactions()
    with pytest.raises(TypeError), state.transaction():
        table.update(alice=1, bob=object())
    assert not table
    with state.transaction():
        table["alice"] = 1
        table["bob"] = 2
    assert table == {"alice": 1, "bob": 2}
    assert watched.transactions() == before + 1


def test_records_are_found_by_index() -> None:
    watched = Watched()
    table = State(None, connect=watched.connect).table("sign_ins")
    for number in range(3):
        table[f"s{number}"] = {"username": f"u{number % 2}", "expires_at": number}
    assert list(table.where("username", "u0")) == ["s0", "s2"]
    assert [record["expires_at"] for record in table.after("s0", limit=1)] == [1]
    table.remove_below("expires_at", 1)
    assert list(table) == ["s1", "s2"]
    assert "s0" not in table
    assert watched.scans() == []


def test_takes_over_the_file_of_before_once(tmp_path: Path) -> None:
    earlier = tmp_path / EARLIER_FILE
    tables = {"users/p": {"alice": {"sub": "1"}}, "secrets": {"arn": "text"}}
    earlier.write_text(json.dumps(tables))
    state = State(tmp_path / FILE)
    assert {name: dict(state.table(name)) for name in tables} == tables
    assert not earlier.exists()
    earlier.write_text('{"users/p": {"mallory": {}}}')
    assert "mallory" not in State(tmp_path / FILE).table("users/p")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"users": 1}', "\x00"])
def test_names_a_file_of_before_that_it_cannot_take_over(tmp_path: Path, content: str) -> None:
    earlier = tmp_path / EARLIER_FILE
    for _ in range(2):
        earlier.write_text(content)
        with pytest.raises(StateError, match=r"state\.json is not a state file; delete it"):
            State(tmp_path / FILE)
        assert earlier.read_text() == content
        assert not (tmp_path / FILE).exists()
    earlier.unlink()
    assert not State(tmp_path / FILE).table("users")


@pytest.mark.parametrize("content", ["{}", "x" * 5_000, "SQLite format 3\0" + "x" * 5_000])
def test_refuses_a_file_it_did_not_write(tmp_path: Path, content: str) -> None:
    path = tmp_path / FILE
    path.write_text(content)
    with pytest.raises(StateError, match=r"state\.sqlite3 is not a state file"):
        State(path)
    assert path.read_text() == content


def test_refuses_a_database_of_a_later_version(tmp_path: Path) -> None:
    database = connect(str(tmp_path / FILE))
    database.execute("PRAGMA user_version = 2")
    database.close()
    with pytest.raises(StateError, match=r"state\.sqlite3 is not a state file"):
        State(tmp_path / FILE)


def test_a_folder_that_cannot_be_made_is_a_typed_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StateNotSavedError, match="cannot be written"):
        State(tmp_path / "file" / FILE)


def test_without_a_path_nothing_is_written() -> None:
    state = State(None)
    state.table("users")["alice"] = 1
    assert state.table("users") == {"alice": 1}
