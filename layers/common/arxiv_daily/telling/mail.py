"""The mail: plain text, within what SNS takes (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html)."""

from dataclasses import dataclass

from arxiv_daily.telling.notice import Notice


@dataclass(frozen=True)
class Mail:
    subject: str
    """ASCII, at most 100 characters: SNS refuses another."""
    body: str
    """At most 256 kB, which the event's own bounds see to."""


def mail_of(notice: Notice) -> Mail:
    papers = [f"{number}. {paper.text}\n   {paper.url}" for number, paper in enumerate(notice.papers, 1)]
    colon = notice.words("colon")
    paragraphs = [
        notice.title,
        f"{notice.status}\n{notice.counts}",
        *papers,
        notice.rest(len(papers)),
        "\n".join(f"{to.text}{colon}{to.url}" for to in (notice.page, notice.data)),
    ]
    body = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return Mail(subject=f"arXiv Daily {notice.date} ({notice.shown})", body=f"{body}\n")
