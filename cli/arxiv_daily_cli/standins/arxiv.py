"""A stand-in for arXiv: the API, the feed, HTML and PDF of the papers in a folder.

The folder holds feed.xml (read anew for every query), html/<id>v<n>.html and pdf/<id>v<n>.pdf; an old id
keeps its slash as a sub-folder. GET /_requests lists what was asked, for tests.
"""

import argparse
import re
import time
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from arxiv_daily_cli.standins import arxiv_announced, arxiv_feed
from arxiv_daily_cli.standins.server import Handler, folder, serve

ATOM_TYPE = "application/atom+xml; charset=utf-8"
HTML_TYPE = "text/html; charset=utf-8"
CONTENT_TYPES = {"html": HTML_TYPE, "pdf": "application/pdf"}
_FULL_TEXT = re.compile(r"/(?P<kind>html|pdf)/(?P<ref>(?:\d{4}\.\d{4,5}|[a-z-]+/\d{7})v\d+)")
NOT_FOUND = """<!DOCTYPE html>
<html lang="en"><head><title>{kind} is not available</title></head>
<body><h1>{kind} is not available for the source.</h1><p>This is the stand-in for arXiv.</p></body></html>
"""

ROBOTS = "User-agent: *\nDisallow: /catchup/\n"
"""There are no catch-up pages here, where arXiv has some."""


class Asked(NamedTuple):
    """A request that was answered; in monotonic seconds, when it arrived, and when its answer was about to be sent."""

    method: str
    path: str
    user_agent: str | None
    status: int
    at: float
    until: float


class ArxivHandler(Handler):
    """Answers from one folder; subclassed with it by handler()."""

    folder: Path
    asked: list[Asked]

    def do_GET(self) -> None:
        """Send what arXiv would."""
        arrived = time.monotonic()
        if self.route == "/_requests":
            return self.respond_json(HTTPStatus.OK, [request._asdict() for request in self.asked])
        status, content_type, body = self.answer()
        agent = self.headers.get("User-Agent")
        self.asked.append(Asked("GET", self.path, agent, status, arrived, time.monotonic()))
        return self.respond(status, content_type, body)

    def answer(self) -> tuple[int, str, bytes]:
        """Status, content type and body for the request."""
        if self.route == "/api/query":
            return self.query()
        if self.route.startswith("/atom/"):
            categories = self.route.removeprefix("/atom/").split("+")
            return HTTPStatus.OK, ATOM_TYPE, arxiv_announced.answer(self.folder / "feed.xml", categories)
        if self.route == "/robots.txt":
            return HTTPStatus.OK, "text/plain; charset=utf-8", ROBOTS.encode()
        match = _FULL_TEXT.fullmatch(self.route)
        kind = match["kind"] if match else "page"
        path = self.folder / kind / f"{match['ref']}.{kind}" if match else None
        if path is None or not path.is_file():
            return HTTPStatus.NOT_FOUND, HTML_TYPE, NOT_FOUND.format(kind=kind.upper()).encode()
        return HTTPStatus.OK, CONTENT_TYPES[kind], path.read_bytes()

    def query(self) -> tuple[int, str, bytes]:
        """A feed, 400 with an error entry, or 406 unless the client names itself and what it takes."""
        if not self.headers.get("User-Agent") or not self.headers.get("Accept"):
            return HTTPStatus.NOT_ACCEPTABLE, "text/plain; charset=utf-8", b"Not Acceptable"
        parameters = dict(parse_qsl(urlsplit(self.path).query))
        try:
            entries = arxiv_feed.read(self.folder / "feed.xml")
            return HTTPStatus.OK, ATOM_TYPE, arxiv_feed.answer(entries, parameters)
        except arxiv_feed.BadRequest as error:
            return HTTPStatus.BAD_REQUEST, ATOM_TYPE, arxiv_feed.error(str(error))


def handler(papers: Path) -> type[ArxivHandler]:
    """The handler for one folder, with a list of requests of its own."""
    return type("FolderHandler", (ArxivHandler,), {"folder": papers, "asked": []})


def main() -> None:
    """Serve a folder until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=folder, required=True, help="holds feed.xml, html/ and pdf/")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free one")
    arguments = parser.parse_args()
    serve(handler(arguments.folder), arguments.port)


if __name__ == "__main__":
    main()
