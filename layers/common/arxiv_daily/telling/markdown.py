"""Foreign text in the Markdown of DingTalk and WeCom: never a link, a mention, an image, a tag or an emphasis.

Neither documents a way to escape, so characters that could mean something are shown by others that look like them.
"""

from arxiv_daily.telling.notice import Link

_LOOK_ALIKE = str.maketrans(
    {
        "[": "［",
        "]": "］",
        "<": "＜",
        ">": "＞",
        "@": "＠",
        "#": "＃",
        "*": "∗",
        "_": "＿",
        "~": "～",
        "`": "ˋ",
        "\\": "＼",
        "|": "｜",
        "&": "＆",
    }
)


def inert(text: str) -> str:
    return text.translate(_LOOK_ALIKE)


def link(to: Link) -> str:
    return f"[{inert(to.text)}]({to.url.replace('(', '%28').replace(')', '%29')})"
