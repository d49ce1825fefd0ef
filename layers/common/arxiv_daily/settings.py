"""What each function is told by its environment: infra/template.yaml sets every variable named here."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from arxiv_daily.models import Filters


def _split(text: object) -> object:
    return tuple(part.strip() for part in text.split(",") if part.strip()) if isinstance(text, str) else text


def _without_last_slash(text: str) -> str:
    return text.rstrip("/")


class Settings(BaseModel):
    """A field `table_name` is read from the variable `TABLE_NAME`; other variables are ignored."""

    model_config = ConfigDict(frozen=True, alias_generator=str.upper)

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Self:
        """Raises pydantic.ValidationError that names each variable that is missing or wrong."""
        return cls.model_validate(dict(environ))


Categories = Annotated[tuple[str, ...], BeforeValidator(_split), Field(min_length=1)]


class ArxivSettings(Settings):
    """How to ask arXiv."""

    arxiv_request_interval_seconds: float = Field(ge=0)
    contact: str
    """Address in our User-Agent, so that arXiv can reach the operator; may be empty."""

    @property
    def arxiv_hosts(self) -> frozenset[str]:
        """The hosts of all addresses under which these settings reach arXiv."""
        urls = [str(value) for name, value in self if name.startswith("arxiv_") and name.endswith("_url")]
        return frozenset(host for url in urls if (host := urlsplit(url).hostname))


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]


class FetchSettings(ArxivSettings):
    table_name: str
    papers_queue_url: str
    categories: Categories
    arxiv_api_url: str
    arxiv_site_url: str
    arxiv_feed_url: str
    look_back_days: int = Field(ge=1)
    show_replacements: bool
    primary_only: bool
    keywords_in: Words
    keywords_out: Words
    authors: Words
    daily_cap: int = Field(ge=0)
    """Papers shown in an edition at most; 0 is no limit."""
    model: str
    """The first model of the chain, for estimates."""

    @property
    def filters(self) -> Filters:
        return Filters(
            primary_only=self.primary_only,
            keywords_in=self.keywords_in,
            keywords_out=self.keywords_out,
            authors=self.authors,
            cap=self.daily_cap or None,
        )


class ClaudePlatform(StrEnum):
    """The ways to Claude."""

    ANTHROPIC = "anthropic"
    """Anthropic's API by key, or another server that speaks it."""
    AWS = "aws"
    """Claude Platform on AWS, by the function's own role."""
    BEDROCK = "bedrock"
    """Amazon Bedrock, by the function's own role."""


class ReaderSettings(ArxivSettings):
    """What summarize and on_demand share: how to read a paper and ask Claude."""

    table_name: str
    arxiv_site_url: str
    categories: Categories
    """Whose glossaries are used."""
    language: str
    """BCP 47 tag of the language that digests are written in."""
    glossary_parameter: str
    """Name of the SSM parameter (String) with the operator's own glossary, in TOML; may be empty."""
    model: str
    second_model: str
    """Asked where the first model fails; may be empty."""
    daily_budget: Decimal = Field(gt=0)
    """US dollars that a day's calls to Claude may cost at most."""
    claude_platform: ClaudePlatform
    anthropic_api_key_parameter: str
    """Name of the SSM parameter (SecureString) that holds the key."""
    anthropic_api_key_secret_arn: str
    """ARN of the secret in Secrets Manager that holds the key instead; may be empty."""
    anthropic_workspace_id: str
    """For Claude Platform on AWS; empty otherwise."""
    anthropic_base_url: str
    """Where Claude is asked; empty for the platform's own address."""

    @property
    def models(self) -> tuple[str, ...]:
        """The chain; a model stands in it once."""
        return tuple(dict.fromkeys(model for model in (self.model, self.second_model) if model))

    @property
    def daily_budget_microdollars(self) -> int:
        return int(self.daily_budget * 1_000_000)


class SummarizeSettings(ReaderSettings):
    papers_queue_url: str


class OnDemandSettings(ReaderSettings):
    arxiv_api_url: str


class AggregateSettings(Settings):
    table_name: str
    site_bucket_name: str
    editions_bus_name: str
    categories: Categories
    site_notice: str
    """A sentence shown on every page, for a site whose contents are a sample; may be empty."""
    language: str
    """BCP 47 tag of the language of the pages."""
    site_url: Annotated[str, AfterValidator(_without_last_slash)]
    """The address under which the site is read."""
    corrections_address: str
    """Where readers report an error: a mail address, or the address of a page; may be empty."""


class NotifySettings(Settings):
    table_name: str
    notices_topic_arn: str
    """The SNS topic whose subscribers get a mail; empty for none."""
    webhooks_parameter: str
    """Name of the SSM parameter (SecureString) that lists the chat groups; empty for none."""
