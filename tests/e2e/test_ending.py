"""However the local stack ends, nothing of it stays behind."""

import signal
from pathlib import Path

import pytest

from tests.e2e.conftest import SAMPLE, Stack, stack_over, wait_until


def processes_of(stack: Stack) -> list[str]:
    """Every process that was started with this engine's port in its environment."""
    port = f"GATEWAY_PORT={stack.endpoint.rpartition(':')[2]}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if port in (process / "environ").read_bytes().split(b"\0"):
                found.append(process.name)
        except OSError:  # it ended meanwhile
            continue
    return found


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_no_process_stays_behind(number: signal.Signals, code: int) -> None:
    with stack_over(SAMPLE) as stack:
        stack.invoke("OnDemandFunctionName", {"paper_id": "2699.00001"})
        assert processes_of(stack)
        stack.process.send_signal(number)
        assert stack.process.wait(60) == code
        wait_until(lambda: not processes_of(stack), "the end of the engine")


def test_what_a_state_folder_keeps_is_there_at_the_next_start(tmp_path: Path) -> None:
    with stack_over(SAMPLE, state=tmp_path) as stack:
        for number in (2, 3, 4, 1):
            stack.invoke("OnDemandFunctionName", {"paper_id": f"2699.0000{number}"})
        wait_until(lambda: stack.get("papers/2699.00001.json"), "the last page", of=lambda answer: answer.ok)
    with stack_over(SAMPLE, state=tmp_path) as again:
        assert again.get("papers/2699.00001.json").ok
        assert again.invoke("OnDemandFunctionName", {"paper_id": "2699.00001"})["state"] == "ready"
        assert not again.claude.asked()
        again.invoke("OnDemandFunctionName", {"paper_id": "2699.00005"})
        wait_until(lambda: again.get("papers/2699.00005.json"), "its page from then on", of=lambda answer: answer.ok)
