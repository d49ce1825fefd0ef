"""The best text of a paper that arXiv has: its HTML, else its PDF, else the abstract."""

import requests

from arxiv_daily.models import FullText, Paper, TextSource
from arxiv_daily.sources.download import NoText, download
from arxiv_daily.sources.errors import ArxivBusy, ArxivUnavailable
from arxiv_daily.sources.latexml import text_of_latexml
from arxiv_daily.sources.pdf import UnreadablePdf, text_of_pdf

MIN_CHARACTERS = 1_500
"""Less text than this is no paper: a page of excuses, or a scan."""

_SCAN_CHARACTERS = 100


class FullTexts:
    """Reads from `site_url` (https://arxiv.org) through `session` (see arxiv_session)."""

    def __init__(self, site_url: str, session: requests.Session) -> None:
        self._session = session
        self._site = site_url.rstrip("/")

    def read(self, paper: Paper) -> FullText:
        """Raises ArxivUnavailable when there is no full text now, but there may be one later; ArxivBusy at once."""
        reasons: list[str] = []
        unavailable: ArxivUnavailable | None = None
        for source, read in ((TextSource.HTML, self._html), (TextSource.PDF, self._pdf)):
            try:
                return FullText(text=read(paper), source=source)
            except NoText as reason:
                reasons.append(f"{source.upper()}：{reason}")
            except ArxivBusy:
                raise
            except ArxivUnavailable as error:
                unavailable = unavailable or error
        if unavailable is not None:
            raise unavailable
        note = f"arXiv 尚无可读取的全文（{'；'.join(reasons)}）"
        return FullText(text=paper.abstract, source=TextSource.ABSTRACT, note=note)

    def _html(self, paper: Paper) -> str:
        page = download(self._session, f"{self._site}/html/{paper.ref}", "text/html")
        try:
            text = text_of_latexml(page)
        except RecursionError as error:
            raise NoText("页面嵌套过深") from error
        return _long_enough(text, "正文")

    def _pdf(self, paper: Paper) -> str:
        data = download(self._session, f"{self._site}/pdf/{paper.ref}", "application/pdf")
        try:
            text = text_of_pdf(data)
        except UnreadablePdf as error:
            raise NoText("文件无法读取") from error
        if len(text) < _SCAN_CHARACTERS:
            raise NoText("无文本层")
        return _long_enough(text, "文本")


def _long_enough(text: str, what: str) -> str:
    if len(text) < MIN_CHARACTERS:
        raise NoText(f"{what}不足 {MIN_CHARACTERS} 字符")
    return text
