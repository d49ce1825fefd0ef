"""Which arXiv and which Claude a local stack asks: the real ones, ones named by the environment, or stand-ins."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from arxiv_daily_cli.standins.process import stand_in

SAMPLE = Path(__file__).parents[1] / "sample"
SAMPLE_NOW = datetime(2026, 3, 5, 0, 50, tzinfo=UTC)
"""The anchor of the sample's day."""

_API_URL = "https://export.arxiv.org/api/query"
_FEED_URL = "https://rss.arxiv.org/atom"
_SITE_URL = "https://arxiv.org"
_CLAUDE_URL = "https://api.anthropic.com"
_POLITE_SECONDS = "3"
_THINKING = ("--latency", "0.2")
_SOME_KEY = "no-key-needed"
"""For servers that speak the Messages API and ask for no key."""

_ALL_SAMPLE = "样例（sample）：以下论文与解读均为演示而虚构，并非真实研究。"
_SAMPLE_READINGS = "样例（sample）：译文与解读由样例服务生成，并未真正阅读论文。"
_SAMPLE_PAPERS = "样例（sample）：以下论文为演示而虚构，并非真实研究。"


class ServiceError(RuntimeError):
    """The wish cannot be met with this environment; the message says what is missing."""


@dataclass(frozen=True)
class Services:
    """Addresses and key for a stack; `notice` is what its pages say about samples."""

    api_url: str
    feed_url: str
    site_url: str
    interval_seconds: str
    claude_url: str
    api_key: str
    notice: str
    now: datetime

    @property
    def parameters(self) -> dict[str, str]:
        """As parameters of the template."""
        return {
            "ArxivApiUrl": self.api_url,
            "ArxivFeedUrl": self.feed_url,
            "ArxivSiteUrl": self.site_url,
            "ArxivRequestIntervalSeconds": self.interval_seconds,
            "AnthropicBaseUrl": self.claude_url,
            "SiteNotice": self.notice,
        }


@contextmanager
def services(environ: Mapping[str, str], *, live: bool | None) -> Iterator[Services]:
    """The services for a stack, with stand-ins running while they are needed.

    What the environment names is taken; of the rest, `live` takes the real ones and not live the sample's.
    live=None is live where ANTHROPIC_API_KEY is set. Raises ServiceError or StandInError.
    """
    key = environ.get("ANTHROPIC_API_KEY", "")
    live = bool(key) if live is None else live
    names_claude, names_arxiv = "ANTHROPIC_BASE_URL" in environ, _names_arxiv(environ)
    if live and not (key or names_claude):
        raise ServiceError("--live asks Claude: set ANTHROPIC_API_KEY, or ANTHROPIC_BASE_URL to a server without keys")
    sample_claude, sample_arxiv = not (live or names_claude), not (live or names_arxiv)
    with ExitStack() as running:
        arxiv = running.enter_context(stand_in("arxiv", SAMPLE)) if sample_arxiv else ""
        claude = running.enter_context(stand_in("claude", SAMPLE, *_THINKING)) if sample_claude else ""
        yield Services(
            api_url=f"{arxiv}/api/query" if arxiv else environ.get("ARXIV_API_URL", _API_URL),
            feed_url=f"{arxiv}/atom" if arxiv else environ.get("ARXIV_FEED_URL", _FEED_URL),
            site_url=arxiv or environ.get("ARXIV_SITE_URL", _SITE_URL),
            interval_seconds=environ.get("ARXIV_REQUEST_INTERVAL_SECONDS", "0" if arxiv else _POLITE_SECONDS),
            claude_url=claude or environ.get("ANTHROPIC_BASE_URL", _CLAUDE_URL),
            api_key=(not claude and key) or _SOME_KEY,
            notice=_notice(sample_papers=sample_arxiv, sample_readings=sample_claude),
            now=SAMPLE_NOW if sample_arxiv else datetime.now(UTC),
        )


def _names_arxiv(environ: Mapping[str, str]) -> bool:
    return not environ.keys().isdisjoint({"ARXIV_API_URL", "ARXIV_FEED_URL", "ARXIV_SITE_URL"})


def _notice(*, sample_papers: bool, sample_readings: bool) -> str:
    if sample_papers and sample_readings:
        return _ALL_SAMPLE
    if sample_readings:
        return _SAMPLE_READINGS
    return _SAMPLE_PAPERS if sample_papers else ""
