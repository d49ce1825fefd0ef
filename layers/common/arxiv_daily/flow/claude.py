"""The way to Claude that a deployment chose: by key, on Claude Platform on AWS, or on Amazon Bedrock."""

import gc
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from aws_lambda_powertools.utilities import parameters
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError, GetSecretError

from arxiv_daily.digests.errors import ClaudeClosed, ClaudeKeyRefused
from arxiv_daily.digests.prompt import Request
from arxiv_daily.models import Reply
from arxiv_daily.settings import ClaudePlatform, ReaderSettings

if TYPE_CHECKING:
    from arxiv_daily.digests.claude import Claude

_KEY_CACHED_SECONDS = 300
_KEY = re.compile(r"[\w.~+/=-]+", re.ASCII)
"""What a bearer token may be made of; anything else would not even be sent."""


@dataclass(frozen=True)
class KeyedClaude:
    """Claude by a stored key, which is read afresh once it was refused: somebody may have replaced it."""

    claude: "Claude"

    def ask(self, request: Request, timeout: float) -> Reply:
        """Raises what Claude.ask raises."""
        try:
            return self.claude.ask(request, timeout)
        except ClaudeKeyRefused:
            _forget_key()
            raise


def connect(settings: ReaderSettings) -> "Claude | KeyedClaude":
    """Raises ClaudeClosed when there is no key, or no region to ask in."""
    match settings.claude_platform:
        case ClaudePlatform.AWS:
            return _on_aws(settings.anthropic_workspace_id, settings.anthropic_base_url)
        case ClaudePlatform.BEDROCK:
            return _on_bedrock(settings.anthropic_base_url)
        case ClaudePlatform.ANTHROPIC:
            return KeyedClaude(_with_key(_api_key(settings), settings.anthropic_base_url))


@cache
def load_meanwhile() -> Thread:
    """Begin to import Claude's client, which takes a second, while this thread waits for something else."""
    loading = Thread(target=_load, name="load-claude", daemon=True)
    loading.start()
    return loading


def _load() -> None:
    """Thousands of modules are no garbage: looking for it among them takes a quarter of the time, now and later."""
    gc.disable()
    try:
        import_module("arxiv_daily.digests.claude")
        gc.freeze()
    finally:
        gc.enable()


def _api_key(settings: ReaderSettings) -> str:
    secret = settings.anthropic_api_key_secret_arn
    try:
        if secret:
            stored = parameters.get_secret(secret, max_age=_KEY_CACHED_SECONDS)
        else:
            name = settings.anthropic_api_key_parameter
            stored = parameters.get_parameter(name, decrypt=True, max_age=_KEY_CACHED_SECONDS)
    except (GetParameterError, GetSecretError) as error:
        raise ClaudeClosed("没有 Claude 的密钥，解读服务暂时不可用") from error
    key = str(stored).strip()
    if not _KEY.fullmatch(key):
        _forget_key()
        raise ClaudeKeyRefused("Claude 的密钥无效（只应存放密钥本身），解读服务暂时不可用")
    return key


def _forget_key() -> None:
    parameters.clear_caches()  # type: ignore[no-untyped-call]


@lru_cache(maxsize=1)
def _with_key(api_key: str, base_url: str) -> "Claude":
    load_meanwhile().join()
    from arxiv_daily.digests.claude import with_key  # noqa: PLC0415

    return with_key(api_key, base_url)


@cache
def _on_aws(workspace_id: str, base_url: str) -> "Claude":
    load_meanwhile().join()
    from arxiv_daily.digests.claude import on_aws  # noqa: PLC0415

    return on_aws(workspace_id, base_url)


@cache
def _on_bedrock(base_url: str) -> "Claude":
    load_meanwhile().join()
    from arxiv_daily.digests.claude import on_bedrock  # noqa: PLC0415

    return on_bedrock(base_url)
