"""The table of caught, missed and false alarms, in Markdown and in a line."""

from collections.abc import Iterable, Sequence

from arxiv_daily.digests.faults import FaultKind
from tests.evaluation import bars
from tests.evaluation.measuring import Measured, Reading, Trial
from tests.evaluation.planting import PlantedKind

Row = Sequence[str | int]
_ABOUT = """\
# How well the checks do

`make eval` plants faults into digests that are faithful to their papers and asks the checks of
`arxiv_daily/digests/checks` about each one. They see the paper, its text and the digest, never what was planted. This
page is what the command last wrote; it fails when a bar is missed.
"""
_RULES = """\
A planted fault is caught when the checks find a fault in a field that was touched (or in one that holds it, or is held
by it) which they do not find in the faithful digest of the same paper. Whatever kind they call it counts.
"""
_LIMITS = """\
## What these figures do not say

- The checks are rules: they compare numbers, names, quotes and lengths. A sentence that misreads the paper in words
  alone, with every number right, is seen by none of them, and only overclaims of a few shapes were planted here.
- The planted faults are ours: made by rules, one per digest, by people who know the task. Those of a model are others,
  and come together. The last third was written by somebody who had not written the first two.
- A number that chance turns into another one of the same abstract, or of the same results, is not planted as a changed
  number; it stands under "results exchanged", where rules see little.
- The corpus is small: {digests} digests of {papers} papers. No false alarm in {digests} digests still allows, at 95 %
  confidence, a rate of up to {bound}. The rewritten digests are variations of the same ones, and prove less.
- The seed's readings were written from texts that are not at hand: of theirs, only the translations are judged, and
  what needs no text (shape, language, terms).
- The other digests were written for this evaluation, or for the sample day, by people who know how claims are
  checked; two places were corrected later, where a number of the results stood in no quote. A model's faithful digest
  may be worded in ways that nobody thought of.
- The checks were mended by what this evaluation showed. On digests and faults that it does not hold they will do worse;
  only what was planted afterwards says how much.
"""


def markdown(measured: Measured) -> str:
    """The page in docs/, which holds no date: equal code and data make an equal page."""
    written = [reading for reading in measured.readings if not reading.rewriter]
    papers = {reading.case.paper.paper_id for reading in written}
    limits = _LIMITS.format(
        digests=len(written), papers=len(papers), bound=f"{1 - 0.05 ** (1 / len(written)):.0%}" if written else "100%"
    )
    parts = (
        _ABOUT,
        f"**{summary(measured)}**\n",
        "".join(f"- bar missed: {sentence}\n" for sentence in bars.missed(measured)),
        "## Planted faults\n",
        _RULES,
        _table(KIND_HEAD, kind_rows(measured.trials)),
        "## False alarms\n",
        "Faithful digests in which a fault is found, by the kind that the checks call it.\n",
        _table(ALARM_HEAD, alarm_rows(measured.readings)),
        "## By planter\n",
        _table(("planter", "kind", "planted", "caught"), planter_rows(measured.trials)),
        limits,
    )
    return "\n".join(part for part in parts if part)


KIND_HEAD = ("kind", "planted", "caught", "missed", "share", "bar", "of them afterwards")
ALARM_HEAD = ("kind", "faithful digests", "share", "rewritten digests", "share")


def kind_rows(trials: Sequence[Trial]) -> list[Row]:
    return [_kind_row(kind, [trial for trial in trials if trial.planted.kind is kind]) for kind in PlantedKind] + [
        _kind_row("all", trials)
    ]


def _kind_row(kind: PlantedKind | str, trials: Sequence[Trial]) -> Row:
    caught, later = _caught(trials), [trial for trial in trials if trial.is_later]
    bar = f"{bars.CAUGHT[kind]:.0%}" if isinstance(kind, PlantedKind) else ""
    afterwards = f"{_caught(later)} of {len(later)}"
    return (str(kind), len(trials), caught, len(trials) - caught, _share(caught, len(trials)), bar, afterwards)


def planter_rows(trials: Sequence[Trial]) -> list[Row]:
    groups: dict[tuple[str, str], list[Trial]] = {}
    for trial in trials:
        groups.setdefault((trial.planter.rstrip("_0123456789"), str(trial.planted.kind)), []).append(trial)
    return [(*key, len(group), _caught(group)) for key, group in groups.items()]


def alarm_rows(readings: Sequence[Reading]) -> list[Row]:
    """A row per kind of fault, one for digests with any, and one for all pairs of digest and kind."""
    written = [reading for reading in readings if not reading.rewriter]
    others = [reading for reading in readings if reading.rewriter]
    rows: list[Row] = [_alarm_row(str(kind), written, others, {kind}) for kind in FaultKind]
    rows.append(_alarm_row("any", written, others, set(FaultKind)))
    pairs = [
        (sum(len(_kinds(reading)) for reading in group), len(group) * len(FaultKind)) for group in (written, others)
    ]
    cells = [cell for count, total in pairs for cell in (f"{count} of {total}", _share(count, total))]
    return [*rows, ("pairs of digest and kind", *cells)]


def _alarm_row(name: str, written: Sequence[Reading], others: Sequence[Reading], kinds: set[FaultKind]) -> Row:
    counts = [(sum(bool(_kinds(reading) & kinds) for reading in group), len(group)) for group in (written, others)]
    return (name, *(cell for count, total in counts for cell in (f"{count} of {total}", _share(count, total))))


def summary(measured: Measured) -> str:
    """One line: what was caught, what was a false alarm, and whether the bars hold."""
    written = [reading for reading in measured.readings if not reading.rewriter]
    alarmed, caught = sum(bool(reading.alarms) for reading in written), _caught(measured.trials)
    missed = len(bars.missed(measured))
    return (
        f"{caught} of {len(measured.trials)} planted faults caught ({_share(caught, len(measured.trials))}), "
        f"false alarms in {alarmed} of {len(written)} faithful digests ({_share(alarmed, len(written))}); "
        + (f"bars missed: {missed}" if missed else "every bar holds")
    )


def _caught(trials: Iterable[Trial]) -> int:
    return sum(trial.is_caught for trial in trials)


def _kinds(reading: Reading) -> set[FaultKind]:
    return {fault.kind for fault in reading.alarms}


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def _table(head: Sequence[str], rows: Iterable[Row]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines) + "\n"
