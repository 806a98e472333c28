"""What an order must be like, for form and desk alike, and what a draft of one becomes."""

import pytest

from supportdesk import i18n
from supportdesk.app.flows import order_draft
from supportdesk.app.flows.order_draft import DraftArticle, OrderDraft
from supportdesk.domain.catalogue import Catalogue, Choice
from supportdesk.domain.commands import CreateOrder, FileRef, NewArticle
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.localtext import LocalText
from supportdesk.domain.orders import (
    MAX_ARTICLES,
    MAX_CELL_CHARS,
    MAX_NOTE_CHARS,
    MAX_QUANTITY,
    MAX_REFERENCE_CHARS,
    OPEN_ORDERS,
    Article,
    OrderStatus,
    after_customer_reply,
    following,
    order_problems,
    same_reference,
    status_name,
    total_quantity,
)

NONE = Catalogue()
CHOICES = (Choice(id="broken", name=LocalText(en="Broken", de="Kaputt")),)
OFFERED = Catalogue(order_faults=CHOICES, order_conditions=CHOICES)
BOLT = Article("BD-1")
FILE = FileRef("front.png", "a" * 64, 3, "image/png")


def test_a_good_order_has_no_problem() -> None:
    """Up to every limit, with own words where nothing is offered and with what is offered else."""
    most = Article("x" * MAX_CELL_CHARS, quantity=MAX_QUANTITY, fault="Own words", condition="Old")
    assert order_problems("R" * MAX_REFERENCE_CHARS, "n" * MAX_NOTE_CHARS, [most] * MAX_ARTICLES, NONE) == ()
    assert order_problems("R", "", [Article("", "Bolt", fault="broken", condition="broken")], OFFERED) == ()


@pytest.mark.parametrize(
    ("reference", "note", "articles", "found"),
    [
        (" ", "", [BOLT], (None, "reference")),
        ("R" * (MAX_REFERENCE_CHARS + 1), "", [BOLT], (None, "reference")),
        ("one\ntwo", "", [BOLT], (None, "reference")),
        ("R", "n" * (MAX_NOTE_CHARS + 1), [BOLT], (None, "note")),
        ("R", "", [], (None, "articles")),
        ("R", "", [BOLT] * (MAX_ARTICLES + 1), (None, "articles")),
        ("R", "", [BOLT, Article(" ", "\t")], (1, "number")),
        ("R", "", [Article("x" * (MAX_CELL_CHARS + 1))], (0, "number")),
        ("R", "", [Article("A", serial_number="one\ntwo")], (0, "serial_number")),
        ("R", "", [Article("A", quantity=0)], (0, "quantity")),
        ("R", "", [Article("A", quantity=MAX_QUANTITY + 1)], (0, "quantity")),
        ("R", "", [Article("A", fault="lost")], (0, "fault")),
        ("R", "", [Article("A", condition="new")], (0, "condition")),
    ],
)
def test_what_is_wrong_is_found_at_its_place(
    reference: str, note: str, articles: list[Article], found: tuple[int | None, str]
) -> None:
    """Each problem names article and field, and says what to do."""
    (problem,) = order_problems(reference, note, articles, OFFERED)
    assert (problem.article, problem.field) == found
    assert problem.sentence


def test_an_answer_hands_a_question_back() -> None:
    """Only a question changes by what the customer writes."""
    after = {status: after_customer_reply(status) for status in OrderStatus}
    assert after.pop(OrderStatus.QUESTION) is OrderStatus.IN_PROGRESS
    assert all(status is before for before, status in after.items())


def test_every_status_has_a_name_and_goes_on() -> None:
    """No status follows itself or has no way out, and open ones can be completed."""
    assert len({status_name(status) for status in OrderStatus}) == len(OrderStatus)
    for status in OrderStatus:
        assert following(status)
        assert status not in following(status)
        assert (OrderStatus.COMPLETED in following(status)) is (status in OPEN_ORDERS)


def test_references_and_quantities_are_compared_as_people_do() -> None:
    """Blanks and capitals do not tell two references apart."""
    assert same_reference("RET-2025  118", " ret-2025 118 ")
    assert not same_reference("RET-1", "RET-11")
    assert total_quantity([BOLT, Article("B", quantity=4)]) == 5


LINE = DraftArticle("1", number=" BD-1 ", quantity="4")
DRAFT = OrderDraft(" RET-1 ", "return", " soon ", (LINE, DraftArticle("2")), (FILE,))


def test_a_draft_is_kept_and_read_again() -> None:
    """Whatever is no draft is refused with a next step, and left as it is."""
    assert order_draft.decode(order_draft.encode(DRAFT)) == DRAFT
    with pytest.raises(InvalidInput, match="cannot be read") as refused:
        order_draft.decode(b"{]")
    assert refused.value.next_step


def test_only_what_says_something_is_sent() -> None:
    """Blank lines stay at home, and words lose the blanks around them."""
    assert not DRAFT.is_empty
    assert OrderDraft(articles=(DraftArticle("1"),)).is_empty
    assert order_draft.to_intent(DRAFT) == CreateOrder(
        "RET-1", (NewArticle(Article("BD-1", quantity=4)),), "return", "soon", (FILE,)
    )


def test_a_draft_is_edited_line_by_line() -> None:
    """Each change makes another draft; blank lines go when others come."""
    draft = order_draft.said(DRAFT, "reference", "RET-2")
    draft = order_draft.with_cell(draft, "1", "name", "Bolt")
    draft = order_draft.with_articles(draft, (DraftArticle("3", "HL-2"),))
    assert [(each.id, each.name) for each in draft.articles] == [("1", "Bolt"), ("3", "")]
    assert [each.id for each in order_draft.without_article(draft, "1").articles] == ["3"]
    assert (draft.reference, DRAFT.reference) == ("RET-2", " RET-1 ")


def test_files_belong_to_the_order_or_to_an_article() -> None:
    """Each once at each place; one that is dropped on a line that is gone changes nothing."""
    other = FileRef("back.png", "b" * 64, 3, "image/png")
    draft = DRAFT
    for _twice in range(2):
        for place in ("", "1", "gone"):
            draft = order_draft.with_file(draft, place, other)
    assert draft.files == (FILE, other)
    assert draft.all_files == (FILE, other, other)
    for place in ("", "1", "gone"):
        draft = order_draft.without_file(draft, place, other)
    assert draft.all_files == (FILE,)
    assert draft.article("gone") is None


@pytest.mark.parametrize(
    ("written", "language", "quantity"),
    [("4", "en", 4), ("1,200", "en", 1200), ("1.200", "de", 1200), ("1 200", "de", 1200), ("4,0", "de", 4)]
    + [(each, "en", 0) for each in ("", "four", "-1", "4.5", "1e3", "9" * 13)],
)
def test_a_quantity_is_read_as_people_write_it(written: str, language: str, quantity: int) -> None:
    """What is none becomes 0, which no order may have."""
    with i18n.speaking(language):
        assert order_draft.article_of(DraftArticle("1", quantity=written)).quantity == quantity


def test_problems_of_a_draft_name_its_lines() -> None:
    """By their ids, though blank lines before them are not counted; '' is the order itself."""
    lines = (DraftArticle("blank"), DraftArticle("bad", "A", quantity="none"))
    found = [
        (problem.article, problem.field) for problem in order_draft.problems(OrderDraft(articles=lines), NONE)
    ]
    assert found == [("", "reference"), ("bad", "quantity")]
