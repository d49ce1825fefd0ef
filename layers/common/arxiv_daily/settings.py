"""What each function is told by its environment: infra/template.yaml sets every variable named here."""

from collections.abc import Mapping
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from arxiv_daily.models import Filters


def _split(text: object) -> object:
    return tuple(part.strip() for part in text.split(",") if part.strip()) if isinstance(text, str) else text


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

    @property
    def filters(self) -> Filters:
        return Filters(
            primary_only=self.primary_only,
            keywords_in=self.keywords_in,
            keywords_out=self.keywords_out,
            authors=self.authors,
            cap=self.daily_cap or None,
        )


class ReaderSettings(ArxivSettings):
    """What summarize and on_demand share: how to read a paper and ask Claude."""

    table_name: str
    arxiv_site_url: str
    model: str
    anthropic_api_key_parameter: str
    """Name of the SSM parameter (SecureString) that holds the key."""
    anthropic_base_url: str


class SummarizeSettings(ReaderSettings):
    papers_queue_url: str


class OnDemandSettings(ReaderSettings):
    arxiv_api_url: str


class AggregateSettings(Settings):
    table_name: str
    site_bucket_name: str
    categories: Categories
    site_notice: str
    """A sentence shown on every page, for a site whose contents are a sample; may be empty."""
