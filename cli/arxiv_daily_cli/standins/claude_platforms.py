"""The ways in which the stand-in can be asked: by key, or as one of the two platforms on AWS with their signatures."""

from dataclasses import dataclass

from arxiv_daily_cli.standins.claude_rules import Rejected
from arxiv_daily_cli.standins.claude_signature import Received, Signature, Unsigned, verify

SIGNED = "AWS4-HMAC-SHA256 "


@dataclass(frozen=True)
class Platform:
    """A way to Claude: its path, and the service that signatures on it name (None: a key)."""

    name: str
    path: str
    service: str | None = None


ANTHROPIC = Platform("anthropic", "/v1/messages")
AWS = Platform("aws", "/v1/messages", "aws-external-anthropic")
BEDROCK = Platform("bedrock", "/anthropic/v1/messages", "bedrock-mantle")


def platform_of(path: str, authorization: str) -> Platform | None:
    """The platform that is asked: anthropic and aws share a path; None where nothing is served."""
    if path == BEDROCK.path:
        return BEDROCK
    if path == ANTHROPIC.path:
        return AWS if authorization.startswith(SIGNED) else ANTHROPIC
    return None


def check_access(platform: Platform, received: Received) -> None:
    """Raises Rejected: 401 without a key, 403 for a signature that is not right, 400 without what else is needed."""
    if platform.service is None:
        _check_key(received.header("Authorization"))
    else:
        _check_signature(platform.service, received)
    if not received.header("anthropic-version"):
        raise Rejected(400, "anthropic-version: header is required")
    if platform is AWS and not received.header("anthropic-workspace-id"):
        raise Rejected(400, "anthropic-workspace-id: header is required")


def check_body(platform: Platform, body: object) -> None:
    """What one platform refuses and the others take. Raises Rejected (400)."""
    config = body.get("output_config") if isinstance(body, dict) else None
    if platform is BEDROCK and isinstance(config, dict) and "format" in config:
        raise Rejected(400, "output_config.format: Extra inputs are not permitted")


def _check_key(authorization: str) -> None:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Rejected(401, "Authorization: a bearer token is required")


def _check_signature(service: str, received: Received) -> None:
    try:
        signature = Signature.read(received.header("Authorization"))
        verify(signature, received)
    except Unsigned as error:
        raise Rejected(403, str(error)) from error
    if signature.service != service:
        raise Rejected(403, f"Credential should be scoped to correct service: '{service}'.")
