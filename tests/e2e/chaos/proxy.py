"""A proxy between one function and the embedded AWS that does to its calls what was ordered."""

import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.e2e.chaos import workers
from tests.e2e.chaos.bought import Bought
from tests.e2e.chaos.faults import KILLS, OF_MESSAGES, Call, Fault, Harm, Orders, Stage
from tests.relaying import Answer, Relaying, relaying

_JSON = {
    "dynamodb": ("com.amazonaws.dynamodb.v20120810#", "InternalServerError", "ProvisionedThroughputExceededException"),
    "sqs": ("com.amazonaws.sqs#", "InternalFailure", "ThrottlingException"),
}
"""How a service names its errors: prefix, its own failure, too many requests."""
_XML = {"s3": ("InternalError", "SlowDown", 503), "sns": ("InternalFailure", "Throttling", 400)}
"""Its own failure, too many requests, the status of the latter."""
_KILLED_SOON = 0.002
"""Seconds in which a worker may begin to go on after an answer before it is killed."""


class _Faulty(Relaying):
    stage: Stage
    orders: Orders
    bought: Bought

    def relayed(self, body: bytes) -> None:
        operation = self.operation(body)
        about = self.path + " " + body.decode(errors="replace") if self.service == "dynamodb" else self.path
        call = Call(self.stage, self.service, operation, about)
        fault = self.orders.meet(call)
        if fault is None:
            self.answer(self._passed_on(call, body))
        elif fault.harm in KILLS:
            self._kill(fault.harm, call, body)
        elif fault.harm in OF_MESSAGES:
            self._meddle(fault, body)
        else:
            self._harm(fault, call, body)

    def _kill(self, harm: Harm, call: Call, body: bytes) -> None:
        pid = workers.asking(self.client_address)
        assert pid is not None, "nobody asks"
        if harm is not Harm.KILL_BEFORE:
            answer = self._passed_on(call, body)
            if harm is Harm.KILL_AFTER:
                self.answer(answer)
                self.wfile.flush()
                time.sleep(_KILLED_SOON)
        workers.kill(pid)
        self.bought.killed(pid)
        self.close_connection = True

    def _harm(self, fault: Fault, call: Call, body: bytes) -> None:
        if fault.harm in {Harm.ERROR, Harm.THROTTLED}:
            self.answer(_refusal(call.service, is_throttled=fault.harm is Harm.THROTTLED))
        elif fault.harm is Harm.SLOW:
            time.sleep(fault.seconds)
            self.answer(self._passed_on(call, body))
        else:
            if fault.harm is Harm.LOST:
                self._passed_on(call, body)
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

    def _passed_on(self, call: Call, body: bytes) -> Answer:
        answer = self.pass_on(body)
        self.bought.note(self.client_address, call, answer.status)
        return answer

    def _meddle(self, fault: Fault, body: bytes) -> None:
        """With a batch of messages; the answer is that of the last that was sent."""
        batch = json.loads(body)
        match fault.harm:
            case Harm.TWICE:
                self.pass_on(body)
            case Harm.REVERSED:
                batch["Entries"].reverse()
            case Harm.LATE:
                for number, entry in enumerate(batch["Entries"]):
                    entry["DelaySeconds"] = round(fault.seconds) + number % 2
        self.answer(self.pass_on_changed(json.dumps(batch).encode()))


def _refusal(service: str, *, is_throttled: bool) -> Answer:
    """An error of a service, in the words by which its clients know it."""
    if service in _XML:
        failure, throttle, status = _XML[service]
        code = throttle if is_throttled else failure
        body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>planted</Message></Error>"
        if service == "sns":
            body = f"<ErrorResponse>{re.sub('<.xml.*?>', '', body)}</ErrorResponse>"
        return Answer(status if is_throttled else 500, [("Content-Type", "application/xml")], body.encode())
    prefix, failure, throttle = _JSON.get(service, ("", "InternalFailure", "ThrottlingException"))
    document = {"__type": prefix + (throttle if is_throttled else failure), "message": "planted"}
    headers = [("Content-Type", "application/x-amz-json-1.0")]
    return Answer(400 if is_throttled else 500, headers, json.dumps(document).encode())


@contextmanager
def proxy(endpoint: str, stage: Stage, orders: Orders, bought: Bought) -> Iterator[str]:
    """An address for one function that leads to the endpoint, as far as the orders let it."""
    fields: dict[str, Any] = {"stage": stage, "orders": orders, "bought": bought}
    with relaying(_Faulty, endpoint, **fields) as address:
        yield address
