"""Alarms watch figures that functions write, and go off when there is something to do."""

from typing import Any

Json = dict[str, Any]


def test_papers_without_metadata_raise_an_alarm(template: Json, properties: dict[str, Json]) -> None:
    alarm, shared = properties["PapersWithoutMetadataAlarm"], template["Globals"]["Function"]["Environment"]
    assert alarm["Namespace"] == shared["Variables"]["POWERTOOLS_METRICS_NAMESPACE"]
    assert alarm["Dimensions"] == [{"Name": "service", "Value": shared["Variables"]["POWERTOOLS_SERVICE_NAME"]}]
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("GreaterThanThreshold", 0)
    assert alarm["AlarmDescription"]
