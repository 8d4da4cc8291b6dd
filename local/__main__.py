"""`python -m local` runs the stack; `python -m local doctor` looks why it may not.

The doctor comes to machines that lack everything: nothing but Python is loaded before it is asked.
"""

from __future__ import annotations

import sys


def main(words: list[str]) -> None:
    if words == ["doctor"]:
        from local.doctor.report import examine_this_machine

        sys.exit(examine_this_machine())
    if words:
        sys.exit(f"local: python -m local [doctor]; not {' '.join(words)}")
    from local.serving import serve

    serve()


if __name__ == "__main__":
    main(sys.argv[1:])
