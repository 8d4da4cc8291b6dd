"""python lint_policies.py FILE...: parliament's findings on `{place: [policy document]}`, as JSON.

Runs in the scanners' own environment: parliament needs a setuptools that nothing else here does.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from parliament import analyze_policy_string  # type: ignore[import-not-found]

found = [
    {"file": file, "place": place, "issue": finding.issue, "detail": str(finding.detail)[:300]}
    for file in sys.argv[1:]
    for place, documents in json.loads(Path(file).read_text()).items()
    for document in documents
    for finding in analyze_policy_string(json.dumps(document)).findings
]
print(json.dumps(found))
