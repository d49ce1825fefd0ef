"""LANGUAGE: what is written is in Chinese, but for terms and names."""

import re
from collections.abc import Iterator

from arxiv_daily.digests.checks import passages
from arxiv_daily.digests.checks.passages import PART_NAMES, Path
from arxiv_daily.digests.checks.plain_text import FORMULA, plain, without_addresses
from arxiv_daily.digests.faults import Fault, FaultKind
from arxiv_daily.digests.glossary import Glossary, occurring, pattern
from arxiv_daily.digests.schema import DigestReply
from arxiv_daily.models import Paper

_HAN = re.compile(r"[\u3400-\u9fff]")
_RUN = re.compile(r"[A-Za-z][A-Za-z'’]*(?:(?:[ -]|, |\. )(?:[A-Za-z][A-Za-z'’]*|\d[\w.%]*))*")
_FUNCTION_WORD = re.compile(
    r"\b(?:the|this|that|these|we|our|is|are|was|were|be|been|has|have|which|with|from|by|in|on|to|it|its|as|than|"
    r"such|can|not|also|both|while|using|used|based|show|shows|propose|and|or|for|of|an)\b"
)
_LONGEST_RUN = 4
_LONGEST_WITH_FUNCTION_WORDS = 2
_LONGEST_WITH_TERMS, _LONGEST_AROUND_TERMS = 5, 3
_LATIN_SHARE = 0.55
_NEARLY_NOTHING = 12


def language_faults(reply: DigestReply, paper: Paper, glossary: Glossary) -> Iterator[Fault]:
    for name, texts in _fields(reply).items():
        whole = FORMULA.sub(" ", without_addresses("".join(text for _, text in texts)))
        if len(whole.strip()) > _NEARLY_NOTHING and not _is_chinese(whole):
            yield _fault((name,), "is not in Chinese")
            continue
        for where, text in texts:
            left = _left_in_english(text, paper, glossary)
            if left:
                yield _fault(where, f"leaves English that has a Chinese rendering: {left!r}")


def _fields(reply: DigestReply) -> dict[str, list[tuple[Path, str]]]:
    parts = {name: [(one.where, one.text) for one in passages.of_part(reply, name)] for name in passages.PARTS}
    return {"translation": [(("translation",), reply.translation)], **parts}


def _left_in_english(text: str, paper: Paper, glossary: Glossary) -> str | None:
    told = FORMULA.sub(" ", plain(without_addresses(text)))
    long = next((run for run in _RUN.findall(told) if _holds_terms_in_prose(run, glossary)), None)
    rest = _without(told, occurring(glossary, told), "术语")
    return long or next((run for run in _RUN.findall(rest) if _is_prose(run, paper)), None)


def _without(text: str, terms: Glossary, mark: str) -> str:
    for term in sorted(terms, key=len, reverse=True):
        text = pattern(term).sub(mark, text)
    return text


def _holds_terms_in_prose(run: str, glossary: Glossary) -> bool:
    """Terms may stay in English, and a whole phrase around them may not."""
    if len(_lower(run)) < _LONGEST_WITH_TERMS:
        return False
    return len(_lower(_without(run, glossary, ""))) >= _LONGEST_AROUND_TERMS


def _lower(run: str) -> list[str]:
    return [word for word in re.split(r"[ ,.-]+", run) if word.islower() and len(word) > 1]


def _is_chinese(text: str) -> bool:
    han, latin = len(_HAN.findall(text)), len(re.findall(r"[A-Za-z]{2,}", text))
    return han > 0 and latin / (han + latin) <= _LATIN_SHARE


def _is_prose(run: str, paper: Paper) -> bool:
    """Several lower-case words in a row that are no name of the paper's own."""
    words = re.split(r"[ ,.-]+", run)
    lower = _lower(run)
    if len(lower) > len(words) / 2 and len(lower) >= _LONGEST_RUN:
        return True
    functional = _FUNCTION_WORD.findall(run)
    is_in_title = run.lower() in paper.title.lower()
    return len(lower) > _LONGEST_WITH_FUNCTION_WORDS and len(functional) > 1 and not is_in_title


def _fault(where: Path, problem: str) -> Fault:
    place = PART_NAMES[str(where[0])]
    return Fault(
        kind=FaultKind.LANGUAGE,
        where=where,
        message=f"{where[0]}: {problem}",
        remark=f"「{place}」中留有未译的外文。",
    )
