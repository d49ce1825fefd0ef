"""`make usage`: measure two days on the embedded AWS, and the texts of real papers, into usage.json (some minutes)."""

import json
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.machine import described
from tests.costing.files import USAGE, Usage
from tests.costing.measuring import measured_day
from tests.costing.texts import measured_texts

SIZES = (20, 60)
"""Papers of the two days."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        small, large = (measured_day(_made(Path(folder) / str(papers)), papers) for papers in SIZES)
    found = Usage(
        measured=datetime.now(UTC).date(),
        machine=described(Path(sys.executable)),
        days=(small, large),
        texts=measured_texts(),
    )
    USAGE.write_text(json.dumps(asdict(found), indent=1, default=str) + "\n", encoding="utf-8")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    main()
