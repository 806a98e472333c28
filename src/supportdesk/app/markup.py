"""Text of servers, profiles and other people as HTML that can do nothing: no pictures, no scripts, few links.

People write plain text with a few Markdown marks. It is converted with HTML and pictures switched off, then
everything that is not on the allow-list is removed. Foreign HTML goes through the allow-list alone.
"""

import html
import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_TAGS = {
    *("p", "br", "strong", "b", "em", "i", "del", "s", "code", "pre", "blockquote", "hr"),
    *("ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("a", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_DROPPED_WITH_CONTENT = {
    "script",
    "style",
    "template",
    "title",
    "noscript",
    "iframe",
    "object",
    "svg",
    "math",
}
_SCHEMES = {"http", "https", "mailto"}
_BARE_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}']")
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f\\]")
_TAG = re.compile(r"<[^>]*>")
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|pre|blockquote|tr)>|<br\s*/?>|<hr\s*/?>")


def to_safe_html(text: str) -> str:
    """HTML of plain text in which **bold**, lists, `code` and links may occur. Line breaks stay."""
    return sanitise_html(_markdown().render(text))


def sanitise_html(source: str) -> str:
    """Only allowed tags; no attribute but the target of a safe link. Never raises."""
    import nh3

    return nh3.clean(
        source,
        tags=_TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=_safe_attribute,
        url_schemes=_SCHEMES,
        link_rel=None,
        strip_comments=True,
    )


def plain_text(text: str) -> str:
    """Without its marks, for one-line previews, tool tips and search."""
    broken = _BLOCK_END.sub("\n", to_safe_html(text))
    return re.sub(r"\n{3,}", "\n\n", html.unescape(_TAG.sub("", broken))).strip()


def is_safe_link(url: str) -> bool:
    """http, https and mailto with a target; nothing relative, nothing that opens a file or a program.

    A user name before the host is refused: it only ever serves to look like another host.
    """
    if _UNPRINTABLE.search(url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme.lower() == "mailto":
        return "@" in parts.path
    return parts.scheme.lower() in _SCHEMES and bool(parts.hostname) and parts.username is None


def _safe_attribute(_tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if is_safe_link(value) else None
    return value if value.isdigit() else None


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.enable(["table", "strikethrough"])
    parser.disable(["image", "html_block", "html_inline"])
    parser.core.ruler.push("bare_links", _link_bare_addresses)
    return parser


def _link_bare_addresses(state: "StateCore") -> None:
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = _with_links(block.children)


def _with_links(tokens: "list[Token]") -> "list[Token]":
    linked, depth = [], 0
    for token in tokens:
        depth += token.nesting if token.type in {"link_open", "link_close"} else 0
        linked += _split_at_links(token) if token.type == "text" and not depth else [token]
    return linked


def _split_at_links(token: "Token") -> "list[Token]":
    from markdown_it.token import Token

    def text(content: str) -> Token:
        return Token("text", "", 0, content=content)

    parts, position = [], 0
    for match in _BARE_LINK.finditer(token.content):
        parts.append(text(token.content[position : match.start()]))
        parts.append(Token("link_open", "a", 1, attrs={"href": match.group()}))
        parts.append(text(match.group()))
        parts.append(Token("link_close", "a", -1))
        position = match.end()
    return [*parts, text(token.content[position:])] if parts else [token]
