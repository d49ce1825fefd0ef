"""Checks of the key to Claude: that it is stored, and that Claude takes it for the models that are asked."""

import boto3
from botocore.exceptions import ClientError

from arxiv_daily.settings import ClaudePlatform
from arxiv_daily.store.model_gate import ModelGateStore
from arxiv_daily_cli.deployed.doctor.finding import Finding, note, ok, unknown, wrong
from arxiv_daily_cli.deployed.stack import DeployedStack

_SECONDS = 30.0
_MISSING = {"ParameterNotFound", "ResourceNotFoundException"}
_STORE = "arxiv-daily deploy --replace-key puts one there"


def secret(stack: DeployedStack) -> Finding:
    """That there is one; it is not read."""
    platform = _platform(stack)
    if platform is not ClaudePlatform.ANTHROPIC:
        return ok(f"none is needed: the functions' own roles reach Claude ({platform})")
    if arn := stack.parameters["AnthropicApiKeySecretArn"]:
        return _in_secrets_manager(arn)
    return _in_parameter_store(stack.parameters["AnthropicApiKeyParameter"])


def claude(stack: DeployedStack) -> Finding:
    """Asks for each model's description with the stored key, which costs nothing."""
    platform = _platform(stack)
    if platform is not ClaudePlatform.ANTHROPIC:
        return note(f"only the functions' roles may ask it ({platform}): the gate below tells how that goes")
    try:
        key = _key(stack).strip()
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") not in _MISSING:
            raise
        return unknown("there is no key to ask with")
    models = [stack.parameters[name] for name in ("Model", "SecondModel") if stack.parameters[name]]
    base_url, replacing = stack.parameters["AnthropicBaseUrl"], _replacing(stack)
    found = [_asked(key, base_url, model, replacing) for model in dict.fromkeys(models)]
    return next((one for one in found if one.mark != "ok"), ok(f"takes the key, and knows {', '.join(models)}"))


def gate(stack: DeployedStack) -> Finding:
    """What the functions met when they last asked."""
    state = ModelGateStore(stack.table).state()
    if state.closed:
        return wrong(f"closed: {state.closed}", "mend the key or the credit; a worker tries again within ten minutes")
    return ok("open: the functions may ask Claude")


def _platform(stack: DeployedStack) -> ClaudePlatform:
    return ClaudePlatform(stack.parameters["ClaudePlatform"])


def _in_secrets_manager(arn: str) -> Finding:
    try:
        found = boto3.client("secretsmanager").describe_secret(SecretId=arn)
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") not in _MISSING:
            raise
        return wrong(f"there is no secret {arn}", "make one in Secrets Manager, and deploy with its ARN: make deploy")
    if "DeletedDate" in found:
        return wrong(
            f"secret {arn} is being deleted", f"restore it: aws secretsmanager restore-secret --secret-id {arn}"
        )
    return ok(f"secret {arn} is there")


def _in_parameter_store(name: str) -> Finding:
    found = boto3.client("ssm").describe_parameters(
        ParameterFilters=[{"Key": "Name", "Option": "Equals", "Values": [name]}]
    )["Parameters"]
    if not found:
        return wrong(f"there is no parameter {name}", _STORE)
    if found[0].get("Type") != "SecureString":
        return wrong(
            f"parameter {name} is a {found[0].get('Type')}", "store it as a SecureString: now it is not encrypted"
        )
    return ok(f"parameter {name} is there, encrypted")


def _key(stack: DeployedStack) -> str:
    if arn := stack.parameters["AnthropicApiKeySecretArn"]:
        return boto3.client("secretsmanager").get_secret_value(SecretId=arn)["SecretString"]
    name = stack.parameters["AnthropicApiKeyParameter"]
    return boto3.client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"].get("Value", "")


def _replacing(stack: DeployedStack) -> str:
    """How another key gets to where this stack's lies."""
    if arn := stack.parameters["AnthropicApiKeySecretArn"]:
        return f"put another one into secret {arn} in Secrets Manager"
    return "arxiv-daily deploy --replace-key puts another one there"


def _asked(key: str, base_url: str, model: str, replacing: str) -> Finding:
    """One model; what Claude says of the key is not repeated."""
    import anthropic  # noqa: PLC0415  # takes a second, and no other command needs it

    client = anthropic.Anthropic(api_key=key, base_url=base_url or None, max_retries=0)
    try:
        client.models.retrieve(model, timeout=_SECONDS)
    except anthropic.AuthenticationError:
        return wrong("Claude refuses the key", replacing)
    except anthropic.PermissionDeniedError:
        return wrong(
            f"the key may not use {model}", "choose another model (Model, SecondModel) with make deploy, or another key"
        )
    except anthropic.NotFoundError:
        if base_url:
            return unknown(f"{base_url} has no description of {model}: not every server has one")
        return wrong(f"there is no model {model}", "choose another (Model, SecondModel) with make deploy")
    except (anthropic.APIError, ValueError) as error:
        return unknown(f"Claude gave no answer ({type(error).__name__})", "see status.claude.com, then try again")
    return ok(f"knows {model}")
