"""Runs MiniStack, as `python -m ministack` does, but for a pause; started by engine.py as a program of its own.

After a look at its event sources that found nothing MiniStack waits a twentieth of a second before the next one, though
a source has work: while workers write to a table with a stream, a worker that is done waits that long for its next
message. Lambda's pollers wait at the queue.
"""

from ministack.app import main
from ministack.services import lambda_svc

if __name__ == "__main__":
    if not hasattr(lambda_svc, "_ESM_IDLE_WAKE_GAP_SECONDS"):
        raise SystemExit(
            "MiniStack's poller has no _ESM_IDLE_WAKE_GAP_SECONDS any more: install the version that "
            "engine-requirements.txt names, or look what its pause is called now, and say so in ministack_at_once.py"
        )
    lambda_svc._ESM_IDLE_WAKE_GAP_SECONDS = 0.001
    main()
