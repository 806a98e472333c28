"""The words of a mail in HTML. Nothing of it is kept but text.

Not by `html.parser`, which takes hours for a megabyte of unfinished tags: each sign is looked at once here.
"""

import re
from collections import Counter
from html import unescape

_SILENT = frozenset({"script", "style", "head", "title", "template", "blockquote"})
_RAW = frozenset({"script", "style"})
"""In these a '<' begins no tag."""
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "hr"})
_MARK = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*>|<(/?)([a-z][a-z0-9]*)[^>]*>", re.IGNORECASE | re.DOTALL)


def text_of_html(html: str) -> str:
    """Without quotes, which mail programs mark as such."""
    reader = _Reader()
    reader.read(html)
    lines = (" ".join(line.split()) for line in "".join(reader.words).split("\n"))
    return "\n".join(lines).strip()


class _Reader:
    def __init__(self) -> None:
        self.words: list[str] = []
        self._silent: list[str] = []
        self._of_tag: Counter[str] = Counter()
        """How often each stands in `_silent`."""

    def read(self, html: str) -> None:
        marked_to = html.rfind(">") + 1  # behind it no tag ends: nobody need look for one
        place = 0
        while match := _MARK.search(html, place, marked_to):
            self._say(html[place : match.start()])
            place = match.end()
            tag = (match[2] or "").lower()
            if match[1]:
                self._end(tag)
            elif tag:
                self._begin(tag)
                if tag in _RAW:
                    place = _end_of(tag, html, place)
        self._say(html[place:])

    def _begin(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
            self._of_tag[tag] += 1
        if tag in _BREAKS:
            self.words.append("\n")
        if tag == "li":
            self.words.append("- ")

    def _end(self, tag: str) -> None:
        ended = "" if self._of_tag[tag] else tag
        while ended != tag:
            ended = self._silent.pop()
            self._of_tag[ended] -= 1
        if tag in _BREAKS and tag != "br":
            self.words.append("\n")

    def _say(self, text: str) -> None:
        if not self._silent:
            self.words.append(unescape(text).replace("\n", " "))


def _end_of(tag: str, html: str, place: int) -> int:
    """Where the content of a raw element ends, which may be the end of all."""
    end = re.compile(f"</{tag}", re.IGNORECASE).search(html, place)
    return end.start() if end else len(html)
