"""What the stand-ins take of the backend: its table of chains, and the code of its validator."""

import sys
from pathlib import Path

# `python -m local` has the checkout on its path, but nothing of the backend
sys.path.append(str(Path(__file__).resolve().parent.parent / "backend"))

from ethereum.chains import CHAINS
from ethereum.contract_wallet_validator import CREATION_CODE

__all__ = ["CHAINS", "CREATION_CODE"]
