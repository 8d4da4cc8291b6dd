"""What a change invalidates."""

import pytest

from freshness.changes import TokenChange
from freshness.subjects import (
    MAX_SUBJECTS,
    chain_of,
    contract_subject,
    owner_subject,
    subjects_of,
    token_subject,
)
from tests.fixtures.deliveries import CONTRACT, NOBODY, RECEIVER, SENDER

MOVE = TokenChange(1, CONTRACT, "7", SENDER, RECEIVER)


def test_a_move_invalidates_the_token_and_both_wallets() -> None:
    assert subjects_of([MOVE]) == {
        f"token#1#{CONTRACT}#7",
        f"owner#1#{SENDER}",
        f"owner#1#{RECEIVER}",
    }


@pytest.mark.parametrize(
    ("change", "wallet"),
    [
        (TokenChange(1, CONTRACT, "7", NOBODY, RECEIVER), RECEIVER),
        (TokenChange(1, CONTRACT, "7", SENDER, NOBODY), SENDER),
    ],
    ids=["mint", "burn"],
)
def test_a_mint_or_burn_invalidates_the_collection_too(change: TokenChange, wallet: str) -> None:
    assert subjects_of([change]) == {
        f"token#1#{CONTRACT}#7",
        f"owner#1#{wallet}",
        f"contract#1#{CONTRACT}",
    }


def test_new_metadata_invalidates_the_token_and_the_collection() -> None:
    assert subjects_of([TokenChange(137, CONTRACT, "7")]) == {
        f"token#137#{CONTRACT}#7",
        f"contract#137#{CONTRACT}",
    }


def test_too_many_subjects_invalidate_their_chains() -> None:
    def moved(chain_id: int, tokens: int) -> list[TokenChange]:
        return [
            TokenChange(chain_id, CONTRACT, str(token), SENDER, SENDER) for token in range(tokens)
        ]

    just = moved(1, MAX_SUBJECTS - 1)
    assert len(subjects_of(just)) == MAX_SUBJECTS
    assert subjects_of(moved(1, MAX_SUBJECTS)) == {"chain#1"}
    assert subjects_of(just + moved(137, 1)) == {"chain#1", "chain#137"}


def test_subjects_are_spelled_one_way() -> None:
    assert owner_subject(1, SENDER.upper().replace("0X", "0x")) == owner_subject(1, SENDER)
    assert chain_of(token_subject(137, CONTRACT, "7")) == "chain#137"
    assert chain_of(contract_subject(10, CONTRACT)) == "chain#10"
