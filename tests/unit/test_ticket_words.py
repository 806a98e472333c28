"""What the list and the ticket say about one ticket."""

from supportdesk.app import ticket_words
from supportdesk.domain.profile_files import demo


def test_what_the_vendor_does_not_offer_any_more_has_no_id() -> None:
    """A module, type or priority that was removed while tickets carry it; ids are words for programs."""
    school = demo("school")
    for name in (ticket_words.service_name, ticket_words.priority_name, ticket_words.type_name):
        assert name(school.catalogue, school, "fax-machines") == "No longer offered"
        assert name(school.catalogue, school, "") == name(None, school, "fax-machines") == ""
