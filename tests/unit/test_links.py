"""R13: a link only ever pre-fills a draft or opens a ticket; everything else is refused."""

import random
import string
from urllib.parse import quote, urlencode

import pytest

from supportdesk.app import reading
from supportdesk.app.links import EnterCode, NewReport, ShowArticle, ShowByNumber, link_to, parse
from supportdesk.app.prefill import Prefill
from supportdesk.domain.entities import ConversationKind
from supportdesk.domain.errors import InvalidInput
from tests.support.facts import publication

FUZZED_LINKS = 10_000
HOSTILE = ["\x00", "\u202e", "\x1b[2J", "../../etc/passwd", "javascript:alert(1)", "%s%n", "'; --", "€" * 50]


def test_link_fills_every_text_of_a_report() -> None:
    """Each text key and vendor field of a link arrives in the prefill under its own name."""
    query = urlencode(
        {"subject": "Größe", "module": "printing", "field.printer": "M210", "vendor": "practice"}
    )
    assert parse(f"supportdesk://new?{query}") == NewReport(
        Prefill(subject="Größe", module="printing", fields={"printer": "M210"}), vendor="practice"
    )


@pytest.mark.parametrize("path", ["1042", "%231042", "1042/"])
def test_link_opens_a_ticket_by_number(path: str) -> None:
    """A ticket number is found with or without its number sign."""
    assert parse(f"supportdesk://ticket/{path}") == ShowByNumber(ConversationKind.TICKET, "1042")


@pytest.mark.parametrize("kind", ConversationKind)
def test_a_copied_link_leads_back(kind: ConversationKind) -> None:
    """The link that is copied of a ticket, document, order or subscription opens this very one."""
    assert parse(link_to(kind, "2026-0318", "retail")) == ShowByNumber(kind, "2026-0318", "retail")


def test_link_opens_an_article() -> None:
    """An article is named by its id, as the link says that is copied from it."""
    link = reading.link_to(publication("0192-a_b"), "practice")
    assert parse(link) == ShowArticle("0192-a_b", "practice")


@pytest.mark.parametrize(
    "link",
    [
        "https://new?subject=x",
        "supportdesk:new",
        "supportdesk://new?attach=/etc/passwd",
        "supportdesk://new?send=1",
        "supportdesk://new?screenshot=1",
        "supportdesk://new?subject=a&subject=b",
        "supportdesk://new?subject=a#b",
        "supportdesk://new?field.=x",
        "supportdesk://new/extra?subject=x",
        "supportdesk://ticket/",
        "supportdesk://ticket/../../x",
        "supportdesk://article/",
        "supportdesk://article/../x",
        "supportdesk://article/1?label=x",
        "supportdesk://ticket/1?subject=x",
        "supportdesk://settings",
        "supportdesk://new?subject=%00",
        "supportdesk://new?subject=%E2%80%AE",
        "supportdesk://new?subject=%FF",
        "supportdesk://new?subject=" + "x" * 8_000,
        "supportdesk://[new?subject=x",
    ],
)
def test_every_other_link_is_refused_with_a_reason(link: str) -> None:
    """What is not exactly one of the forms is InvalidInput that says why."""
    with pytest.raises(InvalidInput) as refusal:
        parse(link)
    assert str(refusal.value)
    assert refusal.value.next_step


def test_fuzzed_links_fill_or_are_refused() -> None:
    """10,000 random links raise nothing but InvalidInput and never name a file, a capture or sending."""
    chance = random.Random(13)
    filled = 0
    for _attempt in range(FUZZED_LINKS):
        try:
            target = parse(_random_link(chance))
        except InvalidInput:
            continue
        filled += 1
        if isinstance(target, NewReport):
            assert target.prefill.attach == ()
            assert not target.prefill.screenshot
    assert filled > FUZZED_LINKS // 100, "the fuzzer only made links that are refused"


def _random_link(chance: random.Random) -> str:
    keys = ["subject", "module", "description", "field.x", "vendor", "attach", "send", "screenshot", ""]
    values = [*HOSTILE, "ordinary words", "".join(chance.choices(string.printable, k=20))]
    pairs = [
        f"{quote(chance.choice(keys))}={quote(chance.choice(values))}" for _ in range(chance.randrange(4))
    ]
    place = chance.choice(["new", "new", "new", "ticket/17", "article/1", "ticket", "", "new/x", "..", "NEW"])
    link = (
        f"{chance.choice(['supportdesk', 'supportdesk', 'Supportdesk', 'file'])}://{place}?{'&'.join(pairs)}"
    )
    if chance.random() < 0.2:
        where = chance.randrange(len(link))
        link = link[:where] + chance.choice(HOSTILE) + link[where:]
    return link.rstrip("?")


def test_a_link_carries_a_mailed_code() -> None:
    """Nothing but the code and the vendor."""
    assert parse("supportdesk://account?code=ABCD-EFGH-JKMN-PQRS") == EnterCode("ABCD-EFGH-JKMN-PQRS")
    assert parse("supportdesk://account?code=ABCD&vendor=video") == EnterCode("ABCD", "video")


@pytest.mark.parametrize(
    "link",
    [
        "supportdesk://account",
        "supportdesk://account?code=",
        "supportdesk://account?code=a%20b",
        "supportdesk://account?code=ABCD&password=x",
        "supportdesk://account/other?code=ABCD",
    ],
)
def test_other_links_about_accounts_are_refused(link: str) -> None:
    """Above all those that would say more than a code."""
    with pytest.raises(InvalidInput):
        parse(link)
