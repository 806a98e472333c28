"""What the list and the ticket say about one ticket."""

import pytest

from supportdesk.app import ticket_words
from supportdesk.domain.entities import ConversationEvent, EventKind
from supportdesk.domain.profile_files import demo
from tests.support.facts import MOMENT


def test_what_the_vendor_does_not_offer_any_more_has_no_id() -> None:
    """A module, type or priority that was removed while tickets carry it; ids are words for programs."""
    school = demo("school")
    for name in (ticket_words.service_name, ticket_words.priority_name, ticket_words.type_name):
        assert name(school.catalogue, school, "fax-machines") == "No longer offered"
        assert name(school.catalogue, school, "") == name(None, school, "fax-machines") == ""


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("article_removed", "Article removed by Mia"),
        ("files_added", "Files added by Mia"),
        ("file_removed", "File removed by Mia"),
        ("note", "Changed by Mia"),
        ("what a newer desk knows", "Changed by Mia"),
    ],
)
def test_the_history_names_what_came_and_went(what: str, told: str) -> None:
    """Anything else was changed."""
    event = ConversationEvent("e", "o", EventKind.CHANGED, MOMENT, "Mia", what)
    assert ticket_words.event_text(event, str) == told
