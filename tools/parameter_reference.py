"""docs/parameters.md: the parameters and outputs of the templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from local.configuration import ROOT
from local.template.document import load_document
from tools.markdown import code, page, table

_INTRODUCTION = """# Parameters and outputs

`make docs` writes this page from the templates' own descriptions. Do not edit it. A parameter goes
into `prod.parameters` as `Name=value`, a list with commas between its items. [deploy.md](deploy.md)
says how the file reaches AWS."""


def parameter_reference() -> str:
    """Markdown, the same for the same sources."""
    templates = [ROOT / "template.yaml", *sorted((ROOT / "stacks").glob("*.yaml"))]
    return page(_INTRODUCTION, *(part for file in templates for part in _parts(file)))


def _parts(file: Path) -> Iterator[str]:
    document = load_document(file)
    yield f"## `{file.relative_to(ROOT)}`"
    for title, names in _groups(document):
        rows = [_parameter(name, document["Parameters"][name]) for name in names]
        yield f"### {title}"
        yield table(["parameter", "default", "values", "meaning"], rows)
    if outputs := document.get("Outputs"):
        yield "### Outputs"
        yield table(["output", "meaning"], (_output(*item) for item in outputs.items()))


def _groups(document: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """As the console shows them, then those that no group names."""
    interface = document.get("Metadata", {}).get("AWS::CloudFormation::Interface", {})
    groups = [
        (group["Label"]["default"], list(group["Parameters"]))
        for group in interface.get("ParameterGroups", [])
    ]
    named = {name for _, names in groups for name in names}
    others = [name for name in document["Parameters"] if name not in named]
    return [*groups, *([("Others" if groups else "Parameters", others)] if others else [])]


def _parameter(name: str, declared: Mapping[str, Any]) -> list[str]:
    default = str(declared.get("Default", "(required)"))
    shown = code(default) if default and "Default" in declared else default or "(empty)"
    return [code(name), shown, _values(declared), declared["Description"]]


def _values(declared: Mapping[str, Any]) -> str:
    if "AllowedValues" in declared:
        return ", ".join(code(value) for value in declared["AllowedValues"])
    least, most = declared.get("MinValue"), declared.get("MaxValue")
    if least is not None:
        return f"{least} to {most}" if most is not None else f"{least} or more"
    constraint = str(declared.get("ConstraintDescription", "")).removeprefix("must be ")
    kind = {"CommaDelimitedList": "a list"}.get(declared["Type"], "text")
    return constraint.removesuffix(".") or kind


def _output(name: str, declared: Mapping[str, Any]) -> list[str]:
    condition = declared.get("Condition")
    text = declared["Description"]
    return [code(name), f"{text} (only with `{condition}`)" if condition else text]
