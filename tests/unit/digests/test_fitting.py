import pytest

from arxiv_daily.digests.fitting import CUT, fitted

SENTENCE = "This is a sentence of the paper that says something."


def body(word: str, paragraphs: int) -> str:
    return "\n\n".join(f"{word} {number}. {SENTENCE}" for number in range(paragraphs))


HTML = "\n\n".join(
    [
        "# A title",
        f"## Abstract\n\n{body('abstract', 2)}",
        f"## 1 Introduction\n\n{body('introduction', 10)}",
        f"## 2 Related Work\n\n{body('related', 20)}\n\n### 2.1 Speech\n\n{body('related-below', 20)}",
        f"## 3 Method\n\n{body('method', 60)}",
        f"## 4 Results and Discussion\n\n{body('results', 20)}",
        f"## 5 Limitations\n\n{body('limitations', 10)}",
        f"## 6 Conclusion\n\n{body('conclusion', 5)}",
        f"## Acknowledgements\n\n{body('thanks', 10)}",
    ]
)
PDF = (
    HTML.replace("### 2.1", "2.1").replace("## 3 Method", "3. METHOD").replace("## 1 ", "I. ")
    .replace("## Ack", "Ack").replace("## ", "").replace("# ", "")
)  # fmt: skip


def test_a_text_that_fits_is_left_as_it_is() -> None:
    assert fitted(HTML, len(HTML)) == (HTML, False)


@pytest.mark.parametrize("text", [HTML, PDF], ids=["html", "pdf"])
def test_acknowledgements_go_first_and_nothing_else_when_that_is_enough(text: str) -> None:
    shorter, is_cut = fitted(text, len(text) - 300)
    assert is_cut
    assert "thanks" not in shorter
    assert all(word in shorter for word in ("related-below 19", "limitations 9", "method 59", "conclusion 4"))


@pytest.mark.parametrize("text", [HTML, PDF], ids=["html", "pdf"])
def test_related_work_goes_with_what_is_below_it_before_a_method_is_touched(text: str) -> None:
    shorter, _ = fitted(text, len(text) - 3_500)
    assert not any(word in shorter for word in ("thanks", "limitations 0", "related 0", "related-below"))
    kept = ("abstract 1", "introduction 9", "method 59", "results 19", "conclusion 4")
    assert all(word in shorter for word in kept)
    assert f"Related Work\n\n{CUT}" in shorter


def test_then_the_longest_sections_are_cut_at_the_end_of_a_paragraph() -> None:
    shorter, _ = fitted(HTML, 5_000)
    assert all(word in shorter for word in ("introduction 9", "conclusion 4", "method 0", "results 0"))
    assert "method 59" not in shorter
    assert f"{SENTENCE}\n\n{CUT}\n\n## 4 Results and Discussion" in shorter


def test_a_heading_that_holds_results_stays_whatever_else_it_says() -> None:
    assert "results 0" in fitted(HTML, 3_000)[0]


@pytest.mark.parametrize("text", ["word " * 10_000, "\n\n".join([SENTENCE] * 1_000), "x" * 50_000])
def test_without_headings_beginning_and_end_stay(text: str) -> None:
    marked = f"BEGINNING {text} END"
    shorter, is_cut = fitted(marked, 10_000)
    assert is_cut
    assert shorter.startswith("BEGINNING")
    assert shorter.endswith("END")
    assert CUT in shorter


@pytest.mark.parametrize("text", [HTML, PDF, "word " * 2_000, "x" * 10_000, "## A\n\n" * 1_000])
@pytest.mark.parametrize("limit", [1, 10, 100, 1_000, 3_000, 6_000])
def test_the_limit_holds_and_the_room_is_used(text: str, limit: int) -> None:
    shorter, _ = fitted(text, limit)
    assert len(shorter) <= limit
    assert shorter == fitted(text, limit)[0]
