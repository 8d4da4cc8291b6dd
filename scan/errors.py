"""What stops a scan before it has an answer.

ScanError
├── ScannerError       a scanner did not run to its end: no answer is not a pass
└── SuppressionError   a suppression without a reason
"""


class ScanError(Exception):
    """Base of everything that stops a scan."""


class ScannerError(ScanError):
    """A scanner crashed, or said something this room does not read."""


class SuppressionError(ScanError):
    """A suppression that does not say why."""
