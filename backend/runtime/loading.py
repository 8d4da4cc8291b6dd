"""Large packages, loaded without the garbage collector, which finds nothing in new packages.

Why: ARCHITECTURE.md, runtime.
"""

import gc
import sys
from importlib import import_module


def load(module: str) -> None:
    """Import `module` where it is not imported yet.

    Of packages with 100,000 objects and more, a third of the time is the collector's. What there
    is by then is not looked through again either, when a request makes it collect.
    https://docs.python.org/3/library/gc.html#gc.freeze
    """
    if module in sys.modules:
        return
    is_enabled = gc.isenabled()
    gc.disable()
    try:
        import_module(module)
    finally:
        gc.freeze()
        if is_enabled:
            gc.enable()
