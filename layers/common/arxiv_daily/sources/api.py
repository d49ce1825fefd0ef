"""arXiv's query API (info.arxiv.org/help/api/user-manual.html), as papers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import arxiv
import requests

from arxiv_daily.models import Paper, PaperRef, Window
from arxiv_daily.observability import logger
from arxiv_daily.sources.atom import GOOD, BadAnswer, ErrorEntry, results_page
from arxiv_daily.sources.errors import ArxivUnavailable, PaperNotFound, QueryRejected
from arxiv_daily.sources.session import MAX_TRIES

PAGE_SIZE = 1_000
"""Results in one answer; arXiv allows 2,000. Three weeks of two categories fit."""
IDS_AT_ONCE = 100
_PASSES = 3
"""How often a search is asked whose pages did not make up all its results: they shift when a paper becomes visible."""


class ArxivApi:
    """Asks through `session` (see arxiv_session), which paces and retries; `url` is the query's address."""

    def __init__(self, url: str, session: requests.Session) -> None:
        self._session = session
        self._url = url

    def published_between(self, categories: Sequence[str], window: Window) -> list[Paper]:
        """All papers in the categories that were submitted in the window, each once, newest first.

        Nothing is left out that arXiv sent: an entry that cannot be read is named in the log, and harms no other paper.
        Raises ArxivUnavailable when not all of them arrived, or none can be read.
        """
        search = arxiv.Search(
            query=_published_query(categories, window),
            max_results=None,
            sort_by=arxiv.SortCriterion.SubmittedDate,
            sort_order=arxiv.SortOrder.Descending,
        )
        return sorted(self._every(search), key=lambda paper: paper.published, reverse=True)

    def paper(self, ref: PaperRef) -> Paper:
        """The paper at the version named, or at its latest.

        Raises PaperNotFound when arXiv does not know it, ArxivUnavailable when arXiv cannot be asked.
        """
        try:
            found = self._named([str(ref)], may_be_empty=False)
        except QueryRejected as error:
            raise PaperNotFound(error.url, f"arXiv knows no paper {ref}", error.tries) from error
        fitting = [paper for paper in found if paper.paper_id == ref.paper_id and ref.version in (None, paper.version)]
        if not fitting:
            raise PaperNotFound(self._url, f"arXiv knows no paper {ref}")
        return max(fitting, key=lambda paper: paper.version)

    def papers(self, paper_ids: Sequence[str]) -> list[Paper]:
        """Those of the papers that arXiv shows, each at its latest version.

        One that is missing is not visible yet, or its entry cannot be read, which the log says. Raises
        ArxivUnavailable when arXiv cannot be asked.
        """
        found: list[Paper] = []
        for start in range(0, len(paper_ids), IDS_AT_ONCE):
            wanted = list(paper_ids[start : start + IDS_AT_ONCE])
            found += self._named(wanted, may_be_empty=True)
        latest = {paper.paper_id: paper for paper in sorted(found, key=lambda paper: paper.version)}
        return [paper for paper_id, paper in latest.items() if paper_id in set(paper_ids)]

    def _named(self, refs: list[str], *, may_be_empty: bool) -> list[Paper]:
        """What arXiv shows of the papers named: one page, whose total may count those that it does not show."""
        checked = CheckedSession(self._session, may_be_empty=may_be_empty)
        found = self._page(arxiv.Search(id_list=refs, max_results=None), checked, 0)
        _tell_unread(checked.unreadable, {paper.paper_id for paper in found})
        return found

    def _every(self, search: arxiv.Search) -> list[Paper]:
        """Every paper of a search, once, at its newest version; ArxivUnavailable when fewer arrived than there are."""
        found: dict[str, Paper] = {}
        unreadable: dict[str, str] = {}
        for _ in range(_PASSES):
            checked = CheckedSession(self._session)
            for paper in self._pass(search, checked):
                known = found.get(paper.paper_id)
                if known is None or known.version < paper.version:
                    found[paper.paper_id] = paper
            unreadable |= checked.unreadable
            if len(found.keys() | checked.unreadable.keys()) >= checked.total:
                _tell_unread(unreadable, found)
                return list(found.values())
        problem = f"only {len(found.keys() | unreadable.keys())} of {checked.total} results arrived"
        raise ArxivUnavailable(checked.last_url, problem, _PASSES)

    def _pass(self, search: arxiv.Search, checked: "CheckedSession") -> list[Paper]:
        """What the pages of a search hold, as they are asked for one after the other."""
        papers: list[Paper] = []
        start = 0
        while True:
            papers += self._page(search, checked, start)
            start += checked.arrived
            if not checked.arrived or start >= checked.total:
                return papers

    def _page(self, search: arxiv.Search, checked: "CheckedSession", start: int) -> list[Paper]:
        """What can be read of the page that begins with the result numbered `start`."""
        try:
            return [_paper(result) for result in self._client(checked).results(search, start)]
        except requests.RequestException as error:
            raise ArxivUnavailable(self._url, f"no answer from arXiv ({type(error).__name__})") from error
        except (arxiv.ArxivError, ValueError) as error:
            raise ArxivUnavailable(self._url, f"arXiv's answer cannot be read ({error})") from error

    def _client(self, checked: "CheckedSession") -> arxiv.Client:
        # Pacing and retries are the session's; the package would repeat every failure at once.
        client = arxiv.Client(page_size=PAGE_SIZE, delay_seconds=0, num_retries=0)
        client.query_url_format = self._url.replace("{", "{{").replace("}", "}}") + "?{}"
        client._session = checked
        return client


