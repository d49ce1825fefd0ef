"""How we introduce ourselves to arXiv."""

from arxiv_daily import __version__


def user_agent(contact: str) -> str:
    """`arXiv-Daily/<version> (<contact>)`; arXiv turns away programs that do not say who runs them.

    The contact is an address of a page or for mail; without one, only the name is given.
    """
    name = f"arXiv-Daily/{__version__}"
    contact = " ".join(contact.split())
    if not contact:
        return name
    if "://" in contact:
        return f"{name} (+{contact})"
    return f"{name} ({contact})" if contact.startswith("mailto:") else f"{name} (mailto:{contact})"
