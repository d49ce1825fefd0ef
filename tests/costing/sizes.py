"""The days that docs/costs.md tells of."""

SIZES = {"20 papers a day": 20, "300 papers a day": 300, "all of arXiv, 1,400": 1400}
PAPERS = tuple(SIZES.values())
