"""What a change invalidates, under the names that caches file their answers by.

    owner#CHAIN#ADDRESS          what a wallet holds
    token#CHAIN#ADDRESS#ID       one token: its owner, its metadata
    contract#CHAIN#ADDRESS       the list of a collection's tokens
    chain#CHAIN                  all of a chain

A move between two wallets leaves a collection's list as it was; only a mint, a burn or new
metadata changes it.
"""

from collections.abc import Iterable

from freshness.changes import TokenChange
from runtime.freshness import Subject

# With the record of their delivery ten transactions of 100: about half a second of the five that
# Alchemy waits.
MAX_SUBJECTS = 999
_NOBODY = "0x" + "0" * 40


def owner_subject(chain_id: int, address: str) -> Subject:
    return Subject(f"owner#{chain_id}#{address.lower()}")


def token_subject(chain_id: int, contract_address: str, token_id: str) -> Subject:
    return Subject(f"token#{chain_id}#{contract_address.lower()}#{token_id}")


def contract_subject(chain_id: int, contract_address: str) -> Subject:
    return Subject(f"contract#{chain_id}#{contract_address.lower()}")


def chain_subject(chain_id: int) -> Subject:
    return Subject(f"chain#{chain_id}")


def chain_of(subject: Subject) -> Subject:
    """The subject of the chain another subject is on."""
    return chain_subject(int(subject.split("#")[1]))


def subjects_of(changes: Iterable[TokenChange]) -> frozenset[Subject]:
    """What to invalidate; whole chains where that would be more than MAX_SUBJECTS."""
    subjects = frozenset(subject for change in changes for subject in _subjects_of(change))
    return subjects if len(subjects) <= MAX_SUBJECTS else frozenset(map(chain_of, subjects))


def _subjects_of(change: TokenChange) -> Iterable[Subject]:
    chain_id, contract_address = change.chain_id, change.contract_address
    wallets = {change.from_address, change.to_address}
    yield token_subject(chain_id, contract_address, change.token_id)
    if wallets & {None, _NOBODY}:
        yield contract_subject(chain_id, contract_address)
    for address in wallets - {None, _NOBODY}:
        yield owner_subject(chain_id, str(address))
