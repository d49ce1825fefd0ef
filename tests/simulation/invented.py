"""Invented titles, abstracts, authors and comments: short, plainly synthetic, and not always plain ASCII."""

from random import Random

_WHAT = (
    "Speech Enhancement",
    "Singing Voice Synthesis",
    "Keyword Spotting",
    "Audio Captioning",
    "Beamforming",
    "Speaker Diarization",
    "Music Tagging",
    "Room Acoustics",
    "Codec Tokens",
    "Voice Conversion",
)
_HOW = (
    "Imaginary Transformers",
    "Pretend Diffusion",
    "Make-Believe Filters",
    "Fictional Priors",
    "R&D Pipelines",
    "$\\ell_1$ Penalties",
    "虚构的注意力",
    "<Mask> Tokens",
    "Schrödinger Bridges",
)
_GIVEN = ("Ada", "Bo", "Chidi", "Dóra", "Emre", "Freja", "Goran", "Hana", "伟", "Jean-Luc", "Kwame")
_FAMILY = ("Examplar", "Invented", "Muster", "Nemo", "O'Sample", "Placeholder", "Śpecimen", "样本", "Fictitious")
_COMMENTS = (None, None, "5 pages, 2 figures", "Submitted to an imaginary conference", "Code & samples to follow")

WITHDRAWALS = (
    "This paper has been withdrawn by the authors due to an error in Theorem 2",
    "Withdrawn: the invented data set turned out to hold its own test set",
    "The authors withdraw this submission to revise the experiments",
)
DECOY = "Previously withdrawn from an imaginary workshop; this is the full paper, 9 pages"
"""Says the word, and means something else."""


def title(rng: Random) -> str:
    return f"Synthetic Study {rng.randint(100, 9999)}: {rng.choice(_WHAT)} with {rng.choice(_HOW)}"


def abstract(rng: Random) -> str:
    """A few sentences with a figure that the full text repeats nowhere by chance."""
    gain = rng.randint(10, 99)
    return (
        f"This abstract is invented. We study {rng.choice(_WHAT).lower()} where $x < y$ & nothing is real. "
        f"Our method, {rng.choice(_HOW)}, improves the made-up score by 0.{gain} dB over a baseline that never was. "
        f"Tests on {rng.randint(2, 9)} imaginary corpora say so."
    )


def authors(rng: Random) -> tuple[str, ...]:
    return tuple(f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}" for _ in range(rng.randint(1, 5)))


def comment(rng: Random) -> str | None:
    return rng.choice(_COMMENTS)
