"""The sentence that a recap stands for: what the signer lets the relying party do (ERC-5573).

We take the sentence as part of what was signed and act on nothing in it. So a recap is read for
one purpose: that nobody signs a sentence that says less than the resource.

https://eips.ethereum.org/EIPS/eip-5573
"""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from itertools import groupby, starmap

from ethereum.errors import RecapMismatchError

_PREAMBLE = "I further authorize the stated URI to perform the following actions on my behalf:"
_SCHEME = "urn:recap:"
_NAMES = "[a-zA-Z0-9.*_+-]+"
_ABILITY = re.compile(f"{_NAMES}/{_NAMES}")
# Visible ASCII, and not URIs alone: WalletConnect names a namespace (`eip155`). A quote or a space
# would let one resource pass for the end of an entry and the beginning of another.
_RESOURCE = re.compile("[!-&(-~]+")


def statement_before_recap(statement: str | None, recap: str) -> str | None:
    """The statement without the recap's sentence at its end; None where the sentence was all.

    Raises:
        RecapMismatchError: the statement does not end with exactly that sentence, or what
            `recap_sentence` raises.
    """
    sentence = recap_sentence(recap)
    if statement == sentence:
        return None
    if statement is None or not statement.endswith(f" {sentence}"):
        raise RecapMismatchError("the statement does not end with the recap's sentence")
    return statement.removesuffix(f" {sentence}")


def recap_sentence(recap: str) -> str:
    """The sentence for a recap: `urn:recap:` and the unpadded base64url of JSON.

    Raises:
        RecapMismatchError: not the one way to write a recap: another alphabet, padding, spaces or
            escapes in the JSON, keys twice or unsorted, or another shape than ERC-5573's.
    """
    abilities_of = _read_attenuations(recap.removeprefix(_SCHEME))
    entries = [
        (namespace, ", ".join(f"'{key.partition('/')[2]}'" for key in keys), resource)
        for resource, abilities in abilities_of.items()
        for namespace, keys in groupby(abilities, lambda key: key.partition("/")[0])
    ]
    numbered = (
        f" ({number}) '{namespace}': {names} for '{resource}'."
        for number, (namespace, names, resource) in enumerate(entries, start=1)
    )
    return _PREAMBLE + "".join(numbered)


def _read_attenuations(encoded: str) -> dict[str, dict[str, object]]:
    """Resource -> ability -> its limits, resources and abilities in order."""
    try:
        details = json.loads(_decode(encoded), parse_float=_fraction, parse_constant=_refuse)
        is_canonical = _encode(details) == encoded
    except (ValueError, RecursionError):
        raise RecapMismatchError("the recap is not canonical base64url of JSON") from None
    if not is_canonical:
        raise RecapMismatchError("the recap can be written in another way")
    if not _is_details_object(details):
        raise RecapMismatchError("the recap's JSON has another shape")
    attenuations: dict[str, dict[str, object]] = details["att"]
    return attenuations


def _decode(encoded: str) -> str:
    return urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()


def _encode(details: object) -> str:
    """As every writer must: sorted by bytes, as short as can be. A key given twice is lost."""
    text = json.dumps(details, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def _fraction(text: str) -> float:
    number = float(text)
    return _refuse(text) if number.is_integer() else number  # 1.0 and 1e0 are written 1


def _refuse(text: str) -> float:
    raise ValueError("not a number that JSON writes so")


def _is_details_object(details: object) -> bool:
    if not isinstance(details, dict) or not details.keys() <= {"att", "prf"}:
        return False
    attenuations = details.get("att")
    if not isinstance(attenuations, dict) or not attenuations:
        return False
    has_proofs = _is_list_of(str, details.get("prf", []))
    return has_proofs and all(starmap(_is_attenuation, attenuations.items()))


def _is_attenuation(resource: str, abilities: object) -> bool:
    if _RESOURCE.fullmatch(resource) is None or not isinstance(abilities, dict) or not abilities:
        return False
    return all(
        _ABILITY.fullmatch(ability) and _is_list_of(dict, limits)
        for ability, limits in abilities.items()
    )


def _is_list_of(kind: type, value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)
