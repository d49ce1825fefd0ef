"""The words of the interface: what readers see that neither arXiv nor a model wrote."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh-CN", "en")
"""Each has a catalogue in `languages/`; a site in any other language speaks the last one."""

Text = str | Mapping[str, str]


@dataclass(frozen=True)
class Words:
    """The catalogue of one language. Texts are plain: whoever renders them escapes them with what was filled in."""

    language: str
    texts: Mapping[str, Text]
    """By key, with placeholders; in two forms, `one` and `other`, where a number decides."""
    names: Mapping[str, Mapping[str, str]]
    """What the product's own values are called, by group and value."""

    def __call__(self, key: str, n: int | None = None, **values: object) -> str:
        """The text with its placeholders filled in; `n` also chooses the form. Raises KeyError for an unknown key."""
        text = self.texts[key]
        if not isinstance(text, str):
            text = text["one" if n == 1 else "other"]
        return text.format(n=n, **values)

    def name(self, group: str, value: str) -> str:
        """What a value is called; the value itself when the catalogue does not know it."""
        return self.names[group].get(value, value)


@cache
def words_of(language: str) -> Words:
    """The catalogue of a language (BCP 47), or English where there is none."""
    spoken = language if language in LANGUAGES else LANGUAGES[-1]
    text = files("arxiv_daily.editions").joinpath("languages", f"{spoken}.toml").read_text(encoding="utf-8")
    catalogue = tomllib.loads(text)
    return Words(spoken, texts=catalogue["texts"], names=catalogue["names"])
