"""What scanners find, what a template asks them to overlook, and what is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scan.errors import SuppressionError


@dataclass(frozen=True, order=True)
class Finding:
    """`scanner` and its `rule` object to `place`: a logical id of `file`, or a line of it.

    `with_all_options` where the template had every option switched on.
    """

    scanner: str
    rule: str
    file: str
    place: str
    message: str = ""
    with_all_options: bool = True


@dataclass(frozen=True, order=True)
class Suppression:
    """A resource of `file` that one rule of one scanner leaves alone, and why.

    A reason that begins with "Off unless" is one only while some option is off: it covers nothing
    that is found with all options on.
    """

    scanner: str
    rule: str
    file: str
    place: str
    reason: str

    def covers(self, finding: Finding) -> bool:
        asked = (self.scanner, self.rule, self.file, self.place)
        is_same = asked == (finding.scanner, finding.rule, finding.file, finding.place)
        return is_same and not (self.waits_for_option and finding.with_all_options)

    @property
    def waits_for_option(self) -> bool:
        return self.reason.startswith("Off unless ")


def read_suppressions(file: str, document: Mapping[str, Any]) -> list[Suppression]:
    """Every suppression in the resources' Metadata, each in its scanner's own words.

    checkov and cdk-nag have a place for the reason; for the others it stands beside, as `reasons`.
    Raises SuppressionError where one is missing.
    """
    return [
        Suppression(scanner, rule, file, place, _checked(f"{file}: {place}: {rule}", reason))
        for place, resource in document["Resources"].items()
        for scanner, rule, reason in _asked_for(resource.get("Metadata", {}))
    ]


def _asked_for(metadata: Mapping[str, Any]) -> list[tuple[str, str, Any]]:
    lint, guard = metadata.get("cfn-lint", {}), metadata.get("guard", {})
    parliament = metadata.get("parliament", {})
    return [
        *_beside("cfn-lint", lint.get("config", {}).get("ignore_checks", []), lint),
        *_beside("cfn-guard", guard.get("SuppressedRules", []), guard),
        *_beside("parliament", parliament.get("ignore", []), parliament),
        *(
            ("checkov", item["id"], item.get("comment"))
            for item in metadata.get("checkov", {}).get("skip", [])
        ),
        *(
            ("cdk-nag", item["id"], item.get("reason"))
            for item in metadata.get("cdk_nag", {}).get("rules_to_suppress", [])
        ),
    ]


def _beside(
    scanner: str, rules: Iterable[str], holder: Mapping[str, Any]
) -> list[tuple[str, str, Any]]:
    return [(scanner, rule, holder.get("reasons", {}).get(rule)) for rule in rules]


def _checked(what: str, reason: Any) -> str:
    if not isinstance(reason, str) or len(reason.split()) < 3:
        raise SuppressionError(f"{what}: a suppression says why, in a sentence")
    return reason


@dataclass(frozen=True)
class Verdict:
    """`open` findings fail the scan, and so does a suppression that no resource needs (`idle`).

    Resources may share their Metadata by a YAML anchor: one that needs a suppression is enough.
    """

    open: tuple[Finding, ...]
    overlooked: tuple[Suppression, ...]
    idle: tuple[Suppression, ...]


def judge(findings: Iterable[Finding], suppressions: Iterable[Suppression]) -> Verdict:
    found, asked = sorted(set(findings)), sorted(set(suppressions))
    used = {item for item in asked if any(item.covers(finding) for finding in found)}
    needed = {(item.scanner, item.rule, item.file) for item in used}
    return Verdict(
        open=tuple(f for f in found if not any(item.covers(f) for item in asked)),
        overlooked=tuple(sorted(used)),
        idle=tuple(i for i in asked if (i.scanner, i.rule, i.file) not in needed),
    )
