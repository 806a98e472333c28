"""500 texts of a hostile server: what makes widgets load, run, link, reorder, blow up or pretend."""

import random
from collections.abc import Sequence
from itertools import product

COUNT = 500

_HTML = (
    '<img src="{url}">',
    "<IMG SRC='{url}' onerror=alert(1)>",
    "<img src={url}",
    "</p><img src = '{url}' width=1 height=1/>",
    "line one\n<b>two</b> <img src='{url}'>",
    '<a href="{url}">click</a>',
    "<a href='{url}'><img src='{url}'></a>",
    "<body background='{url}'>",
    "<table background='{url}'><tr><td background='{url}'>x</td></tr></table>",
    "<p style=\"background-image: url('{url}')\">x</p>",
    "<ul style=\"list-style-image: url('{url}')\"><li>x</ul>",
    "<style>@import url('{url}'); body {{ background: url({url}) }}</style>x",
    '<link rel="stylesheet" type="text/css" href="{url}">x',
    "<html><head><link rel=stylesheet href='{url}'></head><body>x</body></html>",
    "<!DOCTYPE html><html><body><img src='{url}'></body></html>",
    "<qt><img src='{url}'></qt>",
    "<base href='{url}'><img src='logo.png'>",
    "<object data='{url}'></object><embed src='{url}'>",
    "<iframe src='{url}'></iframe>",
    "<svg><image href='{url}'/><use xlink:href='{url}#x'/></svg>",
    "<video src='{url}' poster='{url}'></video>",
    "<input type=image src='{url}'>",
    "<meta http-equiv=refresh content='0;url={url}'>",
    "<script src='{url}'></script>",
    "<!--[if IE]><img src='{url}'><![endif]-->",
    "<?xml-stylesheet href='{url}'?><p>x",
    "&lt;img src='{url}'&gt;",
    "&#60;img src='{url}'&#62;",
    "<b>RE: <i>offer</i></b> <img alt='' src='{url}'>.pdf",
)
_MARKDOWN = (
    "![tracker]({url})",
    "[click]({url})",
    "[![both]({url})]({url})",
    "<{url}>",
    "[x]: {url}\n![x] and [x]",
    "> quote\n> ![x]({url})",
    "| a |\n|---|\n| ![x]({url}) |",
    "# ![x]({url})",
    "`![x]({url})` ![x]({url})",
    "{url}",
)
_DISGUISES = (
    "{text}",
    "\u202e{text}\u202c",
    "\u2067{text}\u2069",
    "\x1b[31m{text}\x1b]8;;http://x\x07\x1b[2J",
    "\ufeff\u200b{text}",
    "\x00{text}",
    "%n%s%1{text}&amp;&{text}",
)
_FIXED = (
    "",
    " ",
    "\n" * 300,
    "\t" * 300,
    "a" * 3_000,
    "wide " * 1_000,
    "\u4e2d" * 2_000,
    "\U0001f469\u200d\U0001f469\u200d\U0001f467" * 300,
    "e" + "\u0301" * 2_000,
    "\u202a" * 2_000,
    "\u202e\u202d" * 800 + "gpj.exe",
    "invoice\u202efdp.exe",
    "\u0645\u0631\u062d\u0628\u0627 <img src=logo.png> \u05e9\u05dc\u05d5\u05dd",
    "\u200e\u200f\u061c\u2066\u2069",
    "\ufffe\uffff\u0000\u0001\u001f\u007f\u0085\u2028\u2029",
    "\x1b[2J\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07\x1b]52;c;aGk=\x07",
    "\x9b31m\x90q\x9c",
    "\r\n.\r\nFrom: x",
    "&", "&&&", "&File &Edit", "%1 %2 %L1 %n", "{0} {name} {{}}", "${HOME} `id` $(id)",
    "<", ">", "<>", "</", "<!--", "]]>", "&#0;", "&#x110000;", "&nbsp;" * 500,
    "<b>" * 2_000,
    "<div>" * 500 + "x" + "</div>" * 500,
    "<table>" + "<tr><td>" * 200 + "x",
    "<ul>" + "<li><ul>" * 100 + "x",
    "<font size=100000>x</font>",
    "<p style='font-size:99999pt;margin-left:99999999px'>x</p>",
    "<table width=999999999 cellpadding=999999><tr><td>x</table>",
    "<img width=999999 height=999999 src='data:image/png;base64,AAAA'>",
    "*" * 2_000, "_" * 2_000, "[" * 1_000, "![" * 600, "> " * 300 + "x", "- " * 300, "`" * 1_500,
    "(" * 1_000 + ")" * 1_000, "[a](" * 500, "**a" * 500, "<a" * 1_000, "|" * 500 + "\n" + "-|" * 500,
    "```\n" * 100, "#" * 500, "1. " * 300, "~~" * 800, "http://" + "a." * 800, "a@" * 800 + "b.example",
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]><x>&c;</x>',
)  # fmt: skip


def texts(addresses: Sequence[str]) -> tuple[str, ...]:
    """The same each time: all fixed ones, each frame and each address once, and a draw of their pairs."""
    frames = (*_HTML, *_MARKDOWN)
    dice = random.Random(500)
    pairs = list(product(frames, addresses))
    dice.shuffle(pairs)
    first = [
        *(next(pair for pair in pairs if pair[0] == frame) for frame in frames),
        *(next(pair for pair in pairs if pair[1] == address) for address in addresses),
    ]
    plain = [frame.format(url=address) for frame, address in dict.fromkeys((*first, *pairs))]
    filled = [
        text if dice.random() < 0.7 else dice.choice(_DISGUISES[1:]).format(text=text)
        for text in plain[: COUNT - len(_FIXED)]
    ]
    return (*_FIXED, *filled)
