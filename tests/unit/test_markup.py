"""Other people's text becomes HTML that can do nothing."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportdesk.app.markup import is_safe_link, plain_text, sanitise_html, to_safe_html
from supportdesk.app.markup_editing import Edit, toggle_bold, toggle_code, toggle_list

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src="file:///etc/passwd">',
    "<img src=x onerror=alert(1)>",
    "![tracker](http://evil.example/x.png)",
    '<a href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](file:///etc/passwd)",
    "[x](\\\\server\\share)",
    '<a href="//evil.example/x">x</a>',
    '<p style="background:url(http://evil.example)">x</p>',
    '<iframe src="http://evil.example"></iframe>',
    '<svg><image href="file:///etc/passwd"/></svg>',
    '<object data="file:///etc/passwd"></object>',
    '<link rel=stylesheet href="http://evil.example">',
    '<base href="http://evil.example/">',
    "<!--[if IE]><img src=x><![endif]-->",
    '<table background="http://evil.example"><tr><td>x</table>',
]
HARMLESS = {
    *("p", "br", "strong", "b", "em", "i", "del", "s", "code", "pre", "blockquote", "hr", "ul", "ol", "li"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "a", "table", "thead", "tbody", "tr", "th", "td"),
}


class _Reader(HTMLParser):
    """What a viewer would see: tags with their attributes, not what is written as text."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen += [(tag, "", "")] + [(tag, name, value or "") for name, value in attrs]


def harmful(html: str) -> list[tuple[str, str, str]]:
    """Tags and attributes that nobody allowed, and links that are not safe."""
    reader = _Reader()
    reader.feed(html)
    return [
        (tag, name, value)
        for tag, name, value in reader.seen
        if tag not in HARMLESS
        or (name and (tag, name) not in {("a", "href"), ("ol", "start")})
        or (name == "href" and not is_safe_link(value))
    ]


def links(html: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', html)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("convert", [to_safe_html, sanitise_html])
def test_nothing_loads_or_runs(convert: Callable[[str], str], text: str) -> None:
    """No tag or attribute that loads, runs or restyles survives either way."""
    assert harmful(convert(text)) == []


@given(st.text(alphabet=st.sampled_from("<>/\"'=:ab javscript![]()`*_-\n&#;fileimgr0"), max_size=120))
def test_no_text_breaks_out(text: str) -> None:
    """Whatever is written, the result has no loading tag and only safe links."""
    assert harmful(to_safe_html(text)) == []
    assert harmful(sanitise_html(text)) == []


def test_marks_become_structure() -> None:
    """Bold, lists and code are shown, line breaks stay, HTML is shown as text."""
    html = to_safe_html("Hello **you**\nand `me`\n\n- one\n- two\n\n<b>tag</b>")
    assert "<strong>you</strong><br>" in html
    assert "<code>me</code>" in html
    assert html.count("<li>") == 2
    assert "&lt;b&gt;tag&lt;/b&gt;" in html


def test_bare_addresses_become_links() -> None:
    """An address in a sentence is a link without the sentence's full stop; inside code it is not."""
    assert links(to_safe_html("See https://a.example/x?y=1&z=2.")) == ["https://a.example/x?y=1&amp;z=2"]
    assert links(to_safe_html("`https://a.example`")) == []


def test_plain_text_has_no_marks() -> None:
    """A preview shows the words alone."""
    assert plain_text("**Hello** `you`\n\n- one\n- two & <three>") == "Hello you\n\none\n\ntwo & <three>"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/x", True),
        ("http://a.example", True),
        ("mailto:a@b.example", True),
        ("HTTPS://A.EXAMPLE", True),
        ("mailto:", False),
        ("https://", False),
        ("https:///x", False),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("//a.example", False),
        ("/x", False),
        ("\\\\server\\share", False),
        ("https://bank.example@evil.example/", False),
        ("https://[::1", False),
        ("data:text/html,x", False),
        ("", False),
    ],
)
def test_safe_links(url: str, safe: bool) -> None:
    """Only http, https and mailto with a target, and nothing that looks like another host."""
    assert is_safe_link(url) is safe


def apply(text: str, edit: Edit) -> tuple[str, str]:
    after = text[: edit.start] + edit.replacement + text[edit.end :]
    return after, after[edit.select_start : edit.select_end]


@pytest.mark.parametrize("toggle", [toggle_bold, toggle_code])
@given(st.text(alphabet="ab *`-", max_size=20), st.data())
def test_marks_come_and_go(toggle: Callable[[str, int, int], Edit], text: str, data: st.DataObject) -> None:
    """Pressing a button twice gives the text and the selection back."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first = toggle(text, start, end)
    if first.replacement == text[start:end]:  # the marks were there already
        return
    after, _selected = apply(text, first)
    second = toggle(after, first.select_start, first.select_end)
    if len(first.replacement) > end - start:
        assert apply(after, second) == (text, text[start:end])


def test_list_marks_whole_lines() -> None:
    """Every touched line gets a bullet; when all have one, they lose it."""
    text = "one\ntwo\nthree"
    marked, selected = apply(text, toggle_list(text, 1, 5))
    assert marked == "- one\n- two\nthree"
    assert selected == "- one\n- two"
    assert apply(marked, toggle_list(marked, 0, len("- one\n- two")))[0] == text


def test_caret_stays_behind_the_bullet() -> None:
    """Without a selection the caret keeps its place in the word."""
    edit = toggle_list("one", 2, 2)
    assert (edit.replacement, edit.select_start, edit.select_end) == ("- one", 4, 4)


def test_several_lines_become_a_code_block() -> None:
    """Selected lines are fenced on lines of their own."""
    text = "see a\nb now"
    after, selected = apply(text, toggle_code(text, 4, 7))
    assert after == "see \n```\na\nb\n```\n now"
    assert selected == "a\nb"
