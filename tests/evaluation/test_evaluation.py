"""A share of `make eval`, and the rules by which it counts."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from arxiv_daily.digests.faults import Fault, FaultKind
from arxiv_daily.digests.schema import DigestReply
from arxiv_daily.models import Claim, FullText, Part, Point, TextSource
from tests.evaluation import bars, report
from tests.evaluation.case import Case, near
from tests.evaluation.corpus import FAITHFUL, corpus, sample_cases, written_cases
from tests.evaluation.figures import figures
from tests.evaluation.judging import judged
from tests.evaluation.measuring import (
    Measured,
    Reading,
    Trial,
    caught_by,
    measure,
    planted_faults,
    plantings,
    rewritten,
)
from tests.evaluation.planters import BEFORE, afterwards
from tests.evaluation.planting import Planted, PlantedKind
from tests.evaluation.rewriting import REWRITERS
from tests.examples import a_paper

SHARE = 8
"""Of the faults that one seed plants, one in so many; of a small share, only the bars of 100 % can be asked."""


def a_case(results: str = "准确率为93.5%，此前为88.1%。") -> Case:
    part = Part(points=(Point(term="效果", text=results),))
    reply = DigestReply(
        translation="我们听到其中的93%。它用了八块 GPU。",
        background=part,
        method=part,
        results=part,
        claims=(Claim(dataset="TIMIT", value="93.5%", quote="It reaches 93.5% on TIMIT."),),
    )
    text = FullText(text="It reaches 93.5% on TIMIT, from 88.1%.", source=TextSource.HTML)
    return Case("made up", a_paper(abstract="We hear 93% of it. It took eight GPUs."), text, reply)


def a_fault(*where: str | int) -> Fault:
    return Fault(kind=FaultKind.NUMBER, where=where, message="wrong", remark="错")


def a_trial(case: Case, *where: str | int) -> Trial:
    spoiled = case.with_texts({("translation",): "我们听到其中的39%。"})
    return Trial(case, "planter", 0, Planted(PlantedKind.NUMBER, spoiled, (where,), "93 -> 39"))


@pytest.fixture(scope="module")
def measured() -> Measured:
    cases = corpus()
    trials = planted_faults(cases, BEFORE, afterwards(), seeds=1)[::SHARE]
    return measure(trials, rewritten(cases, REWRITERS[-1:]), judged)


def test_every_changed_number_and_every_invented_result_of_a_share_is_caught(measured: Measured) -> None:
    assert list(bars.not_caught(measured, bars.ALWAYS_CAUGHT)) == []


def test_faithful_digests_raise_no_false_alarms(measured: Measured) -> None:
    assert list(bars.false_alarms(measured)) == []


@pytest.mark.parametrize("case", sample_cases(), ids=lambda case: case.name)
def test_no_planter_leaves_a_faithful_digest_as_it_was(case: Case) -> None:
    for trial in plantings([case], BEFORE, range(3)):
        assert trial.planted.case.reply != case.reply, trial.planter
        assert trial.planted.case.name == case.name


def test_the_same_seed_plants_the_same_fault() -> None:
    first, second = (list(plantings([a_case()], BEFORE, range(2))) for _ in range(2))
    assert first == second


def test_every_kind_of_fault_is_planted_somewhere_in_the_sample_day() -> None:
    kinds = {trial.planted.kind for trial in plantings(sample_cases(), BEFORE, range(2))}
    assert kinds == set(PlantedKind)


def test_every_quote_of_a_written_digest_stands_in_the_papers_text() -> None:
    def folded(text: str) -> str:
        return " ".join(text.replace("\N{OHM SIGN}", "Ω").split())

    for case in written_cases():
        for claim in case.reply.claims:
            assert folded(claim.quote) in folded(case.text.text), case.name


def test_every_written_digest_names_a_paper_and_its_style() -> None:
    papers = {paper["paper_id"] for paper in json.loads((FAITHFUL / "papers.json").read_text(encoding="utf-8"))}
    digests = [json.loads(file.read_text(encoding="utf-8")) for file in Path(FAITHFUL).glob("*-*.json")]
    assert {digest["paper_id"] for digest in digests} == papers
    assert all(digest["style"] for digest in digests)


def test_a_fault_at_the_planted_field_that_the_faithful_digest_lacks_is_a_catch() -> None:
    case = a_case()
    assert caught_by(a_trial(case, "translation"), lambda c: (a_fault("translation"),) if c != case else ())


def test_a_fault_that_the_faithful_digest_has_too_catches_nothing() -> None:
    assert caught_by(a_trial(a_case(), "translation"), lambda _: (a_fault("translation"),)) == ()


def test_a_fault_elsewhere_catches_nothing() -> None:
    case = a_case()
    trial = a_trial(case, "results", "points", 1, "text")
    assert caught_by(trial, lambda c: (a_fault("results", "points", 0),) if c != case else ()) == ()


@pytest.mark.parametrize("where", [("results",), ("results", "points", 1), ("results", "points", 1, "text", 0)])
def test_a_field_is_near_what_holds_it_and_what_it_holds(where: tuple[str | int, ...]) -> None:
    assert near(("results", "points", 1, "text"), where)
    assert not near(("results", "points", 2, "text"), (*where[:1], "lead"))


def test_numbers_of_names_formulas_and_enumerations_are_not_for_changing() -> None:
    text = "（1）XTTS-v2 与 F0 的 $n^2$：1,240 小时，$10^{-22}$ eV，16 kHz，4.21 $\\pm$ 0.06"
    found = [figure.digits for figure in figures([(("translation",), text)])]
    assert found == ["1,240", "10", "22", "16", "4.21", "0.06"]


def test_a_number_is_never_changed_into_another_of_its_source() -> None:
    case = replace(a_case(), paper=a_paper(abstract=f"We hear 93% of it, or {', '.join(map(str, range(10, 100)))}."))
    planters = [planter for planter in BEFORE if planter.__name__ == "translation_digit"]
    assert list(plantings([case], planters, range(20))) == []


def test_later_planters_plant_a_third_of_all_faults() -> None:
    def later(case: Case, random: Random) -> Planted | None:
        text = f"共{random.randrange(10**9)}个"
        return Planted(PlantedKind.ADDED, case.with_texts({("translation",): text}), (("translation",),), text)

    trials = planted_faults([a_case()], BEFORE[:9], [later], seeds=2)
    assert bars.LATER <= sum(trial.is_later for trial in trials) / len(trials) < bars.LATER + 0.1


def sentences_for(trials: Sequence[Trial], readings: Sequence[Reading]) -> str:
    return "\n".join(bars.missed(Measured(tuple(trials), tuple(readings))))


def test_a_missed_number_and_a_false_alarm_each_miss_a_bar() -> None:
    trial, reading = a_trial(a_case(), "translation"), Reading(a_case(), alarms=(a_fault("translation"),))
    told = sentences_for([trial], [reading])
    assert "changed number: 0 of 1 caught" in told
    assert "1 of 1 faithful digests have false alarms" in told


def test_the_page_says_when_the_faults_planted_afterwards_are_missing() -> None:
    measured = Measured((a_trial(a_case(), "translation"),), (Reading(a_case()),))
    assert "0 of 1 faults come from afterwards.py" in sentences_for(measured.trials, measured.readings)
    assert "0 of 0" in report.markdown(measured)
