"""Arrows along which AWS itself brings something: event sources, targets, dead letters, subscriptions, origins."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.infra.diagram import parts
from tests.infra.diagram.permissions import Arrow
from tests.infra.diagram.template import Json, branches, named

_STREAM, _MESSAGES = "stream", "messages"


def delivery_arrows(translated: Json) -> Iterator[Arrow]:
    known = parts.parts(translated)
    for name, resource in translated["Resources"].items():
        if draw := _DRAWN.get(resource["Type"]):
            for source, target, label in draw(name, resource["Properties"]):
                for begin in _ends(source, known):
                    for end in _ends(target, known):
                        yield Arrow(begin, end, label, is_delivery=True)


End = Any
"""Somebody outside by name, or a value of the template that refers to a part."""
Drawn = Iterator[tuple[End, End, str]]


def _ends(end: End, known: dict[str, str]) -> set[str]:
    return {end} if isinstance(end, str) else named(end) & known.keys()


def _event_source(_: str, mapping: Json) -> Drawn:
    source, function = mapping["EventSourceArn"], mapping["FunctionName"]
    yield source, function, _STREAM if "StreamArn" in str(source) else _MESSAGES
    if failed := mapping.get("DestinationConfig", {}).get("OnFailure"):
        yield function, failed["Destination"], "failures"


def _queue(name: str, queue: Json) -> Drawn:
    if policy := queue.get("RedrivePolicy"):
        yield {"Ref": name}, policy["deadLetterTargetArn"], "dead letters"


def _schedule(name: str, schedule: Json) -> Drawn:
    yield {"Ref": name}, schedule["Target"]["Arn"], "probes"
    yield from _lost({"Ref": name}, schedule["Target"])


def _rule(_: str, rule: Json) -> Drawn:
    for target in branches(rule["Targets"]):
        yield rule["EventBusName"], target["Arn"], ", ".join(rule["EventPattern"].get("detail-type", ["events"]))
        yield from _lost(rule["EventBusName"], target)


def _invocations(_: str, configuration: Json) -> Drawn:
    if failed := configuration.get("DestinationConfig", {}).get("OnFailure"):
        yield configuration["FunctionName"], failed["Destination"], "failures"


def _lost(source: End, target: Json) -> Drawn:
    if "DeadLetterConfig" in target:
        yield source, target["DeadLetterConfig"]["Arn"], "dead letters"


def _subscription(_: str, subscription: Json) -> Drawn:
    is_mail = subscription["Protocol"] == "email"
    yield subscription["TopicArn"], parts.MAIL if is_mail else subscription["Endpoint"], "mails" if is_mail else "tells"


def _distribution(name: str, distribution: Json) -> Drawn:
    yield {"Ref": name}, parts.READERS, "pages"
    for origin in distribution["DistributionConfig"]["Origins"]:
        yield origin["DomainName"], {"Ref": name}, "pages"


def _alarm(_: str, alarm: Json) -> Drawn:
    for action in branches(alarm.get("AlarmActions", [])):
        yield parts.ALARMS, action, "tell"


_DRAWN: dict[str, Callable[[str, Json], Drawn]] = {
    "AWS::CloudFront::Distribution": _distribution,
    "AWS::CloudWatch::Alarm": _alarm,
    "AWS::Events::Rule": _rule,
    "AWS::Lambda::EventInvokeConfig": _invocations,
    "AWS::Lambda::EventSourceMapping": _event_source,
    "AWS::SNS::Subscription": _subscription,
    "AWS::SQS::Queue": _queue,
    "AWS::Scheduler::Schedule": _schedule,
}
