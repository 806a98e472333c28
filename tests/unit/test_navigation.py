"""Where the customer is, how they came there, and what the breadcrumb says."""

from pathlib import Path

from supportdesk import i18n
from supportdesk.app.navigation import HOME, Crumb, History, crumbs
from supportdesk.app.screens import Route
from supportdesk.app.vendors import Vendors

TICKETS = Route("tickets")
TICKET = Route("ticket", {"ticket_id": "t1"})


def test_going_back_leads_through_the_places_in_reverse() -> None:
    """Home, list, ticket: back shows the list, then Home, and stays there."""
    history = History()
    history.visit(TICKETS)
    history.visit(TICKET)
    assert [history.back(), history.back(), history.back()] == [TICKETS, HOME, HOME]


def test_going_forward_repeats_what_was_gone_back() -> None:
    """Forward is possible after back only, and leads where back came from."""
    history = History()
    history.visit(TICKETS)
    before = history.can_go_forward
    history.back()
    assert (before, history.can_go_forward) == (False, True)
    assert history.forward() == TICKETS


def test_a_new_place_forgets_what_lay_ahead() -> None:
    """As in a browser: after back and a new place there is no forward."""
    history = History()
    history.visit(TICKETS)
    history.back()
    history.visit(Route("settings"))
    assert not history.can_go_forward
    assert history.back() == HOME


def test_the_same_place_again_is_no_step() -> None:
    """Choosing the shown screen in the menu does not lengthen the way back."""
    history = History()
    history.visit(TICKETS)
    history.visit(TICKETS)
    assert history.back() == HOME


def test_a_link_that_opened_the_app_leads_back_to_home() -> None:
    """Where the first place was not Home, back goes there nevertheless."""
    history = History()
    history._places = [TICKET]
    assert history.back() == HOME
    assert history.forward() == TICKET


def test_nothing_of_another_account_is_left_after_a_reset() -> None:
    """Back after switching accounts cannot show a ticket of the former one."""
    history = History()
    history.visit(TICKET)
    history.reset()
    assert history.current == HOME
    assert not history.can_go_back


def test_home_has_no_breadcrumb() -> None:
    """There the vendor's name stands instead."""
    assert crumbs(HOME) == ()


def test_a_ticket_stands_below_the_list_and_carries_its_number() -> None:
    """What the page shows takes the place of the title 'Ticket'."""
    assert crumbs(TICKET, "#1042") == (Crumb("Home", HOME), Crumb("Your tickets", TICKETS), Crumb("#1042"))


def test_what_a_screen_with_a_tile_shows_stands_behind_its_title() -> None:
    """An open article keeps the way to the list of articles."""
    shown = crumbs(Route("articles", {"publication_id": "a"}), "Check the tray")
    assert shown == (Crumb("Home", HOME), Crumb("Help articles", Route("articles")), Crumb("Check the tray"))


def test_screens_are_called_as_the_vendor_calls_them(tmp_path: Path) -> None:
    """The way to an article and the list of tickets carry the words that stand on the vendor's tiles."""
    school = Vendors(tmp_path).get("school")
    assert crumbs(Route("articles"), profile=school)[-1] == Crumb("FAQ")
    i18n.set_language("de")
    assert crumbs(Route("report"), profile=school)[-1] == Crumb("Neues Ticket")
    assert crumbs(Route("license_keys"), profile=school)[-1] == Crumb("Lizenzschlüssel")
