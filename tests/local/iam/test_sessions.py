import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from local.iam.policy import Role
from local.iam.sessions import Session, Sessions
from local.state import State
from tests.local.cognito_idp.fakes import FakeClock, SeededBytes

TRUST: dict[str, Any] = {"Version": "2012-10-17", "Statement": []}
ROLE = Role("Guest", "arn:aws:iam::123456789012:role/Guest", TRUST, ())
OTHER = Role("User", "arn:aws:iam::123456789012:role/User", TRUST, ())


def _sessions(
    state: State | None = None,
    *roles: Role,
    clock: FakeClock | None = None,
    seed: str = "seed",
) -> Sessions:
    return Sessions(
        roles=roles or (ROLE, OTHER),
        state=state or State(None),
        now=clock or FakeClock(),
        random_bytes=SeededBytes(seed),
    )


def _issue(sessions: Sessions, role: Role = ROLE) -> Session:
    return sessions.issue(role, "CognitoIdentityCredentials", lifetime_seconds=3600)


def test_issues_credentials_in_the_shape_of_sts() -> None:
    session = _issue(_sessions())
    assert re.fullmatch("ASIA[A-Z2-7]{16}", session.access_key_id)
    assert len(session.secret_access_key) == 40
    assert session.assumed_role_arn == (
        "arn:aws:sts::123456789012:assumed-role/Guest/CognitoIdentityCredentials"
    )
    assert session.expires_at == FakeClock().time + 3600


def test_finds_a_session_by_its_key_id_only() -> None:
    sessions = _sessions()
    session = _issue(sessions)
    assert sessions.find(session.access_key_id) == session
    assert sessions.find("ASIA0000000000000000") is None
    assert sessions.find("") is None


def test_gives_each_session_its_own_credentials() -> None:
    sessions = _sessions()
    first, second = _issue(sessions), _issue(sessions)
    assert first.access_key_id != second.access_key_id
    assert first.secret_access_key != second.secret_access_key
    assert first.session_token != second.session_token
    assert first.secret_access_key not in first.session_token


def test_another_installation_derives_other_secrets() -> None:
    assert _issue(_sessions()).secret_access_key != _issue(_sessions(seed="b")).secret_access_key


def test_survives_a_restart_without_storing_a_secret(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    session = _issue(_sessions(State(path)))
    assert _sessions(State(path), seed="later").find(session.access_key_id) == session
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert session.secret_access_key.encode() not in written
    assert session.session_token.encode() not in written
    assert session.access_key_id.encode() in written


def test_what_a_process_of_this_run_is_given_outlives_an_update_and_no_restart() -> None:
    state = State(None)
    before = _sessions(state)
    session = before.issue(ROLE, "function", lifetime_seconds=3600, is_kept=False)
    updated = Sessions(
        roles=[ROLE], state=state, now=FakeClock(), random_bytes=SeededBytes(), before=before
    )
    assert updated.find(session.access_key_id) == session
    assert _sessions(state).find(session.access_key_id) is None


def test_a_session_has_the_policies_the_role_has_now(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    session = _issue(_sessions(State(path)))
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*"}
    changed = replace(ROLE, policies=({"Version": "2012-10-17", "Statement": deny},))
    found = _sessions(State(path), changed).find(session.access_key_id)
    assert found is not None
    assert found.role == changed
    assert _sessions(State(path), OTHER).find(session.access_key_id) is None


def test_issues_no_session_of_a_role_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="role/User"):
        _issue(_sessions(None, ROLE), OTHER)


def test_forgets_a_session_a_day_after_it_expired() -> None:
    clock = FakeClock()
    sessions = _sessions(clock=clock)
    session = _issue(sessions)
    clock.advance(3600 + 86_400)
    _issue(sessions)
    assert sessions.find(session.access_key_id) is not None
    clock.advance(1)
    _issue(sessions)
    assert sessions.find(session.access_key_id) is None


def test_shows_no_secret_when_printed() -> None:
    session = _issue(_sessions())
    assert session.secret_access_key not in repr(session)
    assert session.session_token not in repr(session)
