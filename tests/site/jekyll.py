"""Posts as real Jekyll makes pages of them: with GitHub's kramdown, which is its default, and with plain kramdown."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.needs import needed

BLOG = "LIQUIDRAN"
"""The blog's title: it stands in a post only if Liquid put it there."""
CONFIGURATION = f"""\
title: {BLOG}
theme: minima
show_excerpts: true
plugins: [jekyll-feed, jekyll-seo-tag]
url: https://blog.example
timezone: Asia/Shanghai
future: true
permalink: /:title.html
"""
PLAIN_KRAMDOWN = "markdown: kramdown\nkramdown: {input: kramdown}\n"
HOME = "---\nlayout: home\n---\n"


class Page:
    """A post's page; `body` is what Jekyll made of its Markdown."""

    def __init__(self, html: str) -> None:
        self.whole = LexborHTMLParser(html)
        body = self.whole.css_first(".post-content")
        assert body is not None
        self.body: LexborNode = body

    @cached_property
    def text(self) -> str:
        """What readers see of the post, with white space folded."""
        return " ".join(self.body.text().split())

    def texts(self, selector: str) -> list[str]:
        """The same of each such element in it."""
        return [" ".join(node.text().split()) for node in self.body.css(selector)]

    @property
    def elements(self) -> set[tuple[str, str]]:
        """Each kind of element in the post, with the names of its attributes."""
        return {(str(node.tag), " ".join(sorted(node.attributes))) for node in self.body.css("*")[1:]}


@dataclass(frozen=True)
class Blog:
    made: Path
    is_plain: bool

    def page(self, name: str) -> Page:
        return Page((self.made / f"{name}.html").read_text(encoding="utf-8"))

    def home(self) -> str:
        return (self.made / "index.html").read_text(encoding="utf-8")

    def in_feed(self, name: str) -> LexborHTMLParser:
        """A post as the blog's feed holds it, which has to be well-formed."""
        feed = etree.fromstring((self.made / "feed.xml").read_bytes())
        entry = f"//*[local-name()='entry'][*[local-name()='id']='https://blog.example/{name}']"
        return LexborHTMLParser(feed.xpath(f"string({entry}/*[local-name()='content'])"))


def build(folder: Path, posts: Mapping[str, str], *, plain: bool) -> Blog:
    """A blog of posts (Markdown by name), built. Skips the test where Jekyll is not installed."""
    needed("jekyll", "jekyll jekyll-theme-minima")
    source, made = folder / "source", folder / "made"
    (source / "_posts").mkdir(parents=True)
    (source / "_config.yml").write_text(CONFIGURATION + PLAIN_KRAMDOWN * plain, encoding="utf-8")
    (source / "index.md").write_text(HOME, encoding="utf-8")
    for name, post in posts.items():
        (source / "_posts" / f"2026-02-12-{name}.md").write_text(post, encoding="utf-8", newline="")
    command = ("jekyll", "build", "--strict_front_matter", "--disable-disk-cache", "-s", source, "-d", made)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stdout + done.stderr
    return Blog(made, plain)
