"""The address of the runbook in the checkout's own repository, so that alarms' mails hold a link."""

import re
import subprocess
from pathlib import Path

RUNBOOK = "RunbookAddress"
_PATH = "docs/operating.md"
_REMOTE = re.compile(
    r"(https://([^@/]+@)?|ssh://([^@/]+@)?|[\w.-]+@)"
    r"(?P<host>[\w.-]*(github|gitlab|gitee)[\w.-]*)(:\d+/|[:/])"
    r"(?P<path>[\w.-]+(/[\w.-]+)+)"
)
"""An address by https or ssh, or as ssh itself writes it; credentials in it are left behind."""


def runbook_address(checkout: Path) -> str | None:
    """The page on the default branch of the remote `origin`; None where there is no remote whose pages are known."""
    git = ["git", "-C", str(checkout), "remote", "get-url", "origin"]
    try:
        found = subprocess.run(git, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError:  # no git here
        return None
    return page_of(found.stdout.strip())


def page_of(remote: str) -> str | None:
    """As runbook_address, of a remote's address."""
    found = _REMOTE.fullmatch(remote.rstrip("/").removesuffix(".git"))
    return f"https://{found['host']}/{found['path']}/blob/HEAD/{_PATH}" if found else None
