"""Alarms watch figures that functions write, and go off when there is something to do."""

from typing import Any

import pytest

Json = dict[str, Any]


@pytest.mark.parametrize("figure", ["PapersWithoutMetadata", "ClaudeClosed"])
def test_a_figure_that_functions_write_raises_an_alarm(
    template: Json, properties: dict[str, Json], figure: str
) -> None:
    alarm, shared = properties[f"{figure}Alarm"], template["Globals"]["Function"]["Environment"]
    assert alarm["MetricName"] == figure
    assert alarm["Namespace"] == shared["Variables"]["POWERTOOLS_METRICS_NAMESPACE"]
    assert alarm["Dimensions"] == [{"Name": "service", "Value": shared["Variables"]["POWERTOOLS_SERVICE_NAME"]}]
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("GreaterThanThreshold", 0)
    assert alarm["AlarmDescription"]
