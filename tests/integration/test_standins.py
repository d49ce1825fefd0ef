"""The stand-ins for arXiv and Claude, asked over HTTP as the product asks the real ones."""

import http.client
import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

import anthropic
import arxiv
import pytest
from protego import Protego

from arxiv_daily.digests.checks import faults
from arxiv_daily.digests.faults import FaultKind
from arxiv_daily.digests.schema import parse_reply
from arxiv_daily.models import FullText, Reading, TextSource
from arxiv_daily_cli.standins.process import stand_in
from tests.examples import a_paper

SAMPLE = Path(__file__).parents[2] / "cli" / "arxiv_daily_cli" / "sample"
ATOM = {"a": "http://www.w3.org/2005/Atom", "o": "http://a9.com/-/spec/opensearch/1.1/"}
BROWSER = {"User-Agent": "arxiv-daily-tests", "Accept": "*/*"}
CLAUDE = {"Authorization": "Bearer test", "anthropic-version": "2026-10-21"}
CATEGORIES = "(cat:cs.SD OR cat:eess.AS)"
WINDOW = "submittedDate:[202603040050 TO 202603050049]"

PARENT = """
import subprocess, sys
command = [sys.executable, "-m", sys.argv[1], "--folder", sys.argv[2]]
child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
print(child.stdout.readline(), flush=True)
"""
"""A program that starts a stand-in, prints its URL and ends without it."""

Start = Callable[..., str]


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        value: dict[str, Any] = json.loads(self.body)
        return value


@pytest.fixture
def start() -> Iterator[Start]:
    with ExitStack() as stack:
        yield lambda name, folder=SAMPLE, *options: stack.enter_context(stand_in(name, folder, *options))


@pytest.fixture(scope="module")
def arxiv_url() -> Iterator[str]:
    """Shared by the tests that only read."""
    with stand_in("arxiv", SAMPLE) as url:
        yield url


@pytest.fixture
def claude_url(start: Start) -> str:
    return start("claude")


def ask(
    url: str, path: str, headers: dict[str, str] | None = None, body: object = None, method: str | None = None
) -> Answer:
    """One request on a connection of its own, with exactly the headers that are given."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        connection.request(method or ("GET" if data is None else "POST"), path, data, headers or {})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


def query(url: str, **parameters: object) -> ET.Element:
    """The feed that answers a query."""
    path = "/api/query?" + "&".join(f"{name}={quote(str(value))}" for name, value in parameters.items())
    answer = ask(url, path, BROWSER)
    assert answer.status == 200
    return ET.fromstring(answer.body)  # noqa: S314 - from our own stand-in


def ids(feed: ET.Element) -> list[str]:
    return [str(e.findtext("a:id", namespaces=ATOM)).rpartition("/")[2] for e in feed.iterfind("a:entry", ATOM)]


def numbers(feed: ET.Element) -> tuple[int, ...]:
    return tuple(
        int(str(feed.findtext(f"o:{n}", namespaces=ATOM))) for n in ("totalResults", "startIndex", "itemsPerPage")
    )


ABSTRACT = (
    "We hear 93% of all words. The corpus holds 1,240 hours of speech by many different speakers. "
    r"The cost of full self-attention is $\mathcal{O}(n^2)$ in the number of frames. "
    "A detector that is based on VoxCeleb2 needs 38 ms for each of its answers."
)
TEXT = {"type": "text", "text": "Read it."}


def about(abstract: str) -> dict[str, object]:
    """A message about a paper that has no file, with a glossary."""
    terms = "<glossary>\nspeaker = 说话人\n</glossary>"
    content = f"arXiv:2699.12345v1\nTitle: A title\n<abstract>\n{abstract}\n</abstract>\n{terms}"
    return {"role": "user", "content": content}


def a_document(**changes: str) -> dict[str, object]:
    """A PDF as a block of a message."""
    source = {"type": "base64", "media_type": "application/pdf", "data": "JVBERi0xLjcK"}
    return {"type": "document", "source": source | changes}


def prompt(paper_id: str = "2699.00008", source: str = "html") -> str:
    """A prompt about a paper, with the marks by which the stand-in finds it."""
    return (
        f"arXiv:{paper_id}v1\nTitle: A title\n<abstract>\nAn abstract.\n</abstract>\n"
        f'<paper source="{source}">Its text.</paper>'
    )


def request(paper_id: str = "2699.00008", source: str = "html", **changes: object) -> dict[str, object]:
    """A request for a reading of a paper; None leaves a field out."""
    messages = [{"role": "user", "content": prompt(paper_id, source)}]
    basis = {"model": "claude-haiku-5-5", "max_tokens": 9000, "messages": messages}
    return {name: value for name, value in (basis | changes).items() if value is not None}


def message(url: str, paper_id: str = "2699.00008", source: str = "html", **changes: object) -> Answer:
    return ask(url, "/v1/messages", CLAUDE, request(paper_id, source, **changes))


def reply(answer: Answer) -> dict[str, Any]:
    """The JSON in an answer's text."""
    assert answer.status == 200
    value: dict[str, Any] = json.loads(answer.json["content"][-1]["text"])
    return value