class CheckedSession:
    """What the arxiv package asks through: it sees no page that results_page refuses, nor entries that cannot be read.

    Each looks like the only one: the package would count its way to the next by what it could read alone, and go on
    to pages that a total promises and arXiv does not have.
    """

    def __init__(self, session: requests.Session, *, may_be_empty: bool = False) -> None:
        self._session = session
        self._may_be_empty = may_be_empty
        self.total = 0
        """Results of the whole query, by the last page read."""
        self.arrived = 0
        """Entries of the last page read."""
        self.unreadable: dict[str, str] = {}
        """Why entries of all pages read cannot be read, by what names them."""
        self._readable = 0
        self.last_url = ""
        self._last_page = b""

    def get(self, url: str, headers: dict[str, str]) -> requests.Response:
        """Raises QueryRejected for an error entry, ArxivUnavailable for bad answers.

        arXiv now and then answers 200 with an HTML page or an empty one: that is asked again, MAX_TRIES
        in all. Other statuses were retried below where that helps.
        """
        self.last_url = url
        for tries in range(1, MAX_TRIES + 1):
            response = self._session.get(url, headers=headers)
            try:
                response._content = self._checked(response)
            except ErrorEntry as error:
                raise QueryRejected(url, str(error), tries) from error
            except BadAnswer as error:
                refusal = ArxivUnavailable(url, str(error), tries)
                if response.status_code not in GOOD:
                    break
            else:
                response.status_code = requests.codes.ok  # a 406 with a good page is none for the package either
                return response
        raise refusal

    def _checked(self, response: requests.Response) -> bytes:
        """What the package is given of the answer."""
        page = results_page(response, may_be_empty=self._may_be_empty)
        if response.content == self._last_page:
            raise BadAnswer("arXiv answered with the same page again")
        if page.arrived and not self._readable + page.readable and not self._may_be_empty:
            raise BadAnswer(f"arXiv answered with no entry that can be read ({next(iter(page.unreadable.values()))})")
        self._last_page = response.content
        self._readable += page.readable
        self.total, self.arrived = page.total, page.arrived
        self.unreadable |= page.unreadable
        return page.content


def _tell_unread(unreadable: Mapping[str, str], found: Collection[str]) -> None:
    """Name in the log the papers that no entry describes."""
    for name in unreadable.keys() - set(found):
        logger.error(
            "arXiv's entry of a paper cannot be read, the next run asks for it again",
            paper=name,
            reason=unreadable[name],
        )


def _published_query(categories: Sequence[str], window: Window) -> str:
    """The API counts in whole minutes GMT, both ends included: the end is rounded up so that none is lost."""
    fields = " OR ".join(f"cat:{category}" for category in categories)
    start, end = _gmt(window.start), _gmt(window.end + timedelta(seconds=59))
    return f"({fields}) AND submittedDate:[{start} TO {end}]"


def _gmt(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%d%H%M}"


def _paper(result: arxiv.Result) -> Paper:
    """Raises ValueError when the entry lacks what a paper needs."""
    ref = PaperRef.parse(result.entry_id)
    if ref.version is None:
        raise ValueError(f"entry {result.entry_id} names no version")
    return Paper(
        paper_id=ref.paper_id,
        version=ref.version,
        title=_fold(result.title),
        authors=tuple(_fold(author.name) for author in result.authors),
        abstract=_fold(result.summary),
        primary_category=result.primary_category,
        categories=tuple(result.categories),
        published=result.published,
        updated=result.updated,
        comment=_fold(result.comment or "") or None,
        journal_ref=_fold(result.journal_ref or "") or None,
        doi=result.doi,
    )


def _fold(text: str) -> str:
    return " ".join(text.split())
