"""A state whose statements a test counts, and whose disk it fills."""

from __future__ import annotations

import sqlite3

from local.state import connect


class Watched:
    """A database and the statements that it was given."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def connect(self, database: str) -> sqlite3.Connection:
        self.database = connect(database)
        self.database.set_trace_callback(self.statements.append)
        return self.database

    def fill_the_disk(self) -> None:
        [[pages]] = self.database.execute("PRAGMA page_count")
        self.database.execute(f"PRAGMA max_page_count = {pages}")

    def make_room(self) -> None:
        self.database.execute("PRAGMA max_page_count = 1000000")

    def transactions(self) -> int:
        return self.statements.count("COMMIT")

    def scans(self) -> list[str]:
        """What was asked without an index, of the plans that SQLite makes."""
        asked = [s for s in self.statements if s.startswith(("SELECT", "DELETE", "UPDATE"))]
        self.database.set_trace_callback(None)
        plans = [
            (statement, row[3])
            for statement in asked
            for row in self.database.execute(f"EXPLAIN QUERY PLAN {statement}")
        ]
        return [f"{statement}: {plan}" for statement, plan in plans if plan.startswith("SCAN")]
