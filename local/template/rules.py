"""The `Rules` of a template: what CloudFormation checks of the parameters before it makes anything.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from local.errors import ConfigurationError


def check_rules(rules: Mapping[str, Any], resolve: Callable[[Any], Any]) -> None:
    """Raises ConfigurationError with the words of the first assertion that does not hold.

    `resolve` evaluates a condition; the functions that exist in rules only are refused there.
    """
    for name, rule in rules.items():
        if "RuleCondition" in rule and not resolve(rule["RuleCondition"]):
            continue
        for assertion in rule["Assertions"]:
            if not resolve(assertion["Assert"]):
                raise ConfigurationError(assertion.get("AssertDescription", f"rule {name}"))
