"""The peer: ask a Claude for the abstracts of a feed, so many at once, and do nothing else.

`python thread_pool.py URL FEED THREADS`, in a process of its own: its start-up counts.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree as ET

import anthropic


def main(url: str, feed: str, threads: str) -> None:
    client = anthropic.Anthropic(api_key="none", base_url=url, max_retries=0)
    root = ET.fromstring(Path(feed).read_bytes())  # noqa: S314 - our own
    abstracts = [summary.text or "" for summary in root.iter("{http://www.w3.org/2005/Atom}summary")]

    def ask(abstract: str) -> object:
        question: anthropic.types.MessageParam = {"role": "user", "content": f"Translate into Chinese:\n{abstract}"}
        return client.messages.create(model="claude-haiku-5-5", max_tokens=4000, messages=[question])

    with ThreadPoolExecutor(int(threads)) as pool:
        list(pool.map(ask, abstracts))


if __name__ == "__main__":
    main(*sys.argv[1:])
