"""Prompts and answers of real papers, whose texts are not part of the project."""

from arxiv_daily.digests.glossary import load, occurring
from arxiv_daily.digests.prompt import digest_request
from tests.costing.files import TextUse
from tests.evaluation.case import Case
from tests.evaluation.corpus import written_cases

_CATEGORIES = ("cs.SD", "eess.AS")
_LANGUAGE = "zh-CN"


def measured_texts() -> tuple[TextUse, ...]:
    """Of every digest that was written by hand for the evaluation. Skips the test where the texts are absent."""
    return tuple(map(_measured, written_cases()))


def _measured(case: Case) -> TextUse:
    terms = occurring(load(_CATEGORIES), case.paper.abstract)
    request = digest_request("any", case.paper, case.text, _LANGUAGE, terms)
    answer = case.reply.model_dump_json()
    return TextUse(
        paper_id=case.paper.paper_id,
        prompt=len(request.system) + sum(len(message.content) for message in request.messages),
        answer=len(answer),
        answer_beyond_ascii=sum(not character.isascii() for character in answer),
    )
