"""One file from arXiv's site, checked for its kind."""

import requests

from arxiv_daily.sources.errors import ArxivUnavailable, TooLarge
from arxiv_daily.sources.session import MAX_BYTES

_GONE = (requests.codes.not_found, requests.codes.gone)
_PDF_MARK, _MARK_WITHIN = b"%PDF-", 1024


class NoText(Exception):
    """arXiv has no readable text at this address; the message is the reason, in Chinese, for readers."""

    def __init__(self, reason: str, notices: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.notices = notices
        """What readers should know of the file all the same."""


def download(session: requests.Session, url: str, content_type: str) -> bytes:
    """The file at `url`.

    Raises NoText when there is none of that type, ArxivUnavailable when it may come later.
    """
    try:
        response = session.get(url, headers={"Accept": content_type})
    except TooLarge as error:
        raise NoText(f"超过 {MAX_BYTES // 1_000_000} MB") from error
    except requests.RequestException as error:
        raise ArxivUnavailable(url, f"no answer from arXiv ({type(error).__name__})") from error
    _check(response, url, content_type)
    return response.content


def _check(response: requests.Response, url: str, content_type: str) -> None:
    if response.status_code in _GONE:
        raise NoText(str(response.status_code))
    if response.status_code != requests.codes.ok:
        raise ArxivUnavailable(url, f"arXiv answered HTTP {response.status_code}")
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != content_type:
        raise NoText(f"返回的是 {kind}" if kind else "返回的内容没有类型")
    if not response.content.strip():
        raise NoText("返回的内容为空")
    if (content_type == "application/pdf") != (_PDF_MARK in response.content[:_MARK_WITHIN]):
        raise NoText(f"标为 {kind}，内容却不是")
