"""What the threat model says a flood of sign-ups costs, computed again."""

from __future__ import annotations

from pathlib import Path

from users.clean_up import DELETIONS_PER_SECOND, MAX_DELETIONS

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "threat-model.md").read_text()
SIGN_UPS_PER_SECOND = 50  # the quota of UserCreation
TIERS = [(10_000, 0.0), (90_000, 0.0055), (900_000, 0.0046), (9_000_000, 0.00325)]
"""Users and dollars for each, on the Lite plan. https://aws.amazon.com/cognito/pricing"""


def price(users: int) -> float:
    """Dollars for this many monthly active users."""
    total = 0.0
    for size, each in TIERS:
        total += min(users, size) * each
        users -= min(users, size)
    return total


def row(title: str) -> list[str]:
    (line,) = [line for line in TEXT.splitlines() if line.startswith(f"| {title}")]
    return [cell.strip() for cell in line.split("|")[2:4]]


def test_the_price_list_gives_known_bills() -> None:
    assert (round(price(50_000)), round(price(1_000_000))) == (220, 4_635)


def test_the_threat_model_states_what_a_flood_costs() -> None:
    counts = [SIGN_UPS_PER_SECOND * seconds for seconds in (3600, 86_400)]
    assert row("records") == [f"{count:,}" for count in counts]
    assert row("Lite") == [f"${price(count):,.0f}" for count in counts]


def test_the_threat_model_states_how_fast_it_is_cleaned_up() -> None:
    rate = f"at most {MAX_DELETIONS:,} at {DELETIONS_PER_SECOND} a second"
    assert rate in TEXT
    assert f"{24 * MAX_DELETIONS:,} a day" in TEXT