def set_moods(url: str, paper_id: str, *moods: str) -> None:
    assert ask(url, "/_moods", body={"paper_id": paper_id, "moods": moods}).status == 200


def requests_to(url: str) -> list[dict[str, Any]]:
    """What the stand-in was asked so far."""
    value: list[dict[str, Any]] = json.loads(ask(url, "/_requests").body)
    return value


def first_in_a_mood(url: str) -> dict[str, Any]:
    """The first request that met a mood, as soon as there is one."""
    return next(asked for _ in range(1000) for asked in requests_to(url) if asked["mood"])


class TestArxiv:
    def test_the_sample_day_has_eight_papers_in_its_window_newest_first(self, arxiv_url: str) -> None:
        feed = query(
            arxiv_url, search_query=f"{CATEGORIES} AND {WINDOW}", sortBy="submittedDate", sortOrder="descending"
        )
        assert ids(feed) == [f"2699.0000{n}v{2 if n == 3 else 1}" for n in range(8, 0, -1)]

    def test_without_a_window_the_day_before_and_the_replacement_are_there_too(self, arxiv_url: str) -> None:
        assert ids(query(arxiv_url, search_query=CATEGORIES))[-2:] == ["2699.00009v1", "2599.00010v3"]

    def test_a_category_selects_primary_and_cross_listed_papers(self, arxiv_url: str) -> None:
        assert ids(query(arxiv_url, search_query="cat:cs.CL")) == ["2699.00002v1"]
        assert ids(query(arxiv_url, search_query="cat:cs.CL AND cat:eess.AS")) == []

    def test_the_ends_of_a_range_of_dates_belong_to_it(self, arxiv_url: str) -> None:
        exact = "submittedDate:[202603040122 TO 202603040122]"
        assert ids(query(arxiv_url, search_query=f"{exact} AND cat:eess.AS")) == ["2699.00001v1"]

    def test_pages_cover_the_results_and_keep_the_total(self, arxiv_url: str) -> None:
        pages = [query(arxiv_url, search_query=CATEGORIES, start=s, max_results=4) for s in (0, 4, 8, 12)]
        assert [len(ids(page)) for page in pages] == [4, 4, 2, 0]
        assert [numbers(page) for page in pages] == [(10, s, 4) for s in (0, 4, 8, 12)]

    def test_ten_results_are_the_default(self, arxiv_url: str) -> None:
        assert numbers(query(arxiv_url, search_query=CATEGORIES)) == (10, 0, 10)

    @pytest.mark.parametrize("wanted", ["2699.00003", "2699.00003v2"])
    def test_a_paper_is_found_by_its_id(self, arxiv_url: str, wanted: str) -> None:
        assert ids(query(arxiv_url, id_list=wanted)) == ["2699.00003v2"]

    def test_an_unknown_id_gives_an_empty_feed(self, arxiv_url: str) -> None:
        feed = query(arxiv_url, id_list="2699.99999")
        assert (ids(feed), numbers(feed)) == ([], (0, 0, 10))

    def test_a_malformed_id_gives_an_error_entry_with_status_400(self, arxiv_url: str) -> None:
        answer = ask(arxiv_url, "/api/query?id_list=abc", BROWSER)
        assert answer.status == 400
        assert b"https://arxiv.org/api/errors#incorrect_id_format_for_abc" in answer.body

    @pytest.mark.parametrize("query", ["all:bird", "cat:cs.SD AND", "(cat:cs.SD", "cat:cs.SD cat:eess.AS"])
    def test_a_search_that_it_cannot_read_is_refused(self, arxiv_url: str, query: str) -> None:
        assert ask(arxiv_url, f"/api/query?search_query={quote(query)}", BROWSER).status == 400

    @pytest.mark.parametrize("missing", ["User-Agent", "Accept"])
    def test_a_client_that_does_not_introduce_itself_is_not_served(self, arxiv_url: str, missing: str) -> None:
        headers = {name: value for name, value in BROWSER.items() if name != missing}
        assert ask(arxiv_url, "/api/query?id_list=2699.00001", headers).status == 406

    @pytest.mark.parametrize(
        ("path", "content_type"),
        [("/html/2699.00001v1", "text/html; charset=utf-8"), ("/pdf/2699.00004v1", "application/pdf")],
    )
    def test_full_texts_are_served(self, arxiv_url: str, path: str, content_type: str) -> None:
        answer = ask(arxiv_url, path, BROWSER)
        assert (answer.status, answer.headers["Content-Type"]) == (200, content_type)

    def test_there_are_no_catch_up_pages_and_robots_txt_says_so(self, arxiv_url: str) -> None:
        rules = Protego.parse(ask(arxiv_url, "/robots.txt", BROWSER).body.decode())
        assert not rules.can_fetch(f"{arxiv_url}/catchup/cs.SD/2026-03-05", "arXiv-Daily")
        assert rules.can_fetch(f"{arxiv_url}/html/2603.00001v1", "arXiv-Daily")

    @pytest.mark.parametrize("path", ["/html/2699.00004v1", "/pdf/2699.00005v1", "/html/../feed.xml", "/abs/x"])
    def test_what_is_not_there_is_a_small_page_with_404(self, arxiv_url: str, path: str) -> None:
        answer = ask(arxiv_url, path, BROWSER)
        assert (answer.status, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")

    def test_old_ids_live_in_a_sub_folder(self, start: Start, tmp_path: Path) -> None:
        page = tmp_path / "html" / "hep-th" / "9901001v1.html"
        page.parent.mkdir(parents=True)
        page.write_text("<p>An old paper.</p>")
        assert ask(start("arxiv", tmp_path), "/html/hep-th/9901001v1").body == b"<p>An old paper.</p>"

    def test_requests_are_listed_in_order_with_who_asked_and_when(self, start: Start) -> None:
        arxiv_url = start("arxiv")
        ask(arxiv_url, "/api/query?id_list=2699.00001", BROWSER)
        ask(arxiv_url, "/html/none", BROWSER)
        first, second = requests_to(arxiv_url)
        assert (first["path"], first["status"]) == ("/api/query?id_list=2699.00001", 200)
        assert (second["user_agent"], second["status"]) == ("arxiv-daily-tests", 404)
        assert first["at"] <= second["at"]

    def test_the_arxiv_package_reads_the_sample_day(self, arxiv_url: str) -> None:
        client = arxiv.Client(page_size=3, delay_seconds=0)
        client.query_url_format = f"{arxiv_url}/api/query?{{}}"
        found = {paper.get_short_id(): paper for paper in client.results(arxiv.Search(query=CATEGORIES))}
        assert len(found) == 10
        assert found["2699.00002v1"].primary_category == "cs.CL"
        assert found["2699.00003v2"].updated == datetime(2026, 3, 4, 22, 5, 10, tzinfo=UTC)


class TestClaude:
    def test_the_answer_is_a_message_with_the_papers_reply(self, claude_url: str) -> None:
        answer = message(claude_url)
        assert reply(answer) == json.loads((SAMPLE / "replies" / "2699.00008.json").read_text())["reply"]
        assert answer.json["model"] == "claude-haiku-5-5"
        assert answer.json["stop_reason"] == "end_turn"
        assert answer.json["usage"]["output_tokens"] == len(answer.json["content"][0]["text"]) // 4

    def test_the_sdk_understands_it(self, claude_url: str) -> None:
        with anthropic.Anthropic(base_url=claude_url, api_key="test", max_retries=0) as client:
            answer = client.messages.create(
                model="claude-haiku-5-5", max_tokens=100, messages=[{"role": "user", "content": "Hello"}]
            )
        assert answer.content[0].type == "text"

    def test_a_paper_read_from_its_abstract_has_an_answer_of_its_own(self, claude_url: str) -> None:
        from_abstract = reply(message(claude_url, "2699.00005", source="abstract"))
        assert from_abstract["translation"].startswith("本文是为 arXiv Daily 编写的样例论文")
        assert from_abstract != reply(message(claude_url, "2699.00005", source="html"))

    def test_an_unknown_paper_gets_a_placeholder_that_keeps_what_its_abstract_says(self, claude_url: str) -> None:
        made_up = parse_reply(json.dumps(reply(message(claude_url, "2699.12345", messages=[about(ABSTRACT)]))))
        for kept in ("93%", "1,240 hours", "38 ms", r"$\mathcal{O}(n^2)$", "VoxCeleb2", "说话人"):
            assert kept in made_up.translation
        assert made_up.translation.startswith("「样例」")
        assert "「样例」" in made_up.results.points[0].text
        assert made_up.claims == ()

    def test_the_placeholder_passes_the_checks(self, claude_url: str) -> None:
        made_up = parse_reply(json.dumps(reply(message(claude_url, "2699.12345", messages=[about(ABSTRACT)]))))
        paper = a_paper("2699.12345", abstract=ABSTRACT)
        text = FullText(text=ABSTRACT, source=TextSource.HTML)
        assert faults(made_up, paper, text, {"speaker": ("说话人",)}) == ()

    def test_a_correction_is_answered_for_the_paper_of_the_first_turn(self, claude_url: str) -> None:
        turns = [
            {"role": "user", "content": [{"type": "text", "text": prompt()}]},
            {"role": "assistant", "content": "{"},
            {"role": "user", "content": "Once more, as JSON."},
        ]
        assert "DawnMix" in reply(message(claude_url, messages=turns))["translation"]

    @pytest.mark.parametrize(
        "changes",
        [
            {"temperature": 0},
            {"top_p": 0.9},
            {"top_k": 5},
            {"model": None},
            {"max_tokens": None},
            {"messages": None},
            {"messages": []},
            {"messages": [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "{"}]},
            {"messages": [{"role": "system", "content": "Hello"}]},
            {"output_config": {"format": {"type": "json"}}},
            {"output_config": {"format": {"type": "json_schema"}}},
            {"output_config": {"format": {"type": "json_schema", "schema": {"type": "object"}}}},
            {"output_config": {"effort": "enormous"}},
            {"messages": [{"role": "user", "content": [{"type": "image"}]}]},
            {"messages": [{"role": "user", "content": [a_document(type="url"), TEXT]}]},
            {"messages": [{"role": "user", "content": [a_document(media_type="text/plain"), TEXT]}]},
            {"messages": [{"role": "user", "content": [a_document(data="not Base64"), TEXT]}]},
            {"messages": [{"role": "user", "content": [a_document(data="bm8gUERG"), TEXT]}]},
        ],
        ids=json.dumps,
    )
    def test_what_the_api_refuses_is_refused(self, claude_url: str, changes: dict[str, object]) -> None:
        answer = message(claude_url, **dict[str, Any](changes))
        assert answer.status == 400
        assert (answer.json["type"], answer.json["error"]["type"]) == ("error", "invalid_request_error")

    def test_a_pdf_is_accepted(self, claude_url: str) -> None:
        asked = {"role": "user", "content": [a_document(), {"type": "text", "text": prompt()}]}
        assert "DawnMix" in reply(message(claude_url, messages=[asked]))["translation"]

    def test_a_model_that_nobody_has_is_not_found(self, claude_url: str) -> None:
        answer = message(claude_url, model="another-model")
        assert (answer.status, answer.json["error"]["type"]) == (404, "not_found_error")

    def test_a_schema_made_by_the_sdk_is_accepted(self, claude_url: str) -> None:
        form = {"type": "json_schema", "schema": anthropic.transform_schema(Reading)}
        assert message(claude_url, output_config={"format": form, "effort": "medium"}).status == 200

    @pytest.mark.parametrize(("missing", "status"), [("Authorization", 401), ("anthropic-version", 400)])
    def test_the_headers_are_required(self, claude_url: str, missing: str, status: int) -> None:
        headers = {name: value for name, value in CLAUDE.items() if name != missing}
        assert ask(claude_url, "/v1/messages", headers, request()).status == status

    @pytest.mark.parametrize(
        ("mood", "status", "error", "retry_after"),
        [
            ("overloaded", 529, "overloaded_error", "1"),
            ("rate_limited", 429, "rate_limit_error", "1"),
            ("server_error", 500, "api_error", None),
            ("no_credit", 402, "billing_error", None),
            ("bad_key", 401, "authentication_error", None),
            ("forbidden", 403, "permission_error", None),
            ("too_long", 400, "invalid_request_error", None),
        ],
    )
    def test_a_mood_fails_one_request(
        self, claude_url: str, mood: str, status: int, error: str, retry_after: str | None
    ) -> None:
        set_moods(claude_url, "2699.00008", mood)
        answer = message(claude_url)
        assert (answer.status, answer.json["error"]["type"]) == (status, error)
        assert answer.headers["retry-after"] == retry_after
        assert message(claude_url).status == 200

    def test_the_moods_of_a_file_come_first_and_only_once(self, claude_url: str) -> None:
        set_moods(claude_url, "2699.00006", "rate_limited")
        assert [message(claude_url, "2699.00006").status for _ in range(5)] == [529, 500, 429, 200, 200]

    def test_a_mood_for_anyone_meets_the_next_request_of_any_paper(self, claude_url: str) -> None:
        set_moods(claude_url, "*", "overloaded", "server_error")
        assert [message(claude_url, p).status for p in ("2699.00001", "2699.00002", "2699.00001")] == [529, 500, 200]

    def test_a_refused_request_uses_up_no_mood(self, claude_url: str) -> None:
        set_moods(claude_url, "2699.00008", "overloaded")
        assert message(claude_url, temperature=0).status == 400
        assert message(claude_url).status == 529

    def test_a_mood_that_nobody_knows_is_refused(self, claude_url: str) -> None:
        assert ask(claude_url, "/_moods", body={"paper_id": "*", "moods": ["sulking"]}).status == 400

    def test_not_json_is_a_web_page_with_status_200(self, claude_url: str) -> None:
        set_moods(claude_url, "2699.00008", "not_json")
        answer = message(claude_url)
        assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html")

    def test_a_mood_can_stay_until_it_is_cleared(self, claude_url: str) -> None:
        set_moods(claude_url, "*", "always:overloaded")
        assert [message(claude_url).status for _ in range(3)] == [529] * 3
        set_moods(claude_url, "*", "clear")
        assert message(claude_url).status == 200

    def test_a_mood_can_be_one_model_s(self, claude_url: str) -> None:
        set_moods(claude_url, "2699.00008", "always:overloaded@claude-haiku-5-5")
        assert message(claude_url, model="claude-sonnet-5-5").status == 200
        assert message(claude_url, model="claude-haiku-5-5").status == 529

    @pytest.mark.parametrize(
        ("mood", "stop_reason"),
        [("nonsense", "end_turn"), ("truncated", "max_tokens"), ("window_exceeded", "model_context_window_exceeded")],
    )
    def test_a_spoilt_text_is_no_json(self, claude_url: str, mood: str, stop_reason: str) -> None:
        set_moods(claude_url, "2699.00008", mood)
        answer = message(claude_url)
        assert answer.json["stop_reason"] == stop_reason
        with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
            reply(answer)

    def test_a_refusal_says_so_and_holds_no_text(self, claude_url: str) -> None:
        set_moods(claude_url, "2699.00008", "refusal")
        answer = message(claude_url)
        assert (answer.json["stop_reason"], answer.json["content"]) == ("refusal", [])

    def test_thinking_can_come_before_the_text(self, claude_url: str) -> None:
        set_moods(claude_url, "2699.00008", "thinking_first")
        answer = message(claude_url)
        assert [block["type"] for block in answer.json["content"]] == ["thinking", "text"]
        assert "translation" in reply(answer)

    def test_the_json_can_stand_in_a_fence(self, claude_url: str) -> None:
        set_moods(claude_url, "2699.00008", "fenced")
        text = message(claude_url).json["content"][0]["text"]
        assert "translation" in json.loads(text.removeprefix("```json\n").removesuffix("\n```"))

    def test_an_empty_answer_holds_no_block(self, claude_url: str) -> None:
        set_moods(claude_url, "2699.00008", "empty")
        answer = message(claude_url)
        assert (answer.json["stop_reason"], answer.json["content"]) == ("end_turn", [])

    def test_prose_can_stand_around_the_json(self, claude_url: str) -> None:
        set_moods(claude_url, "2699.00008", "prose_around")
        text = message(claude_url).json["content"][0]["text"]
        assert (text[:8], text[-9:]) == ("Here is ", " changed.")
        assert json.loads(text[text.index("{") : text.rindex("}\n") + 1]) == reply(message(claude_url))

    @pytest.mark.parametrize("mood", ["fenced", "prose_around", "thinking_first", "latex_broken"])
    def test_an_answer_in_an_odd_dress_is_the_same_to_the_product(self, claude_url: str, mood: str) -> None:
        set_moods(claude_url, "2699.00001", mood)
        odd, plain = (message(claude_url, "2699.00001").json["content"][-1]["text"] for _ in range(2))
        assert parse_reply(odd) == parse_reply(plain)

    def test_formulas_can_lose_their_double_backslashes(self, claude_url: str) -> None:
        plain = message(claude_url, "2699.00001").json["content"][0]["text"]
        set_moods(claude_url, "2699.00001", "latex_broken")
        broken = message(claude_url, "2699.00001").json["content"][0]["text"]
        assert r"$\\mathcal{O}(n^2)$" in plain
        assert broken == plain.replace("\\\\", "\\")

    @pytest.mark.parametrize(
        ("mood", "kinds"),
        [
            ("wrong_numbers", {FaultKind.NUMBER}),
            ("invented_result", {FaultKind.QUOTE, FaultKind.RESULT}),
            ("english_left", {FaultKind.LANGUAGE}),
        ],
    )
    def test_a_spoilt_digest_has_the_fault_of_its_mood(self, claude_url: str, mood: str, kinds: set[FaultKind]) -> None:
        set_moods(claude_url, "2699.12345", mood)
        spoilt = parse_reply(json.dumps(reply(message(claude_url, "2699.12345", messages=[about(ABSTRACT)]))))
        text = FullText(text=ABSTRACT, source=TextSource.HTML)
        assert {fault.kind for fault in faults(spoilt, a_paper(abstract=ABSTRACT), text, {})} >= kinds

    def test_a_slow_answer_is_the_plain_one(self, claude_url: str) -> None:
        set_moods(claude_url, "2699.00008", "slow")
        assert reply(message(claude_url)) == reply(message(claude_url))

    def test_a_lost_answer_was_made_but_never_arrives(self, claude_url: str) -> None:
        set_moods(claude_url, "2699.00008", "lost")
        with pytest.raises(http.client.RemoteDisconnected):
            message(claude_url)
        (lost,) = requests_to(claude_url)
        assert (lost["mood"], lost["status"], lost["answered"]) == ("lost", 200, True)

    def test_a_hanging_request_is_listed_while_it_hangs(self, claude_url: str) -> None:
        set_moods(claude_url, "2699.00008", "hang")
        body = json.dumps(request()).encode()
        head = "".join(f"{n}: {v}\r\n" for n, v in {**CLAUDE, "Content-Length": len(body)}.items())
        with socket.create_connection((urlsplit(claude_url).hostname, urlsplit(claude_url).port)) as client:
            client.sendall(f"POST /v1/messages HTTP/1.1\r\nHost: x\r\n{head}\r\n".encode() + body)
            hanging = first_in_a_mood(claude_url)
            assert (hanging["status"], hanging["answered"]) == (None, False)
            assert message(claude_url).status == 200

    def test_requests_are_listed_with_their_body_and_its_hash(self, claude_url: str) -> None:
        message(claude_url, source="pdf")
        message(claude_url, source="pdf")
        first, second = requests_to(claude_url)
        assert (first["paper_id"], first["source"], first["status"]) == ("2699.00008", "pdf", 200)
        assert first["body"] == request(source="pdf")
        assert first["body_sha256"] == second["body_sha256"]


class TestProcesses:
    @pytest.mark.parametrize("name", ["arxiv", "claude"])
    def test_a_stand_in_ends_when_it_is_told_to(self, name: str) -> None:
        with stand_in(name, SAMPLE) as url:
            assert ask(url, "/_requests").status == 200
        with pytest.raises(ConnectionRefusedError):
            ask(url, "/_requests")

    @pytest.mark.parametrize("name", ["arxiv", "claude"])
    def test_a_stand_in_does_not_outlive_its_parent(self, name: str) -> None:
        """It holds the parent's stderr, which run() reads to its end: run() returns once both are gone."""
        command = [sys.executable, "-c", PARENT, f"arxiv_daily_cli.standins.{name}", str(SAMPLE)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
        with pytest.raises(ConnectionRefusedError):
            ask(done.stdout.strip(), "/_requests")


def test_every_reply_of_the_sample_day_is_a_reading() -> None:
    for path in (SAMPLE / "replies").iterdir():
        stored = json.loads(path.read_text())
        for answer in (stored[name] for name in ("reply", "reply_from_abstract") if name in stored):
            assert "样例" in parse_reply(json.dumps(answer)).translation
