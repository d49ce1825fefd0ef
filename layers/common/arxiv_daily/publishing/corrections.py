"""Where readers report an error."""

from urllib.parse import quote


def correction_address(corrections: str, about: str) -> str:
    """The link for a site's `corrections`: a page as it is, a mail with what it is about; empty where it is neither."""
    if corrections.startswith(("https://", "http://")):
        return corrections
    if "@" not in corrections:
        return ""
    return f"mailto:{quote(corrections.removeprefix('mailto:'), safe='@')}?subject={quote(f'arXiv Daily: {about}')}"
