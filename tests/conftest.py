"""Which tests stay together when several processes share them (make test)."""

from typing import Any

from xdist.scheduler import LoadFileScheduling

TOGETHER = {
    **dict.fromkeys(("e2e/test_on_demand.py", "e2e/test_rebuild.py"), "stack"),
    **{f"browser/test_{name}.py": "site" for name in ("keyboard", "pages", "reading", "unscripted")},
}
"""Files that share a running stack, which takes long to make, and the fixture that holds it."""


class ByStack(LoadFileScheduling):  # type: ignore[misc]  # xdist ships no types
    """A file's tests run in one process, and so do those of files that share a stack."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return TOGETHER.get(file.removeprefix("tests/"), file)


def pytest_xdist_make_scheduler(config: Any, log: Any) -> ByStack:
    """With --dist loadfile, and whatever else is asked for."""
    return ByStack(config, log)
