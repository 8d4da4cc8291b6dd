"""Visits a running gallery as a guest and as a new wallet, and says which promises hold.

The same checks run on a deployed stack (`make smoke STACK=`) and on the local one
(`tests/e2e/test_smoke.py`). One line a check; no token, signature or key is ever printed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from deploy.errors import SmokeFailedError
from deploy.smoke_checks import CHECKS, Check, CheckFailedError, SkippedError
from deploy.smoke_visit import Visit
from nft_gallery_client import CognitoRefusedError, WalletAuthError

type Say = Callable[[str], None]


def smoke(visit: Visit, *, say: Say, checks: Sequence[Check] = CHECKS) -> None:
    """Run every check, also after one failed. Raises SmokeFailedError if any did."""
    failed = 0
    for check in checks:
        verdict, what = _verdict(check, visit)
        name = check.__name__.replace("_", " ")
        say(f"{verdict:<8} {name}{': ' + what if what else ''}")
        failed += verdict == "FAILED"
    if failed:
        raise SmokeFailedError(f"{failed} of {len(checks)} checks failed at {visit.site}")


def _verdict(check: Check, visit: Visit) -> tuple[str, str]:
    try:
        seen = check(visit)
    except SkippedError as reason:
        return "skipped", str(reason)
    except CheckFailedError as reason:
        return "FAILED", str(reason)
    except CognitoRefusedError as refusal:
        return "FAILED", f"Cognito refused: {refusal.type}"
    except WalletAuthError as error:
        return "FAILED", error.code
    except Exception as error:  # an answer of any shape: its type is told, its text may be secret
        return "FAILED", f"unexpected {type(error).__name__}"
    return "ok", seen or ""
