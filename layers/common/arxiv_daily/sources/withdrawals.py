"""Whether a version of a paper is a withdrawal: arXiv then has no PDF of it."""

import requests

from arxiv_daily.models import PaperRef
from arxiv_daily.sources.errors import ArxivUnavailable

_GONE = (requests.codes.not_found, requests.codes.gone)


class Withdrawals:
    """Asks `site_url` (https://arxiv.org) through `session` (see arxiv_session)."""

    def __init__(self, site_url: str, session: requests.Session) -> None:
        self._session = session
        self._site = site_url.rstrip("/")

    def has_no_pdf(self, ref: PaperRef) -> bool:
        """Raises ArxivUnavailable when arXiv says neither that there is one nor that there is none."""
        url = f"{self._site}/pdf/{ref}"
        try:
            response = self._session.head(url, allow_redirects=True)
        except requests.RequestException as error:
            raise ArxivUnavailable(url, f"no answer from arXiv ({type(error).__name__})") from error
        if response.status_code in _GONE:
            return True
        if response.status_code != requests.codes.ok:
            raise ArxivUnavailable(url, f"arXiv answered HTTP {response.status_code}")
        return False
