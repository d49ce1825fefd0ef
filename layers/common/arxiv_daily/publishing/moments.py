"""Times as machines read them."""

from datetime import UTC, datetime


def rfc3339(moment: datetime) -> str:
    """To the second, in UTC: 2026-02-12T00:50:00Z."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
