"""Notices of published editions that could not be delivered: back to the queue that delivers them."""

from datetime import UTC, datetime

import boto3

from arxiv_daily.flow.notify import is_news
from arxiv_daily.telling.event import UnreadableEvent, read_event
from arxiv_daily_cli.deployed.dead_letters import Letter, Queue, queue_of
from arxiv_daily_cli.deployed.redrive.outcome import Deed, Outcome
from arxiv_daily_cli.deployed.stack import DeployedStack

_QUEUE = "notices"
_SOURCE = "NotifyQueue"
"""Its logical id in the template."""


def redrive_notices(stack: DeployedStack, *, discard: bool) -> list[Outcome]:
    """Each letter is sent again, then deleted here; who was told already is not told twice.

    One of an edition that is no news any more would be dropped by notify: it stays, unless it is to be discarded.
    """
    dead = queue_of(stack, _QUEUE)
    letters = dead.letters() if dead else []
    if not letters:
        return []
    urls = [one.physical_id for one in stack.resources("AWS::SQS::Queue") if one.logical_id == _SOURCE]
    source = Queue(boto3.client("sqs"), urls[0])
    return [_redriven(letter, source, discard=discard) for letter in letters]


def _redriven(letter: Letter, source: Queue, *, discard: bool) -> Outcome:
    def outcome(about: str, deed: Deed, said: str) -> Outcome:
        letter.leave() if deed is Deed.LEFT else letter.delete()
        return Outcome(queue=_QUEUE, about=about, deed=deed, said=said, message_id=letter.message_id)

    useless = Deed.DISCARDED if discard else Deed.LEFT
    try:
        day = read_event(letter.body).date
    except UnreadableEvent:
        return outcome(letter.body, useless, "tells of no edition")
    if not is_news(day, datetime.now(UTC)):
        return outcome(f"edition {day}", useless, "too old to be news: nobody would be told")
    source.send(letter.body)
    return outcome(f"edition {day}", Deed.QUEUED, "queued again: whoever was not told yet is told")
