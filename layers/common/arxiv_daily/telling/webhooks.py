"""The chat groups to tell, as the operator writes them into an SSM parameter."""

import hashlib
import ipaddress
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, TypeAdapter, ValidationError

from arxiv_daily.models import Value

MOST = 8
"""With the time that each may take, all of them fit into a run of the notify function."""


class UnusableWebhooks(ValueError):
    """The parameter is not what it should be; the message names the entry and quotes nothing of it."""


class Kind(StrEnum):
    SLACK = "slack"
    FEISHU = "feishu"
    """Also Lark, its international edition."""
    DINGTALK = "dingtalk"
    WECOM = "wecom"


def _encrypted(url: SecretStr) -> SecretStr:
    parts = urlsplit(url.get_secret_value())
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname))):
        raise ValueError("must be an address that begins with https://")
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Webhook(Value):
    """Whoever knows the url may post to the group, so it is as secret as the secret."""

    kind: Kind
    url: Annotated[SecretStr, AfterValidator(_encrypted)]
    secret: SecretStr = SecretStr("")
    """For Feishu and DingTalk, where the robot wants signed messages; empty otherwise."""

    @property
    def key(self) -> str:
        """Names it in the table, wherever in the list it stands."""
        return f"{self.kind}-{hashlib.sha256(self.url.get_secret_value().encode()).hexdigest()[:16]}"


_LIST: TypeAdapter[tuple[Webhook, ...]] = TypeAdapter(Annotated[tuple[Webhook, ...], Field(max_length=MOST)])


def read_webhooks(text: str) -> tuple[Webhook, ...]:
    """`[{"kind": "slack", "url": "https://…", "secret": "…"}]`. Raises UnusableWebhooks."""
    try:
        return _LIST.validate_json(text)
    except ValidationError as error:
        # Only which field of which entry, and a sentence that pydantic or this module wrote: never the value.
        faults = [_fault(one["loc"], one["msg"]) for one in error.errors(include_input=False, include_context=False)]
        raise UnusableWebhooks("; ".join(faults)) from None


def _fault(place: tuple[int | str, ...], message: str) -> str:
    if not place:
        return message
    return f"webhook {int(place[0]) + 1}, {'.'.join(map(str, place[1:])) or 'as a whole'}: {message}"
