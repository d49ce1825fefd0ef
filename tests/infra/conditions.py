"""The translated template for given parameters: its conditions decided, every Fn::If replaced by its branch."""

from typing import Any

Json = dict[str, Any]

_NO_VALUE = {"Ref": "AWS::NoValue"}


def decided(translated: Json, **parameters: str) -> Json:
    """The resources that there are, with `parameters` in place of their defaults."""
    values = {name: str(one["Default"]) for name, one in translated["Parameters"].items()} | parameters
    conditions = translated["Conditions"]
    truths = {name: _truth(condition, values, conditions) for name, condition in conditions.items()}
    made = {n: one for n, one in translated["Resources"].items() if "Condition" not in one or truths[one["Condition"]]}
    resources: Json = _chosen(made, truths)
    return resources


def _truth(condition: Json, values: dict[str, str], conditions: Json) -> bool:
    [(function, arguments)] = condition.items()
    match function:
        case "Condition":
            return _truth(conditions[arguments], values, conditions)
        case "Fn::Equals":
            left, right = (values[one["Ref"]] if isinstance(one, dict) else one for one in arguments)
            return bool(left == right)
        case "Fn::Not":
            return not _truth(arguments[0], values, conditions)
        case "Fn::And":
            return all(_truth(one, values, conditions) for one in arguments)
        case "Fn::Or":
            return any(_truth(one, values, conditions) for one in arguments)
    raise NotImplementedError(function)


def _chosen(value: Any, truths: dict[str, bool]) -> Any:
    if isinstance(value, list):
        return [one for one in (_chosen(one, truths) for one in value) if one != _NO_VALUE]
    if not isinstance(value, dict):
        return value
    if "Fn::If" in value:
        condition, yes, no = value["Fn::If"]
        return _chosen(yes if truths[condition] else no, truths)
    return {name: one for name, one in ((n, _chosen(v, truths)) for n, v in value.items()) if one != _NO_VALUE}
