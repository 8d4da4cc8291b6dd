"""What the local stack remembers between two runs: one SQLite file, readable by its owner only.

It holds private signing keys, therefore mode 0600; SQLite gives its `-wal` and `-shm` the same.
The file is the only copy: a change that cannot be saved has not happened, in memory either.
Of a killed process every finished transaction is there, and no half of another.

Source: https://sqlite.org/wal.html, https://sqlite.org/expridx.html
"""

from __future__ import annotations

import json
import os
import sqlite3
import weakref
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

from local.errors import ConfigurationError

FILE = "state.sqlite3"
EARLIER_FILE = "state.json"
_FORMAT = 1
type Field = Literal["username", "sub", "login[1]", "expires_at"]
"""What records are found by, beside their key; each has an index."""
_FIELDS: tuple[Field, ...] = ("username", "sub", "login[1]", "expires_at")
type Connect = Callable[[str], sqlite3.Connection]


class StateError(ConfigurationError):
    """The state cannot be read as this program wrote it."""


class StateNotSavedError(StateError):
    """The disk is full, or may not be written: nothing has changed."""


def connect(database: str) -> sqlite3.Connection:
    """Transactions begin and end where this module says; an update builds in the same thread."""
    return sqlite3.connect(database, isolation_level=None, check_same_thread=False)


class State:
    """Named tables of JSON values.

    `path` None keeps everything in memory. An EARLIER_FILE beside it, of before there was a
    database, is taken over once and then deleted. Raises StateError for an unreadable file.
    """

    def __init__(self, path: Path | None, *, connect: Connect = connect) -> None:
        self._path = path
        earlier = path.with_name(EARLIER_FILE) if path else None
        try:
            if path is not None:
                _create(path)
            self._database = connect(str(path or ":memory:"))
            weakref.finalize(self, self._database.close)
            self._prepare(earlier)
        except (OSError, sqlite3.OperationalError) as error:
            raise StateNotSavedError(f"{path} cannot be written: {error}") from error
        except sqlite3.DatabaseError as error:
            raise _unreadable(path) from error

    def table(self, name: str) -> Table:
        """The table of that name; it needs no creation."""
        return Table(self, name)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes within it, or none. Nothing may be awaited within.

        A transaction within another is part of it. Raises StateNotSavedError.
        """
        if self._database.in_transaction:
            yield
            return
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self._database.in_transaction:  # SQLite may have ended it by itself
                self._database.execute("ROLLBACK")
            raise

    def execute(self, statement: str, values: tuple[object, ...] = ()) -> list[Any]:
        """The rows of one statement; raises StateNotSavedError."""
        try:
            return self._database.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise StateNotSavedError(f"{self._path}: {error}") from error

    def close(self) -> None:
        self._database.close()

    def _prepare(self, earlier: Path | None) -> None:
        # a commit is safe from a killed process; a power cut may take the last ones back
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        [[found]] = self._database.execute("PRAGMA user_version")
        if found not in (0, _FORMAT):
            raise _unreadable(self._path)
        if not found:
            self._begin(earlier)

    def _begin(self, earlier: Path | None) -> None:
        tables = read_earlier(earlier) if earlier and earlier.exists() else {}
        with self.transaction():
            for statement in _schema():
                self.execute(statement)
            for name, records in tables.items():
                self.table(name).update(records)
            self.execute(f"PRAGMA user_version = {_FORMAT}")
        if earlier:
            earlier.unlink(missing_ok=True)


class Table(MutableMapping[str, Any]):
    """Records by key, in the order of their keys. Each change is a transaction.

    A record is a copy: it changes by being put again.
    """

    def __init__(self, state: State, name: str) -> None:
        self._state = state
        self._name = name

    def __getitem__(self, key: str) -> Any:
        statement = "SELECT record FROM records WHERE kind = ? AND key = ?"
        for (record,) in self._state.execute(statement, (self._name, key)):
            return json.loads(record)
        raise KeyError(key)

    def __setitem__(self, key: str, record: Any) -> None:
        statement = "INSERT OR REPLACE INTO records VALUES (?, ?, ?)"
        text = json.dumps(record)
        with self._state.transaction():
            self._state.execute(statement, (self._name, key, text))

    def __delitem__(self, key: str) -> None:
        statement = "DELETE FROM records WHERE kind = ? AND key = ? RETURNING key"
        with self._state.transaction():
            if not self._state.execute(statement, (self._name, key)):
                raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        statement = "SELECT key FROM records WHERE kind = ? ORDER BY key"
        return iter([key for (key,) in self._state.execute(statement, (self._name,))])

    def __len__(self) -> int:
        statement = "SELECT count(*) FROM records WHERE kind = ?"
        [[count]] = self._state.execute(statement, (self._name,))
        return int(count)

    def after(self, key: str, *, limit: int) -> list[Any]:
        """At most `limit` records whose keys follow, in order."""
        statement = "SELECT record FROM records WHERE kind = ? AND key > ? ORDER BY key LIMIT ?"
        rows = self._state.execute(statement, (self._name, key, limit))
        return [json.loads(record) for (record,) in rows]

    def where(self, field: Field, value: str) -> dict[str, Any]:
        """The records with that value, by key."""
        found = f"kind = ? AND {_of(field)} = ?"
        statement = f"SELECT key, record FROM records WHERE {found}"  # noqa: S608, a name of ours
        rows = self._state.execute(statement, (self._name, value))
        return {key: json.loads(record) for key, record in rows}

    def remove_below(self, field: Field, limit: float) -> None:
        """Those whose number is lower."""
        found = f"kind = ? AND {_of(field)} < ?"
        statement = f"DELETE FROM records WHERE {found}"  # noqa: S608, a name of ours
        with self._state.transaction():
            self._state.execute(statement, (self._name, limit))


def read_earlier(path: Path) -> Mapping[str, dict[str, Any]]:
    """The tables of the JSON file that was the state before. Raises StateError."""
    try:
        tables = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        tables = None
    if not isinstance(tables, dict) or not all(isinstance(t, dict) for t in tables.values()):
        raise _unreadable(path)
    return tables


def count_users(path: Path) -> tuple[int, float]:
    """Users of a database, and the latest time of a sign-in, 0 for none. Raises StateError."""
    users = "SELECT count(*) FROM records WHERE kind LIKE 'users/%'"
    times = "json_extract(record, '$.auth_time')"
    latest = f"SELECT max({times}) FROM records WHERE kind = 'sign_ins'"  # noqa: S608, ours
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            [[count]], [[time]] = (database.execute(sql).fetchall() for sql in (users, latest))
        return int(count), float(time or 0)
    except sqlite3.Error as error:
        raise _unreadable(path) from error


def _schema() -> Iterator[str]:
    columns = "kind TEXT, key TEXT, record TEXT NOT NULL, PRIMARY KEY (kind, key)"
    yield f"CREATE TABLE records ({columns}) WITHOUT ROWID"
    for number, field in enumerate(_FIELDS):
        yield f"CREATE INDEX field_{number} ON records (kind, {_of(field)})"


def _of(field: Field) -> str:
    return f"json_extract(record, '$.{field}')"


def _create(path: Path) -> None:
    earlier = path.with_name(EARLIER_FILE)
    if earlier.exists() and not path.exists():
        read_earlier(earlier)  # where it cannot be taken over, nothing is begun
    path.parent.mkdir(parents=True, exist_ok=True)
    # with 0600 from the start: no moment when others could read the keys
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    for file in path.parent.glob(f"{path.name}*"):
        file.chmod(0o600)


def _unreadable(path: Path | None) -> StateError:
    return StateError(f"{path} is not a state file; delete it to start afresh")
