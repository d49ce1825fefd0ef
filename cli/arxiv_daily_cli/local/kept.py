"""What the engine (MiniStack 1.5.33) keeps in its state and should not."""

import json
from pathlib import Path


def forget_stream_positions(services: Path) -> None:
    """Let mappings read a table's stream from its beginning.

    The engine keeps how far each mapping has read, and none of the records: after a start it would pass over as many
    new ones.
    """
    file = services / "lambda.json"
    if not file.exists():
        return
    state = json.loads(file.read_text(encoding="utf-8"))
    positions = state["payload"].get("dynamodb_stream_positions", {}).get("data", {})
    positions.update(dict.fromkeys(positions, 0))
    file.write_text(json.dumps(state), encoding="utf-8")
