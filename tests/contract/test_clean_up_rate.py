"""What the threat model says about the clean-up of a flood of sign-ups is what the code does."""

from __future__ import annotations

from pathlib import Path

from users.clean_up import DELETIONS_PER_SECOND, MAX_DELETIONS

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "threat-model.md").read_text()


def test_the_threat_model_states_how_fast_a_flood_is_cleaned_up() -> None:
    rate = f"at most {MAX_DELETIONS:,} at {DELETIONS_PER_SECOND} a second"
    assert rate in TEXT
    assert f"{24 * MAX_DELETIONS:,} a day" in TEXT
