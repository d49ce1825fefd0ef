"""What roles may do, read from the translated template as rows: action, resource and, where there is one, condition."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def listed(value: Any) -> list[Any]:
    """A policy may leave out the brackets of a list of one."""
    return value if isinstance(value, list) else [value]


def rows(resources: Json, role: str) -> set[str]:
    """All that the role is allowed, a row for each action on each resource."""
    found = set()
    for statement in statements(resources, role):
        assert statement["Effect"] == "Allow"
        assert statement.keys() <= {"Sid", "Effect", "Action", "Resource", "Condition"}, "nothing turned around"
        condition = _condition(statement.get("Condition", {}))
        for action in listed(statement["Action"]):
            found |= {f"{action} {place(where)}{condition}" for where in listed(statement["Resource"])}
    return found


def statements(resources: Json, role: str) -> Iterator[Json]:
    """Those of the role itself and of the policies of this template that it names."""
    properties = resources[role]["Properties"]
    named = [resources[arn["Ref"]]["Properties"] for arn in properties.get("ManagedPolicyArns", [])]
    for policy in [*properties.get("Policies", []), *named]:
        yield from listed(policy["PolicyDocument"]["Statement"])


def place(where: Any) -> str:
    """A resource in short: what this template makes by its name, what lies in this region and account as `here`."""
    if isinstance(where, str):
        return where
    [(function, argument)] = where.items()
    match function, argument:
        case "Fn::GetAtt", [name, attribute]:
            return f"{name}.{attribute}"
        case "Ref", name:
            return str(name)
        case "Fn::Sub", str(text):
            text = text.replace("arn:${AWS::Partition}:", "").replace(":${AWS::Region}:${AWS::AccountId}:", ":here:")
            return text.replace("${", "").replace("}", "")
    raise NotImplementedError(function)


def _condition(conditions: Json) -> str:
    """As in ` if bedrock-mantle:Model is Model or SecondModel`."""
    return "".join(
        f" if {key} is {' or '.join(place(one) for one in listed(values))}"
        for operator, keys in conditions.items()
        for key, values in keys.items()
        if _known(operator)
    )


def _known(operator: str) -> bool:
    if operator != "StringEquals":
        raise NotImplementedError(operator)
    return True
