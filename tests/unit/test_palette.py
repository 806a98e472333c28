"""Everything that can be opened or done, found by a few letters."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from supportdesk.app.actions import ACTIONS, commands, title_of
from supportdesk.app.palette import PalettePresenter, Section
from supportdesk.app.screens import SCREENS, Route
from supportdesk.app.shell import Place
from supportdesk.bootstrap import Running
from supportdesk.domain import profile_files
from supportdesk.domain.capabilities import Capabilities, Capability
from supportdesk.domain.projections import ItemQuery, TicketQuery
from supportdesk.i18n import speaking
from tests.support.workspace import Loop, demo_account, running


@contextmanager
def palette(folder: Path, *others: str) -> Iterator[tuple[PalettePresenter, Loop, Running]]:
    """Of the practice's demo customer; `others` are further demo vendors with an account."""
    loop = Loop()
    with running(folder, loop) as opened:
        account = demo_account(opened)
        for name in others:
            demo_account(opened, name)
        capabilities = opened.workspace.read(lambda r: r.capabilities(account.id)).result(20)
        profile = opened.workspace.vendors.get("practice")
        presenter = PalettePresenter(opened.workspace, Place(account, profile, capabilities))
        yield presenter, loop, opened
        presenter.close()


def search(presenter: PalettePresenter, loop: Loop, text: str) -> None:
    presenter.search(text)
    loop.drain(lambda: not presenter.state.searching)


def titles(presenter: PalettePresenter, section: Section) -> list[str]:
    return [item.title for item in presenter.state.items if item.section is section]


def test_without_letters_all_actions_and_pages_are_offered(tmp_path: Path) -> None:
    """A person who does not know what to type sees what there is."""
    with palette(tmp_path) as (presenter, _loop, _opened):
        assert "Capture screen" in titles(presenter, Section.ACTIONS)
        assert "Settings" in titles(presenter, Section.PAGES)
        assert presenter.state.summary() == ""


def test_typed_words_find_tickets_and_articles_and_mark_the_matches(tmp_path: Path) -> None:
    """The marked part of each title begins with what was typed."""
    with palette(tmp_path) as (presenter, loop, _opened):
        search(presenter, loop, "druck")
        found = [item for item in presenter.state.items if item.spans]
        assert titles(presenter, Section.TICKETS)
        assert titles(presenter, Section.ARTICLES)
        for item in found:
            start, end = item.spans[0]
            assert item.title[start:end].lower().startswith("druck")


def test_a_ticket_is_found_by_its_number_and_says_how_it_stands(tmp_path: Path) -> None:
    """'1042' leads to that ticket."""
    with palette(tmp_path) as (presenter, loop, opened):
        account = presenter._place.account
        row = opened.workspace.read(lambda r: r.ticket_window(TicketQuery(account.id), 0, 1)[0]).result(20)
        search(presenter, loop, row.number)
        first = next(item for item in presenter.state.items if item.section is Section.TICKETS)
        assert first.detail == f"#{row.number}"
        assert first.stage is row.stage
        assert first.route is not None
        assert first.route.args == {"ticket_id": row.id}


@pytest.mark.parametrize("sign", ["", "#", " #"])
def test_a_typed_ticket_number_opens_the_ticket(tmp_path: Path, sign: str) -> None:
    """It is the first entry, before the offer to report something called like that."""
    with palette(tmp_path) as (presenter, loop, opened):
        account = presenter._place.account
        row = opened.workspace.read(lambda r: r.ticket_window(TicketQuery(account.id), 0, 1)[0]).result(20)
        search(presenter, loop, f"{sign}{row.number} ")
        first = presenter.state.items[0]
        assert first.route is not None
        assert first.route.args == {"ticket_id": row.id}
        assert "Report a problem" in titles(presenter, Section.ACTIONS)


def test_what_was_typed_can_become_the_subject_of_a_report(tmp_path: Path) -> None:
    """It is the first entry, so that Enter is enough."""
    with palette(tmp_path) as (presenter, loop, _opened):
        search(presenter, loop, "printer on fire")
        first = presenter.state.items[0]
        assert first.route is not None
        assert first.route.args["prefill"] == '{"subject":"printer on fire"}'


def test_other_portals_are_searched_too_until_told_not_to(tmp_path: Path) -> None:
    """A hit of another vendor carries its mark; Tab keeps to this portal."""
    with palette(tmp_path, "video") as (presenter, loop, _opened):
        loop.drain(lambda: presenter.state.several_portals)
        search(presenter, loop, "kamera")
        assert {item.vendor for item in presenter.state.items if item.account_id} == {"Argusfeld"}
        assert "in 2 portals" in presenter.state.summary()
        presenter.toggle_only_here()
        loop.drain(lambda: not presenter.state.searching)
        assert not any(item.vendor for item in presenter.state.items)


def test_actions_come_before_pages_and_beginnings_before_middles(tmp_path: Path) -> None:
    """'re' offers Refresh and Report before words that contain it later."""
    with palette(tmp_path) as (presenter, _loop, _opened):
        presenter.search("r")
        starts = [item.spans[0][0] for item in presenter.state.items if item.section is Section.PAGES]
        assert starts == sorted(starts)
        sections = [item.section for item in presenter.state.items]
        assert sections == sorted(sections, key=[Section.ACTIONS, Section.PAGES].index)


