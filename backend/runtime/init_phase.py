"""The Init phase of a function instance, without the garbage collector.

A handler's module imports this one first, and calls `ends` last. In between the collector would
look through new modules again and again, and find nothing: a fifteenth of a cold start.
https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
"""

import gc
import warnings

gc.disable()
# tools/build_artifact.py leaves it out: requests guesses encodings with it, and we read bytes
warnings.filterwarnings("ignore", "Unable to find acceptable character detection dependency")


def ends() -> None:
    """What there is by now is not looked through when a request makes it collect, either.

    https://docs.python.org/3/library/gc.html#gc.freeze
    """
    gc.freeze()
    gc.enable()
