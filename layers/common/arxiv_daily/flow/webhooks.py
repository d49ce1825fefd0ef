"""The operator's list of chat groups, out of SSM."""

from aws_lambda_powertools.utilities import parameters
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError

from arxiv_daily.telling.webhooks import UnusableWebhooks, Webhook, read_webhooks


def webhooks(parameter: str) -> tuple[Webhook, ...]:
    """Empty where no parameter is named; read afresh each time, which is once a day. Raises UnusableWebhooks."""
    if not parameter:
        return ()
    try:
        text = parameters.get_parameter(parameter, decrypt=True, force_fetch=True)
    except GetParameterError as error:
        raise UnusableWebhooks(f"parameter {parameter} cannot be read: {error}") from error
    try:
        return read_webhooks(str(text))
    except UnusableWebhooks as error:
        raise UnusableWebhooks(f"parameter {parameter}: {error}") from None