def test_every_screen_with_a_place_of_its_own_is_a_command() -> None:
    """Menu, palette and shortcut page cannot forget one."""
    everything = Capabilities(frozenset(Capability))
    offered = {each.screen for each in commands(everything, None) if each.screen}
    assert offered == {spec.id for spec in SCREENS} - {"ticket", "document", "order", "subscription"}


def test_what_an_account_cannot_do_is_no_command() -> None:
    """Without the capability there is neither a menu entry nor a result; without a link neither."""
    offered = {each.id for each in commands(Capabilities(), None)}
    assert "go:license_keys" not in offered
    assert "web_portal" not in offered
    assert "go:settings" in offered


def test_a_screen_is_called_as_its_vendor_calls_its_tile() -> None:
    """In the menus, the palette and the list of shortcuts, in the language of the moment."""
    school = profile_files.demo("school")
    found = {each.id: each for each in commands(Capabilities(frozenset(Capability)), school)}
    names = ["go:report", "go:articles", "go:settings", "capture"]
    assert [title_of(found[each], school) for each in names] == [
        "New ticket",
        "FAQ",
        "Settings",
        "Capture screen",
    ]
    with speaking("sv"):
        assert title_of(found["go:articles"], school) == "Vanliga frågor"
    assert title_of(found["go:articles"], None) == "Help articles"


@pytest.mark.parametrize("attribute", ["id", "shortcut"])
def test_every_command_has_its_own(attribute: str) -> None:
    """An ambiguous shortcut would trigger neither of the two."""
    all_of_them = commands(Capabilities(frozenset(Capability)), profile_files.demo("practice"))
    assert {each.id for each in ACTIONS} < {each.id for each in all_of_them}
    values = [getattr(each, attribute) for each in all_of_them]
    assert all(values)
    assert len(values) == len(set(values))


@pytest.mark.parametrize(
    ("lacking", "absent"),
    [
        ({Capability.CLOSE, Capability.RATE}, {"close_ticket", "rate"}),
        ({Capability.DOCUMENTS}, {"sign", "decline", "next_field", "print", "save_copy"}),
        ({Capability.ORDERS}, {"return_slip", "go:new_order"}),
        ({Capability.CHANGE_PASSWORD, Capability.SESSIONS}, {"account:password", "account:sessions"}),
        (
            {Capability.TICKETS, Capability.ORDERS, Capability.DOCUMENTS, Capability.SUBSCRIPTIONS},
            {"answer", "send_reply", "copy_number"},
        ),
    ],
)
def test_an_older_desk_leaves_out_what_it_cannot_do(lacking: set[Capability], absent: set[str]) -> None:
    """The entries are not greyed but absent; a conversation can be answered while one kind is left."""
    whole = {each.id for each in commands(Capabilities(frozenset(Capability)), None)}
    offered = {each.id for each in commands(Capabilities(frozenset(Capability) - lacking), None)}
    assert absent <= whole - offered
    assert "answer" in absent or "answer" in offered


def test_what_only_the_shown_screen_does_is_found_while_it_offers_it(tmp_path: Path) -> None:
    """The palette has no greyed entries."""
    with palette(tmp_path) as (presenter, _loop, opened):
        presenter.search("close")
        assert "Close ticket" not in titles(presenter, Section.ACTIONS)
        here = PalettePresenter(opened.workspace, presenter._place, {"close_ticket"})
        here.search("close")
        assert "Close ticket" in titles(here, Section.ACTIONS)
        here.close()


def test_what_is_called_like_the_words_comes_before_a_report_about_them(tmp_path: Path) -> None:
    """The name of a page opens the page; the offer to report it stands below."""
    with palette(tmp_path) as (presenter, loop, _opened):
        search(presenter, loop, "your tickets")
        assert presenter.state.items[0].title == "Your tickets"
        assert "Report a problem" in titles(presenter, Section.ACTIONS)


def test_who_works_offline_finds_the_way_online(tmp_path: Path) -> None:
    """The palette has no ticks: its entry says what it does now."""
    with palette(tmp_path) as (presenter, loop, opened):
        opened.workspace.sync.go_offline(True)
        search(presenter, loop, "online")
        assert titles(presenter, Section.ACTIONS)[0] == "Go online"
        opened.workspace.sync.go_offline(False)
        search(presenter, loop, "offline")
        assert titles(presenter, Section.ACTIONS)[0] == "Work offline"


def test_an_order_is_found_by_its_number_and_says_how_it_stands(tmp_path: Path) -> None:
    """Also by its own reference and by an article in it; of another vendor it names that one."""
    with palette(tmp_path, "orders") as (presenter, loop, opened):
        account_id = next(
            each.id
            for each in opened.workspace.read(lambda r: r.accounts()).result(20)
            if each.profile_id == "orders"
        )
        query = ItemQuery(account_id, "order", states=("question",))
        order = opened.workspace.read(lambda r: r.item_window(query, 0, 1)[0]).result(20)
        search(presenter, loop, order.number)
        first = presenter.state.items[0]
        assert (first.section, first.title) == (Section.ORDERS, order.title)
        assert (first.detail, first.state_name) == ("Velmark", "Waiting for you")
        assert first.route == Route("order", {"order_id": order.id})
        search(presenter, loop, order.title.lower())
        assert presenter.state.items[0].title == order.title
