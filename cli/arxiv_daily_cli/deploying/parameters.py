"""The template's parameters as it declares them: the one source of what is asked, proposed and refused."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any, Self


class BadParameter(ValueError):
    """A parameter that the template does not have, or a value that it refuses; the message says which and why."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of the template; what it does not declare is None or empty."""

    name: str
    description: str
    default: str
    is_number: bool
    pattern: str | None
    allowed: tuple[str, ...]
    bounds: tuple[Decimal | None, Decimal | None]
    """Of the number, or of the text's length."""
    constraint: str
    """What values must be, in words."""

    @classmethod
    def declared(cls, name: str, declaration: Mapping[str, Any]) -> Self:
        is_number = declaration["Type"] == "Number"
        kind = "Value" if is_number else "Length"
        return cls(
            name=name,
            description=declaration["Description"].strip(),
            default=str(declaration["Default"]),
            is_number=is_number,
            pattern=declaration.get("AllowedPattern"),
            allowed=tuple(str(value) for value in declaration.get("AllowedValues", ())),
            bounds=(_decimal(declaration.get(f"Min{kind}")), _decimal(declaration.get(f"Max{kind}"))),
            constraint=declaration.get("ConstraintDescription", ""),
        )

    def check(self, value: str) -> None:
        """As CloudFormation will. Raises BadParameter with the parameter's own words."""
        if not self._accepts(value):
            wanted = f"one of {', '.join(self.allowed)}" if self.allowed else self.constraint
            shown = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"
            raise BadParameter(f"{self.name} cannot be {shown!r}: it must be {wanted}")

    def _accepts(self, value: str) -> bool:
        if self.allowed and value not in self.allowed:
            return False
        if self.pattern is not None and not re.fullmatch(self.pattern, value):
            return False
        return self._is_within(_number(value) if self.is_number else Decimal(len(value)))

    def _is_within(self, size: Decimal | None) -> bool:
        least, most = self.bounds
        return size is not None and (least is None or size >= least) and (most is None or size <= most)


Parameters = Mapping[str, Parameter]
Reading = Callable[[str], str]

_SHOWN = 60
"""Characters of a refused value that are repeated."""


def declared(template: Mapping[str, Any]) -> dict[str, Parameter]:
    """The parameters of a template, by their names, in its order."""
    return {name: Parameter.declared(name, one) for name, one in template["Parameters"].items()}


def given(assignments: list[str], parameters: Parameters, reading: Mapping[str, Reading]) -> dict[str, str]:
    """What `NAME=VALUE` options say, with values that people may write otherwise read first. Raises BadParameter."""
    values: dict[str, str] = {}
    for assignment in assignments:
        name, sign, value = assignment.partition("=")
        if not sign:
            raise BadParameter(f"{assignment!r} is no NAME=VALUE, such as DailyBudget=5")
        parameter = _known(name, parameters)
        values[name] = reading[name](value) if name in reading else value
        parameter.check(values[name])
    return values


def _known(name: str, parameters: Parameters) -> Parameter:
    if name in parameters:
        return parameters[name]
    close = get_close_matches(name, parameters, n=1)
    hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(parameters)}"
    raise BadParameter(f"the template has no parameter {name}; {hint}")


def _decimal(limit: object) -> Decimal | None:
    return None if limit is None else Decimal(str(limit))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
