"""What is demanded of the checks, and whether they hold it."""

from collections.abc import Iterable, Iterator

from tests.evaluation.measuring import Measured
from tests.evaluation.planting import PlantedKind

CAUGHT = {
    PlantedKind.NUMBER: 1.0,
    PlantedKind.MAGNITUDE: 1.0,
    PlantedKind.ADDED: 1.0,
    PlantedKind.INVENTED: 1.0,
    PlantedKind.UNIT: 0.95,
    PlantedKind.WORD: 0.8,
    PlantedKind.ENGLISH: 0.98,
    PlantedKind.TERM: 0.9,
    PlantedKind.INSTRUCTION: 0.9,
    PlantedKind.SENTENCE: 0.8,
    PlantedKind.FORMULA: 0.5,
    PlantedKind.SCOPE: 0.6,
    PlantedKind.SWAPPED: 0.35,
}
"""The share of the planted faults that must be caught. Below 1 it is what the checks hold today: raise it with them."""

ALWAYS_CAUGHT = tuple(kind for kind, bar in CAUGHT.items() if bar == 1)

FALSE_ALARMS = 0.02
"""The share of faithful digests, written and rewritten, in which a fault may be found: less than this."""

LATER = 1 / 3
"""The share of the faults that planters written after the checks must have planted."""


def missed(measured: Measured) -> list[str]:
    """A sentence for each bar that is missed."""
    return [*not_caught(measured, CAUGHT), *false_alarms(measured), *few_planted_afterwards(measured)]


def not_caught(measured: Measured, kinds: Iterable[PlantedKind]) -> Iterator[str]:
    for kind in kinds:
        trials = [trial for trial in measured.trials if trial.planted.kind is kind]
        caught = sum(trial.is_caught for trial in trials)
        if not trials:
            yield f"{kind}: none was planted"
        elif caught < CAUGHT[kind] * len(trials):
            yield f"{kind}: {caught} of {len(trials)} caught, {CAUGHT[kind]:.0%} demanded"


def false_alarms(measured: Measured) -> Iterator[str]:
    written = [reading for reading in measured.readings if not reading.rewriter]
    for name, readings in (("faithful", written), ("faithful and rewritten", measured.readings)):
        alarmed = sum(bool(reading.alarms) for reading in readings)
        if alarmed >= FALSE_ALARMS * len(readings):
            yield f"{alarmed} of {len(readings)} {name} digests have false alarms, under {FALSE_ALARMS:.0%} demanded"


def few_planted_afterwards(measured: Measured) -> Iterator[str]:
    later = sum(trial.is_later for trial in measured.trials)
    if later < LATER * len(measured.trials):
        yield f"{later} of {len(measured.trials)} faults come from afterwards.py, a third is demanded"
