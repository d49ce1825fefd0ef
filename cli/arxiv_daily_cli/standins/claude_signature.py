"""AWS Signature Version 4, checked as AWS checks it: computed anew over what arrived.

An access key of the stand-in's has itself for its secret, as the test credentials of embedded AWSs do.
"""

import re
from dataclasses import dataclass
from email.message import Message
from typing import Self

_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/]+)/(?P<date>\d{8})/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request, "
    r"SignedHeaders=(?P<headers>[a-z0-9;-]+), Signature=(?P<signature>[0-9a-f]{64})"
)
_MUST_BE_SIGNED = {"host", "x-amz-date"}


class Unsigned(Exception):
    """No signature that stands; the message says what is wrong, as AWS words it."""


@dataclass(frozen=True)
class Received:
    """A request as it came over the wire; `path` with its query string."""

    method: str
    path: str
    headers: Message
    body: bytes

    def header(self, name: str) -> str:
        """Empty where there is none."""
        return self.headers.get(name) or ""


@dataclass(frozen=True)
class Signature:
    """What an Authorization header says."""

    access_key: str
    date: str
    region: str
    service: str
    headers: frozenset[str]
    value: str

    @classmethod
    def read(cls, authorization: str) -> Self:
        """Raises Unsigned when the header is no signature of version 4."""
        found = _AUTHORIZATION.fullmatch(authorization)
        if found is None:
            raise Unsigned("Missing Authentication Token")
        return cls(
            access_key=found["key"],
            date=found["date"],
            region=found["region"],
            service=found["service"],
            headers=frozenset(found["headers"].split(";")),
            value=found["signature"],
        )


def verify(signature: Signature, received: Received) -> None:
    """Raises Unsigned unless the signature is the one that this request has with its key."""
    if not signature.headers >= _MUST_BE_SIGNED:
        raise Unsigned("'Host' and 'X-Amz-Date' must be signed headers in the AWS Authorization.")
    if not received.header("X-Amz-Date").startswith(signature.date):
        raise Unsigned("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP")
    if _expected(signature, received) != signature.value:
        raise Unsigned("The request signature we calculated does not match the signature you provided.")


def _expected(signature: Signature, received: Received) -> str:
    from botocore.auth import SigV4Auth  # noqa: PLC0415  # only where somebody signs
    from botocore.awsrequest import AWSRequest  # noqa: PLC0415
    from botocore.credentials import Credentials  # noqa: PLC0415

    signed = {name: value for name, value in received.headers.items() if name.lower() in signature.headers}
    url = f"http://{received.header('Host')}{received.path}"
    request = AWSRequest(method=received.method, url=url, headers=signed, data=received.body)
    request.context["timestamp"] = received.header("X-Amz-Date")
    auth = SigV4Auth(Credentials(signature.access_key, signature.access_key), signature.service, signature.region)
    expected: str = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    return expected
