"""Whether arXiv answers, asked once, in turn with the functions."""

import time
from typing import TYPE_CHECKING

from arxiv_daily.flow.access import RESERVE_SECONDS, arxiv_access
from arxiv_daily.settings import ArxivSettings
from arxiv_daily.sources.api import ArxivApi
from arxiv_daily.sources.errors import ArxivBusy, ArxivError
from arxiv_daily_cli.deployed.doctor.finding import Finding, ok, unknown, wrong
from arxiv_daily_cli.deployed.stack import DeployedStack

if TYPE_CHECKING:
    import requests

_SECONDS = 30.0
_A_PAPER = "1706.03762"


class _Settings(ArxivSettings):
    arxiv_api_url: str


def arxiv(stack: DeployedStack) -> Finding:
    """By the same gate, interval and User-Agent as the functions: one request at a time over all of them."""
    url = stack.parameters["ArxivApiUrl"]
    try:
        ArxivApi(url, _session(stack)).papers([_A_PAPER])
    except ArxivBusy:
        return unknown("it is being asked, or asked us to wait", "try again in a minute")
    except ArxivError as error:
        return wrong(str(error), "see status.arxiv.org; the next probe asks again")
    return ok(f"{url} answers")


def _session(stack: DeployedStack) -> "requests.Session":
    settings = _Settings(
        ARXIV_API_URL=stack.parameters["ArxivApiUrl"],
        ARXIV_REQUEST_INTERVAL_SECONDS=float(stack.parameters["ArxivRequestIntervalSeconds"]),
        CONTACT=stack.parameters["Contact"],
    )
    given_up = time.monotonic() + _SECONDS + RESERVE_SECONDS
    return arxiv_access(settings, stack.table).session(lambda: given_up - time.monotonic(), _SECONDS)
