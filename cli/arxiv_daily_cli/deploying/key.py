"""The Anthropic API key in the Systems Manager parameter store: never printed, never an argument of a program."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from arxiv_daily_cli.deploying.parameters import BadParameter

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient

USUAL_BEGINNING = "sk-ant-"


def parameter_for(stack: str) -> str:
    """The name of a stack's own key, so that two stacks share one on purpose only."""
    return f"/{stack}/anthropic-api-key"


def checked(key: str) -> str:
    """The key without what surrounds it. Raises BadParameter, which does not repeat the key."""
    key = key.strip()
    if not key:
        raise BadParameter("the key is empty")
    if not key.isascii() or not key.isprintable() or " " in key:
        raise BadParameter("a key has no spaces, line ends or letters beyond ASCII: copy it again")
    return key


@dataclass(frozen=True)
class KeyParameter:
    client: "SSMClient"
    name: str

    def is_there(self) -> bool:
        try:
            self.client.get_parameter(Name=self.name)  # without decryption: the key itself is not read
        except ClientError as error:
            if error.response["Error"].get("Code") != "ParameterNotFound":
                raise
            return False
        return True

    def put(self, key: str) -> None:
        """Store the key encrypted, in place of an older one."""
        description = "Anthropic API key of arXiv Daily"
        self.client.put_parameter(
            Name=self.name, Value=key, Type="SecureString", Description=description, Overwrite=True
        )

    def delete(self) -> bool:
        """Whether there was one."""
        if there := self.is_there():
            self.client.delete_parameter(Name=self.name)
        return there
