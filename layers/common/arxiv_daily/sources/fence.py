"""Reads a file in another process (see extraction.py), so that no file can take this one's time, memory or life."""

import json
from tempfile import TemporaryFile
from typing import IO, Literal

from arxiv_daily.observability import logger
from arxiv_daily.sources.extracted import Extracted, Unreadable
from arxiv_daily.sources.extraction import MAX_OUTPUT_BYTES
from arxiv_daily.sources.reader import Died, Reader

Kind = Literal["html", "pdf", "pdf-undrawn"]
"""The last reads a PDF without drawing its pages, which some figures make slow, and tells less of what is hidden."""

SECONDS: dict[Kind, int] = {"html": 12, "pdf": 20, "pdf-undrawn": 12}
"""For one file; a real one takes less than one. Together they stay below a minute, as a paper may need all."""

READER = Reader("arxiv_daily.sources.extraction")


class OutOfTime(Exception):
    """The run ended before the file was read, which says nothing of the file."""


class Aborted(Unreadable):
    """The file was too much for its reader, which may not hold for another kind of reader."""


def extracted(kind: Kind, data: bytes, remaining: float = float("inf")) -> Extracted:
    """What the child read, within its time and the run's `remaining` seconds.

    Raises Unreadable when it cannot be read, Aborted when that was the reader's end,
    OutOfTime when the run's time was shorter than the file's.
    """
    seconds = SECONDS[kind]
    # Files and no pipes: the child's limit of file sizes bounds them.
    with TemporaryFile() as out, TemporaryFile() as complaints:
        try:
            status = READER.read(kind, data, seconds, min(seconds, remaining), out, complaints)
        except TimeoutError as error:
            if remaining < seconds:
                raise OutOfTime from error
            raise Aborted(f"读取超过 {seconds} 秒") from error
        except Died as error:
            raise Aborted("解析程序中止") from error
        if status != 0:
            logger.warning("a file could not be read", kind=kind, status=status, complaints=_tail(complaints))
            raise Aborted("解析程序中止")
        return _answer(out)


def _tail(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    return complaints.read(MAX_OUTPUT_BYTES)[-1000:].decode("utf-8", "replace")


def _answer(out: IO[bytes]) -> Extracted:
    """What the child says is checked like what any stranger says: a file may have taken it over."""
    out.seek(0)
    try:
        answer = json.loads(out.read(MAX_OUTPUT_BYTES))
        if "reason" in answer:
            raise Unreadable(str(answer["reason"]))
        text, hidden, pages, is_encrypted = (answer[name] for name in Extracted._fields)
        return Extracted(str(text), int(hidden), int(pages), bool(is_encrypted))
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise Aborted("解析程序没有给出结果") from error
