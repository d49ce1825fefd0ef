import pytest

from arxiv_daily_cli.local.services import SAMPLE_NOW, ServiceError, Services, services


def chosen(live: bool | None = None, **environ: str) -> Services:
    with services(environ, live=live) as found:
        return found


def test_without_a_key_everything_is_the_sample_and_says_so() -> None:
    found = chosen()
    assert found.api_url.startswith("http://127.0.0.1:")
    assert found.site_url.startswith("http://127.0.0.1:")
    assert found.claude_url.startswith("http://127.0.0.1:")
    assert found.interval_seconds == "0"
    assert found.now == SAMPLE_NOW
    assert "论文与解读均为演示而虚构" in found.notice


def test_with_a_key_everything_is_real_and_polite_and_no_notice_is_shown() -> None:
    found = chosen(ANTHROPIC_API_KEY="sk-1")
    assert found.parameters == {
        "ArxivApiUrl": "https://export.arxiv.org/api/query",
        "ArxivFeedUrl": "https://rss.arxiv.org/atom",
        "ArxivSiteUrl": "https://arxiv.org",
        "ArxivRequestIntervalSeconds": "3",
        "AnthropicBaseUrl": "https://api.anthropic.com",
        "SiteNotice": "",
    }
    assert found.api_key == "sk-1"


def test_asking_for_the_sample_keeps_the_key_at_home() -> None:
    found = chosen(live=False, ANTHROPIC_API_KEY="sk-1")
    assert found.claude_url.startswith("http://127.0.0.1:")
    assert found.api_key != "sk-1"


def test_what_the_environment_names_is_taken_without_a_notice() -> None:
    found = chosen(
        ARXIV_API_URL="http://a/api",
        ARXIV_FEED_URL="http://a/atom",
        ARXIV_SITE_URL="http://a",
        ANTHROPIC_BASE_URL="http://c",
        ARXIV_REQUEST_INTERVAL_SECONDS="1",
    )
    assert (found.api_url, found.feed_url, found.site_url) == ("http://a/api", "http://a/atom", "http://a")
    assert found.claude_url == "http://c"
    assert (found.interval_seconds, found.notice) == ("1", "")
    assert found.api_key


def test_real_papers_with_a_stand_in_for_claude_say_that_nobody_read_them() -> None:
    found = chosen(ARXIV_API_URL="http://a/api")
    assert found.site_url == "https://arxiv.org"
    assert found.interval_seconds == "3"
    assert "并未真正阅读论文" in found.notice


def test_sample_papers_read_by_a_real_claude_are_still_samples() -> None:
    found = chosen(ANTHROPIC_BASE_URL="http://c")
    assert found.api_url.startswith("http://127.0.0.1:")
    assert found.claude_url == "http://c"
    assert "论文为演示而虚构" in found.notice


def test_live_without_a_way_to_claude_is_refused_with_what_to_set() -> None:
    with pytest.raises(ServiceError, match="set ANTHROPIC_API_KEY"):
        chosen(live=True)
