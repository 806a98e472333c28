"""License keys as the screen gets them."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from supportdesk import clock, i18n
from supportdesk.app.clipboard import SecretClipboard
from supportdesk.app.expiry import days_left
from supportdesk.app.license_keys import (
    KeysState,
    LicenseKeysPresenter,
    _place,
    copied_words,
    ending,
    masked,
)
from supportdesk.app.settings import CLIPBOARD_CLEAR_S
from supportdesk.bootstrap import Running
from supportdesk.domain.entities import KeyKind, LicenseKey
from supportdesk.domain.projections import Account, Link
from tests.support.workspace import Loop, demo_account, running

LICENSE = "MDP7-4KQA-81TX-ZV5N-9K2F"
SWITCH = "5521-7740-0318"
OF_ANOTHER_PRACTICE = "MDP7-1RWD-03SK-BE6Y-4T8C"


class Board:
    """A clipboard without a clock."""

    content = ""
    delay_s = 0.0

    def put(self, secret: str) -> None:
        self.content = secret

    def text(self) -> str:
        return self.content

    def clear(self) -> None:
        self.content = ""

    def call_later(self, delay_s: float, _job: Callable[[], None]) -> None:
        self.delay_s = delay_s


class Scene:
    def __init__(self, opened: Running, account: Account, loop: Loop) -> None:
        self.opened, self.account, self.loop = opened, account, loop
        self.board = Board()
        self.clipboard = SecretClipboard(self.board)
        self.presenter = LicenseKeysPresenter(opened.workspace, account.id, self.clipboard)
        loop.drain(lambda: self.presenter.state.loaded)

    def key(self, value: str) -> LicenseKey:
        return next(key for key in self.presenter.state.keys if key.key == value)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    loop = Loop()
    with running(tmp_path, loop) as opened:
        made = Scene(opened, demo_account(opened), loop)
        yield made
        made.presenter.close()


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        (LICENSE, "•••• - •••• - •••• - •••• - 9K2F"),
        (SWITCH, "•••• - •••• - 0318"),
        ("two words", "•••• - words"),
        ("ABCDEFGHIJKLMNOP", "••••••••MNOP"),
        ("SHORT", "••••••••"),
        ("", "••••••••"),
    ],
)
def test_masking(key: str, shown: str) -> None:
    """Only the last group of a key, or the end of a long one, is readable while it is masked."""
    assert masked(key) == shown
    assert not ending(key) or shown.endswith(ending(key))


@pytest.mark.parametrize(("days", "told"), [(400, None), (31, None), (30, 30), (1, 1), (0, 0), (-3, -3)])
def test_days_left(days: int, told: int | None) -> None:
    """From thirty days on the days are counted, by the calendar of this computer."""
    noon = datetime.now().astimezone().replace(hour=12) + timedelta(days=days)
    assert days_left(noon.astimezone(UTC), 30) == told
    assert days_left(None, 30) is None


def test_a_vendor_says_from_when_on_customers_are_warned() -> None:
    """In days; with 0 only what has run out is said."""
    here = clock.now().astimezone(clock.HERE)
    soon, over = here + timedelta(days=9), here - timedelta(days=2)
    assert (days_left(soon, 9), days_left(soon, 8), days_left(soon, 0)) == (9, None, None)
    assert days_left(over, 0) == -2


def test_copied_words() -> None:
    """The toast says what the setting says, in seconds or minutes."""
    assert copied_words(60) == "Copied. The clipboard is cleared in 60 s"
    assert copied_words(300) == "Copied. The clipboard is cleared in 5 minutes"


def test_a_key_never_stands_in_a_description() -> None:
    """What Python says about a license key, as logs and crash reports do, is without the key."""
    key = LicenseKey(id="1", key_kind=KeyKind.LICENSE, product="Suite", key=LICENSE, note="6 workplaces")
    assert LICENSE not in f"{key} {key!r} {(key,)}"


def test_both_kinds_of_the_own_organisation(scene: Scene) -> None:
    """License keys and company switches of the own organisation are listed, those of others are not."""
    keys = scene.presenter.state.keys
    assert {LICENSE, SWITCH} <= {key.key for key in keys}
    assert OF_ANOTHER_PRACTICE not in {key.key for key in keys}
    medora = [key.key_kind for key in keys if key.product == "Medora 24 Praxis"]
    assert medora == [KeyKind.LICENSE, KeyKind.COMPANY_SWITCH]


def test_revealing_is_for_one_key_and_for_now(scene: Scene) -> None:
    """Showing a key shows that one alone; hiding all hides it again."""
    key = scene.key(LICENSE)
    scene.presenter.toggle(key.id)
    assert scene.presenter.state.revealed == {key.id}
    scene.presenter.hide_all()
    assert not scene.presenter.state.revealed


def test_copying_and_the_setting(scene: Scene) -> None:
    """Copying puts the whole key into the clipboard for as long as the setting says; the card knows it."""
    key = scene.key(SWITCH)
    scene.opened.workspace.settings.set(CLIPBOARD_CLEAR_S, 30)
    assert scene.presenter.copy(key.id) == 30
    assert (scene.board.content, scene.board.delay_s) == (SWITCH, 30)
    assert scene.presenter.state.copied == key.id
    scene.presenter.clear_clipboard()
    assert (scene.board.content, scene.presenter.state.copied) == ("", "")


def test_it_works_without_a_network(scene: Scene) -> None:
    """Keys are shown and copied while there is no connection, also by a screen opened only then."""
    scene.opened.workspace.sync.go_offline(True)
    scene.loop.drain(lambda: bool((s := scene.presenter.state.sync) and s.link is Link.OFFLINE))
    later = Scene(scene.opened, scene.account, scene.loop)
    later.presenter.copy(later.key(LICENSE).id)
    assert later.board.content == LICENSE
    later.presenter.close()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rezept", {"Elektronisches Rezept"}),
        ("medora switch", {"Medora 24 Praxis"}),
        ("77hd", {"Elektronisches Rezept"}),
        ("ERZ4", set()),
        ("nothing like it", set()),
    ],
)
def test_search(scene: Scene, text: str, found: set[str]) -> None:
    """Product, kind, note and readable end are searched; the hidden part of a key is not."""
    scene.presenter.search(text)
    assert {key.product for key in scene.presenter.state.keys} == found
    scene.presenter.search("")
    assert len(scene.presenter.state.keys) == scene.presenter.state.total


def test_many_keys_stand_under_their_products() -> None:
    """Few do not, and a search in many leaves only the headings under which something was found."""
    keys = tuple(
        LicenseKey(id=f"{product}{number}", key_kind=KeyKind.LICENSE, product=product, key="A")
        for product in ("Archive", "Calendar", "Scan")
        for number in range(4)
    )
    many = KeysState(keys, total=len(keys))
    assert [group.product for group in many.groups] == ["Archive", "Calendar", "Scan"]
    assert tuple(key for group in many.groups for key in group.keys) == keys
    assert [group.product for group in KeysState(keys[4:6], total=len(keys)).groups] == ["Calendar"]
    assert KeysState(keys[:8], total=8).groups == (("", keys[:8]),)


def test_names_that_differ_late_are_products_of_their_own() -> None:
    """The order of names looks only at their beginning."""
    products = ("Licence " * 8 + "small", "Licence " * 8 + "large")
    keys = tuple(
        LicenseKey(id=f"{number}{product}", key_kind=KeyKind.LICENSE, product=product, key="A")
        for number in range(5)
        for product in products
    )
    state = KeysState(tuple(sorted(keys, key=_place)), total=len(keys))
    assert [(group.product, len(group.keys)) for group in state.groups] == [
        (product, 5) for product in sorted(products)
    ]


def test_keys_are_in_no_log(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever is done with a key, and however much is logged, the key is in no line of it."""
    caplog.set_level(logging.DEBUG)
    key = scene.key(LICENSE)
    logging.getLogger("supportdesk").warning("state %r", scene.presenter.state)
    scene.presenter.toggle(key.id)
    scene.presenter.copy(key.id)
    scene.presenter.search(key.product)
    scene.opened.workspace.sync.once(scene.account.id, 30).result(60)
    scene.presenter.clear_clipboard()
    written = caplog.text
    assert "state KeysState" in written  # the log does work
    assert LICENSE not in written


def test_words_follow_the_language() -> None:
    """The kinds of keys are said in German."""
    i18n.set_language("de")
    assert copied_words(60) == "Kopiert. Die Zwischenablage wird in 60 s geleert"
