"""Notices of published editions that could not be delivered: back to the queue that delivers them."""

import boto3

from arxiv_daily_cli.deployed.dead_letters import Letter, Queue, queue_of
from arxiv_daily_cli.deployed.redrive.outcome import Deed, Outcome
from arxiv_daily_cli.deployed.stack import DeployedStack

_QUEUE = "notices"
_SOURCE = "NotifyQueue"
"""Its logical id in the template."""


def redrive_notices(stack: DeployedStack) -> list[Outcome]:
    """Each letter is sent again, then deleted here."""
    dead = queue_of(stack, _QUEUE)
    letters = dead.letters() if dead else []
    if not letters:
        return []
    urls = [one.physical_id for one in stack.resources("AWS::SQS::Queue") if one.logical_id == _SOURCE]
    return [_redriven(letter, Queue(boto3.client("sqs"), urls[0])) for letter in letters]


def _redriven(letter: Letter, source: Queue) -> Outcome:
    source.send(letter.body)
    letter.delete()
    return Outcome(
        queue=_QUEUE,
        about="a notice",
        deed=Deed.QUEUED,
        said="queued again, to be delivered",
        message_id=letter.message_id,
    )
