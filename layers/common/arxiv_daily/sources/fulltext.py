"""The best text of a paper that arXiv has: its HTML, else its PDF, else the PDF itself, else the abstract."""

import re
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress

import requests

from arxiv_daily.models import FullText, Paper, TextSource
from arxiv_daily.sources import fence
from arxiv_daily.sources.download import NoText, download
from arxiv_daily.sources.errors import ArxivBusy, ArxivUnavailable
from arxiv_daily.sources.extracted import Extracted, Unreadable

MIN_CHARACTERS = 1_500
"""Less text than this is no paper: a page of excuses, or a scan."""

NATIVE_PAGES, NATIVE_BYTES = 30, 8_000_000
"""A model pays some 3,000 tokens for a page that it looks at, and above 100,000 the price per token is five times
as high; in Base64, 8 MB stay well below what a request may hold."""

_PAGE_CHARACTERS = 100
"""A page with less text is a picture: arXiv's stamp alone has 40."""
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
"""What letters become whose font does not say which they are."""
_UNREADABLE_SHARE = 0.2


class FullTexts:
    """Reads from `site_url` (https://arxiv.org) through `session` (see arxiv_session), in `remaining()` seconds."""

    def __init__(
        self, site_url: str, session: requests.Session, remaining: Callable[[], float] = lambda: float("inf")
    ) -> None:
        self._session = session
        self._site = site_url.rstrip("/")
        self._remaining = remaining

    def read(self, paper: Paper) -> FullText:
        """Raises ArxivUnavailable when there is no full text now, but there may be one later; ArxivBusy at once."""
        reasons: list[str] = []
        notices: list[str] = []
        unavailable: ArxivUnavailable | None = None
        for name, read in (("HTML", self._html), ("PDF", self._pdf)):
            try:
                return read(paper)
            except NoText as reason:
                reasons.append(f"{name}：{reason}")
                notices += reason.notices
            except ArxivBusy:
                raise
            except ArxivUnavailable as error:
                unavailable = unavailable or error
        if unavailable is not None:
            raise unavailable
        note = f"arXiv 尚无可读取的全文（{'；'.join(reasons)}）"
        return FullText(text=paper.abstract, source=TextSource.ABSTRACT, note=note, notices=tuple(notices))

    def _html(self, paper: Paper) -> FullText:
        url = f"{self._site}/html/{paper.ref}"
        page = self._extracted(url, download(self._session, url, "text/html"), "html")
        if len(page.text) < MIN_CHARACTERS:
            raise NoText(f"正文不足 {MIN_CHARACTERS} 字符", _notices(page))
        return _full_text(page, TextSource.HTML)

    def _pdf(self, paper: Paper) -> FullText:
        url = f"{self._site}/pdf/{paper.ref}"
        data = download(self._session, url, "application/pdf")
        document = self._extracted(url, data, "pdf", "pdf-undrawn")
        if _has_text(document):
            return _full_text(document, TextSource.PDF)
        return _to_look_at(document, data)

    def _extracted(self, url: str, data: bytes, *kinds: fence.Kind) -> Extracted:
        """By the first of the readers that survives the file."""
        try:
            for kind in kinds[:-1]:
                with suppress(fence.Aborted):
                    return fence.extracted(kind, data, self._remaining())
            return fence.extracted(kinds[-1], data, self._remaining())
        except Unreadable as error:
            raise NoText(str(error)) from error
        except fence.OutOfTime as error:
            raise ArxivUnavailable(url, "no time was left to read it") from error


def _full_text(extracted: Extracted, source: TextSource) -> FullText:
    return FullText(text=extracted.text, source=source, notices=_notices(extracted))


def _notices(extracted: Extracted) -> tuple[str, ...]:
    return (f"已忽略 {extracted.hidden} 处不可见的文字",) if extracted.hidden else ()


def _has_text(document: Extracted) -> bool:
    if len(document.text) < max(MIN_CHARACTERS, _PAGE_CHARACTERS * document.pages):
        return False
    return len(_UNREADABLE.findall(document.text)) < _UNREADABLE_SHARE * len(document.text)


def _to_look_at(document: Extracted, data: bytes) -> FullText:
    """The file of a scan, for a model that looks at its pages.

    Raises NoText when that does not pay, or would show the model text that readers do not see.
    """
    if document.hidden:
        raise NoText("可见的文本过少", _notices(document))
    if document.is_encrypted:
        raise NoText("文本过少，且文件已加密")
    if document.pages > NATIVE_PAGES or len(data) > NATIVE_BYTES:
        size = f"{document.pages} 页、{len(data) / 1_000_000:.1f} MB"
        raise NoText(f"无可用的文本层，又过长，不宜由模型直接阅读（{size}）")
    note = "PDF 无可用的文本层，由模型直接阅读其页面"
    return FullText(text="", source=TextSource.PDF_NATIVE, note=note, pdf=b64encode(data).decode("ascii"))
