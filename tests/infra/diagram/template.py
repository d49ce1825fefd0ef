"""Looking into a translated template, whichever way its conditions go."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def branches(value: Any) -> Iterator[Any]:
    """Each thing that a value or a list may hold: both sides of every Fn::If, without AWS::NoValue."""
    for one in listed(value):
        if isinstance(one, list):
            yield from branches(one)
        elif isinstance(one, dict) and "Fn::If" in one:
            yield from branches(one["Fn::If"][1:])
        elif one not in ({"Ref": "AWS::NoValue"}, None):
            yield one


def named(value: Any) -> set[str]:
    """Logical ids that stand anywhere in a value, those of parameters too."""
    if isinstance(value, list):
        return {name for one in value for name in named(one)}
    if not isinstance(value, dict):
        return set()
    found = {name for key, one in value.items() if key not in {"Ref", "Fn::GetAtt", "Fn::Sub"} for name in named(one)}
    if "Ref" in value:
        found.add(value["Ref"])
    if "Fn::GetAtt" in value:
        found.add(listed(value["Fn::GetAtt"])[0].partition(".")[0])
    if "Fn::Sub" in value:
        text, *given = listed(value["Fn::Sub"])
        found |= {part.partition("}")[0].partition(".")[0] for part in text.split("${")[1:]} | named(given)
    return found
