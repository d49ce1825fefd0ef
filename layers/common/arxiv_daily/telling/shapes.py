"""Which module knows which chat service."""

from collections.abc import Mapping

from arxiv_daily.telling import dingtalk, feishu, slack, wecom
from arxiv_daily.telling.posts import Shape
from arxiv_daily.telling.webhooks import Kind

SHAPES: Mapping[Kind, Shape] = {
    Kind.SLACK: slack,
    Kind.FEISHU: feishu,
    Kind.DINGTALK: dingtalk,
    Kind.WECOM: wecom,
}
