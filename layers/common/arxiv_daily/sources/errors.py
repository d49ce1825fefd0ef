"""What can go wrong when arXiv is asked."""


class ArxivError(Exception):
    """arXiv gave no usable answer: `url` says what was asked, `problem` what happened, `tries` how often."""

    def __init__(self, url: str, problem: str, tries: int = 1) -> None:
        super().__init__(url, problem, tries)
        self.url = url
        self.problem = problem
        self.tries = tries

    def __str__(self) -> str:
        attempts = {0: "no try", 1: "1 try"}.get(self.tries, f"{self.tries} tries")
        return f"{self.problem} after {attempts}: {self.url}"


class ArxivUnavailable(ArxivError):
    """No answer, or none that can be trusted to be whole; the same question may succeed later."""


class ArxivBusy(ArxivUnavailable):
    """arXiv asks to wait, or others are asking it: come back in `retry_after` seconds. That is nobody's failure."""

    def __init__(self, url: str, problem: str, retry_after: float, tries: int = 1) -> None:
        super().__init__(url, problem, tries)
        self.retry_after = retry_after


class TooLarge(ArxivError):
    """An answer is larger than we read; asking again will not help."""


class QueryRejected(ArxivUnavailable):
    """arXiv answered with an error entry: it did not accept the question."""


class PaperNotFound(ArxivError):
    """arXiv knows no paper, or no such version, with this id; asking again will not help."""


class CatchUpNotAllowed(ArxivError):
    """arXiv offers no catch-up listing: not to programs, or not of a date so long ago; asking again will not help."""
