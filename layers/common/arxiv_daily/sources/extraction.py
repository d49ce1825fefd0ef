"""The child process in which files from arXiv are read: `python -m arxiv_daily.sources.extraction pdf SECONDS`.

The file comes on stdin; the answer goes to stdout as JSON, an Extracted or {"reason": why there is none}.
A file that crashes the parser, never ends or asks for all memory takes this process with it and nothing else.
It knows no more of the product than it needs: it starts in a tenth of a second.
"""

import contextlib
import json
import resource
import sys
from collections.abc import Callable
from functools import partial

from arxiv_daily.sources.extracted import Extracted, Unreadable

MEMORY_BYTES = 256 * 1024 * 1024
"""Of address space: a PDF takes 50 MB, a page of HTML 15 times its size. The parent needs 150 MB and the file."""
MAX_CHARACTERS = 2_000_000
"""Of one text; a long thesis has half a million."""
MAX_OUTPUT_BYTES = 16 * MAX_CHARACTERS
"""In JSON, a character is at most 12 bytes long."""


def main(kind: str, seconds: str) -> None:
    within_limits(int(seconds))
    try:
        answer = _extracted(kind, sys.stdin.buffer.read())._asdict()
    except Unreadable as error:
        answer = {"reason": str(error)}
    except RecursionError:
        answer = {"reason": "内容嵌套过深"}
    json.dump(answer, sys.stdout)


def within_limits(seconds: int) -> None:
    """From here on this process has no more time and memory, and writes no larger file."""
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: MAX_OUTPUT_BYTES,
        resource.RLIMIT_AS: MEMORY_BYTES,
    }
    for limit, value in limits.items():
        with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of the address space
            resource.setrlimit(limit, (value, value))


def _extracted(kind: str, data: bytes) -> Extracted:
    extracted = _text_of(kind)(data)
    return extracted._replace(text=extracted.text[:MAX_CHARACTERS])


def _text_of(kind: str) -> Callable[[bytes], Extracted]:
    """Imports what this kind needs."""
    if kind == "html":
        from arxiv_daily.sources.latexml import text_of_latexml  # noqa: PLC0415

        return text_of_latexml
    from arxiv_daily.sources.pdf import text_of_pdf  # noqa: PLC0415

    return partial(text_of_pdf, draws=kind == "pdf")


if __name__ == "__main__":
    main(*sys.argv[1:])
