"""Choosing a vendor and signing in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from supportdesk import i18n, resources
from supportdesk.app.accounts import SignedIn
from supportdesk.app.sign_in import SignInPresenter
from supportdesk.app.sign_in_state import Page, SignInState, Topic
from supportdesk.app.sign_in_words import help_words, keyring_note
from supportdesk.bootstrap import Running
from supportdesk.domain.account import ChangePassword
from supportdesk.domain.demo import DEMO_PASSWORD
from supportdesk.domain.profile_files import bundled
from tests.support.workspace import Loop, running

JANA = "jana.wiebe@lindenplatz.example"


class Entrance:
    """A sign-in on a real data folder, and who came in."""

    def __init__(self, opened: Running, loop: Loop, vendor: str = "") -> None:
        self.loop = loop
        self.arrived: list[SignedIn] = []
        self.presenter = SignInPresenter(opened.workspace, opened.accounts, self.arrived.append, vendor)
        self.until(lambda: self.state.page is not Page.STARTING)

    @property
    def state(self) -> SignInState:
        return self.presenter.state

    def until(self, condition: Callable[[], bool]) -> None:
        self.loop.drain(condition, timeout_s=30)


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def opened(tmp_path: Path, loop: Loop) -> Iterator[Running]:
    with running(tmp_path, loop) as made:
        yield made


def test_the_first_start_offers_the_five_demo_vendors(opened: Running, loop: Loop) -> None:
    """Nobody is signed in and no profile was added: the page of vendors is shown."""
    entrance = Entrance(opened, loop)
    assert entrance.state.page is Page.VENDORS
    assert [each.id for each in entrance.state.demos] == ["practice", "retail", "school", "video", "orders"]
    entrance.presenter.close()


def test_the_vendor_of_the_last_time_is_shown_at_once(opened: Running, loop: Loop) -> None:
    """The person only has to give the password."""
    entrance = Entrance(opened, loop, "retail")
    assert entrance.state.page is Page.CREDENTIALS
    assert entrance.state.profile is not None
    assert entrance.state.profile.id == "retail"
    entrance.presenter.close()


def test_a_demo_fills_in_its_access_data_and_lets_in(opened: Running, loop: Loop) -> None:
    """'Next' is all that is left to do."""
    entrance = Entrance(opened, loop, "practice")
    entrance.until(lambda: entrance.state.user != "")
    assert (entrance.state.user, entrance.state.password) == (JANA, DEMO_PASSWORD)
    entrance.presenter.submit(entrance.state.user, entrance.state.password, stay=False)
    assert entrance.state.busy
    entrance.until(lambda: bool(entrance.arrived))
    assert entrance.arrived[0].account.person_name == "Jana Wiebe"
    entrance.presenter.close()


def test_a_wrong_password_is_said_at_the_field_without_saying_which_was_wrong(
    opened: Running, loop: Loop
) -> None:
    """The same sentence for a wrong password and for a person who does not exist."""
    entrance = Entrance(opened, loop, "practice")
    said = []
    for user in (JANA, "nobody@lindenplatz.example"):
        before = entrance.state.rejections
        entrance.presenter.submit(user, "wrong", stay=False)
        entrance.until(lambda before=before: entrance.state.rejections > before)  # type: ignore[misc]
        said.append(entrance.state.password_error)
        assert not entrance.state.user_error
        assert not entrance.state.busy
    assert said[0] == said[1] != ""
    entrance.presenter.close()


def test_what_is_missing_is_said_before_anything_is_sent(opened: Running, loop: Loop) -> None:
    """Both fields are checked here; nobody is asked."""
    entrance = Entrance(opened, loop, "practice")
    entrance.presenter.submit("  ", "", stay=False)
    assert entrance.state.user_error
    assert entrance.state.password_error
    assert not entrance.state.busy
    entrance.presenter.close()


def test_a_vendor_that_knows_e_mail_addresses_only_wants_one(opened: Running, loop: Loop) -> None:
    """Profiles say what their user names are."""
    entrance = Entrance(opened, loop, "school")
    entrance.presenter.submit("renate", "x", stay=False)
    assert "@" in entrance.state.user_error
    entrance.presenter.close()


def test_without_a_safe_keyring_staying_signed_in_is_explained(opened: Running, loop: Loop) -> None:
    """The note says what happens instead."""
    entrance = Entrance(opened, loop, "practice")
    entrance.until(lambda: not entrance.state.has_keyring)
    entrance.presenter.again(bundled()[0], JANA)
    assert "until you close" in keyring_note(entrance.state)
    with i18n.speaking("de"):
        assert "bis Sie SupportDesk schließen" in keyring_note(entrance.state)
    entrance.presenter.close()


def test_a_demo_that_goes_on_by_itself_is_not_said_to_end(opened: Running, loop: Loop) -> None:
    """The note beside 'Stay signed in' says so."""
    entrance = Entrance(opened, loop, "practice")
    entrance.until(lambda: not entrance.state.has_keyring and entrance.state.user != "")
    assert keyring_note(entrance.state).endswith("The demo signs in by itself all the same.")
    entrance.presenter.close()


def test_a_password_that_the_demo_person_has_set_is_not_filled_in(opened: Running, loop: Loop) -> None:
    """Neither is another one: the name alone, and what is said of staying signed in is true again."""
    account = opened.accounts.demo("practice").result(30)
    opened.accounts.ask(account.id, ChangePassword(DEMO_PASSWORD, "another-horse-2")).result(30)
    entrance = Entrance(opened, loop, "practice")
    entrance.until(lambda: not entrance.state.has_keyring and entrance.state.user != "")
    assert (entrance.state.user, entrance.state.password) == (JANA, "")
    assert entrance.state.has_own_password
    assert "until you close" in keyring_note(entrance.state)
    entrance.presenter.close()


def test_from_typing_an_address_one_comes_back_to_the_vendors(opened: Running, loop: Loop) -> None:
    """As with the other pages that have a way back."""
    entrance = Entrance(opened, loop)
    entrance.presenter.type_address()
    pages = [entrance.state.page]
    entrance.presenter.step_back()
    pages.append(entrance.state.page)
    assert pages == [Page.ADDRESS, Page.VENDORS]
    assert entrance.presenter.address is None
    entrance.presenter.close()


def test_a_profile_file_is_added_and_chosen(opened: Running, loop: Loop, tmp_path: Path) -> None:
    """It is offered first the next time."""
    file = tmp_path / "own.toml"
    content = resources.text("profiles", "practice.toml")
    file.write_text(content.replace('id = "practice"', 'id = "own-vendor"'), encoding="utf-8")
    entrance = Entrance(opened, loop)
    entrance.presenter.open_file(file)
    entrance.until(lambda: entrance.state.page is Page.CREDENTIALS)
    assert [each.id for each in entrance.state.added] == ["own-vendor"]
    assert not entrance.state.is_demo
    entrance.presenter.close()


def test_a_broken_profile_file_is_named_with_its_place(opened: Running, loop: Loop, tmp_path: Path) -> None:
    """The page stays and says file, line and key."""
    file = tmp_path / "broken.toml"
    file.write_text("id = 7\n", encoding="utf-8")
    entrance = Entrance(opened, loop)
    entrance.presenter.open_file(file)
    entrance.until(lambda: entrance.state.error is not None)
    assert entrance.state.page is Page.VENDORS
    assert "broken.toml" in str(entrance.state.error)
    entrance.presenter.close()


def test_help_names_the_vendor_and_how_to_reach_it(opened: Running, loop: Loop) -> None:
    """No dead link: phone, e-mail and web portal of the profile."""
    entrance = Entrance(opened, loop, "practice")
    entrance.presenter.ask_help(Topic.PASSWORD)
    words = help_words(entrance.state)
    assert words is not None
    assert "Medora" in words.text
    assert words.phone == "030 23125 140"
    entrance.presenter.back()
    assert entrance.state.page is Page.CREDENTIALS
    entrance.presenter.close()
