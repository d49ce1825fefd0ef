"""What can go wrong with a call to Claude, by what has to happen next. Messages are for readers: in Chinese."""


class ClaudeError(Exception):
    """Base of the family."""


class ClaudeBusy(ClaudeError):
    """429 or 529: ask again after `retry_after` seconds; not the paper's fault, no attempt is spent."""

    def __init__(self, message: str, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ClaudeUnavailable(ClaudeError):
    """No connection, no time, a server error, an answer that is none: try again."""


class ClaudeFailed(ClaudeUnavailable):
    """An error status of the server, such as 500: try again; nothing is billed."""


class ClaudeClosed(ClaudeError):
    """401, 402, 403: key, credit or permission; asking again will not help before a person did something.

    The message says what happened, as a sentence for readers.
    """


class ClaudeKeyRefused(ClaudeClosed):
    """401: the key may have been replaced since it was read."""


class ClaudeRefusedRequest(ClaudeError):
    """Another 4xx: this very request will never be answered."""


class ClaudeTooLong(ClaudeRefusedRequest):
    """The request is longer than the model, or the server, can take."""


class NoDigest(ClaudeError):
    """Claude answered, and no digest can be made of it: a refusal, or a fault that the correction left."""


class OverBudget(ClaudeError):
    """The day's budget has no room for the request: `may_fit_soon` when requests under way may leave some."""

    def __init__(self, *, may_fit_soon: bool) -> None:
        super().__init__("今日预算已用完")
        self.may_fit_soon = may_fit_soon
