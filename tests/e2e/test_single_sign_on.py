"""The whole way of single sign-on: the sign-in window's presenter, a browser, a provider, a server."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec
import pytest

from supportdesk.app import sign_on
from supportdesk.app.accounts import SignedIn
from supportdesk.app.sign_in import SignInPresenter
from supportdesk.app.sign_in_state import Page, SignInState
from supportdesk.bootstrap import Running
from supportdesk.domain import profile_files as profiles
from supportdesk.domain.account import SingleSignOn
from supportdesk.domain.errors import (
    AddressNotAccepted,
    BackendUnreachable,
    ProtocolViolation,
    SignOnCancelled,
    SignOnFailed,
)
from supportdesk.domain.profile import BackendAddress
from supportdesk.domain.projections import Link
from supportdesk.server.sign_on.provider import Provider
from tests.support.desk import CUSTOMER
from tests.support.oidc_provider import BUTTON, OidcProvider, oidc_provider
from tests.support.server import Served, served
from tests.support.workspace import Loop, running


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def provider() -> Iterator[OidcProvider]:
    with oidc_provider() as made:
        yield made


@pytest.fixture
def server(tmp_path: Path, provider: OidcProvider) -> Iterator[Served]:
    profile = msgspec.structs.replace(profiles.demo("school"), id="schule")
    with served(tmp_path / "server", profile, single_sign_on=Provider(provider.told())) as made:
        yield made


@pytest.fixture
def opened(tmp_path: Path, loop: Loop, server: Served) -> Iterator[Running]:
    with running(tmp_path / "client", loop) as made:
        address = BackendAddress(kind="rest", address=server.address)
        made.workspace.vendors.keep(msgspec.structs.replace(server.portal.profile, backend=address))
        yield made


class Window:
    """The sign-in window at the vendor, and who came in."""

    def __init__(self, opened: Running, loop: Loop) -> None:
        self.loop = loop
        self.arrived: list[SignedIn] = []
        self.presenter = SignInPresenter(opened.workspace, opened.accounts, self.arrived.append, "schule")
        self.until(lambda: self.state.page is Page.CREDENTIALS)

    @property
    def state(self) -> SignInState:
        return self.presenter.state

    def until(self, condition: Callable[[], bool]) -> None:
        self.loop.drain(condition, timeout_s=40)

    def press(self) -> str:
        """The button; the address that the browser is to open."""
        self.until(lambda: self.state.single_sign_on == BUTTON)
        self.presenter.sign_on(stay=False)
        assert self.state.page is Page.BROWSER
        self.until(lambda: self.state.browser is not None and self.state.browser.url != "")
        assert self.state.browser is not None
        return self.state.browser.url

    def fails(self) -> Exception:
        self.until(lambda: self.state.error is not None)
        assert self.state.page is Page.CREDENTIALS
        assert not self.arrived
        assert self.state.error is not None
        return self.state.error


@pytest.fixture
def window(opened: Running, loop: Loop) -> Iterator[Window]:
    made = Window(opened, loop)
    yield made
    made.presenter.close()


def browse(url: str) -> httpx.Response:
    """As a browser: to the provider, and back to where it sends."""
    return httpx.get(url, follow_redirects=True, timeout=20)


def test_from_the_button_to_the_desk(window: Window, opened: Running) -> None:
    """Through the browser and back; then everything is as after a password."""
    page = browse(window.press())
    assert "You can close this window." in page.text
    window.until(lambda: bool(window.arrived))
    account = window.arrived[0].account
    assert (account.user, account.person_name) == (CUSTOMER, "Jana")
    assert opened.workspace.sync.once(account.id, 30).result(60).link is Link.ONLINE


def test_long_words_do_not_push_the_window_apart(opened: Running, loop: Loop, server: Served) -> None:
    """Whatever the server says, the button is one short line."""
    provider = server.portal.single_sign_on
    assert provider is not None
    provider.told = msgspec.structs.replace(provider.told, button="Sign\nin " + "far " * 500)
    window = Window(opened, loop)
    try:
        window.until(lambda: window.state.single_sign_on != "")
        assert window.state.single_sign_on.startswith("Sign in far")
        assert len(window.state.single_sign_on) <= 40
    finally:
        window.presenter.close()


def test_what_is_asked_of_the_provider_is_as_it_should_be(window: Window) -> None:
    """Code flow with PKCE, back to a number of this computer, nothing guessable."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(window.press()).query).items()}
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert urlsplit(asked["redirect_uri"]).hostname == "127.0.0.1"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert all(len(asked[name]) == 43 for name in ("state", "nonce", "code_challenge"))


def test_cancelled_in_the_window_nothing_waits_any_more(window: Window) -> None:
    """The browser finds nobody; the next attempt is a new one."""
    url = window.press()
    window.presenter.step_back()
    assert window.state.page is Page.CREDENTIALS
    assert window.state.error is None

    def nobody_listens() -> bool:
        try:
            browse(url)
        except httpx.TransportError:
            return True
        return False

    window.until(nobody_listens)
    browse(window.press())
    window.until(lambda: bool(window.arrived))


def test_cancelled_in_the_browser_it_is_said(window: Window, provider: OidcProvider) -> None:
    """In the window and on the page."""
    provider.refuses = "access_denied"
    assert "was cancelled" in browse(window.press()).text
    assert isinstance(window.fails(), SignOnCancelled)


def test_a_closed_browser_is_given_up(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some minutes, which are shorter here."""
    monkeypatch.setattr(sign_on, "PATIENCE_S", 0.2)
    window.press()
    error = window.fails()
    assert isinstance(error, SignOnFailed)
    assert "in time" in str(error)


def test_a_wrong_state_ends_the_attempt(window: Window, provider: OidcProvider) -> None:
    """The code is not even shown to the server."""
    asked = parse_qs(urlsplit(window.press()).query)
    httpx.get(asked["redirect_uri"][0], params={"code": "planted", "state": "guessed"})
    assert isinstance(window.fails(), SignOnFailed)
    assert "/token" not in provider.asked


def test_a_planted_code_lets_nobody_in(window: Window) -> None:
    """Somebody else's code was not made for our challenge."""
    asked = parse_qs(urlsplit(window.press()).query)
    httpx.get(asked["redirect_uri"][0], params={"code": "planted", "state": asked["state"][0]})
    assert isinstance(window.fails(), SignOnFailed)


def test_who_is_not_known_is_told_with_which_address(window: Window, provider: OidcProvider) -> None:
    """And what to do about it."""
    provider.person["email"] = "nora@school.example"
    browse(window.press())
    error = window.fails()
    assert isinstance(error, AddressNotAccepted)
    assert "nora@school.example" in str(error)
    assert "another account" in error.next_step


def test_a_provider_that_is_gone_is_said_to_be(window: Window, provider: OidcProvider) -> None:
    """Before the browser is opened; the password can still be typed."""
    window.until(lambda: window.state.single_sign_on == BUTTON)
    provider.stop()
    window.presenter.sign_on(stay=False)
    error = window.fails()
    assert isinstance(error, BackendUnreachable)
    assert "provider" in str(error)


def test_two_attempts_at_once_do_not_meet(window: Window, opened: Running, loop: Loop) -> None:
    """Two windows, two browsers that come back at the same moment."""
    other = Window(opened, loop)
    try:
        browsers = [threading.Thread(target=browse, args=(each.press(),)) for each in (window, other)]
        for browser in browsers:
            browser.start()
        window.until(lambda: bool(window.arrived and other.arrived))
        for browser in browsers:
            browser.join(20)
    finally:
        other.presenter.close()


def test_another_vendor_ends_the_waiting(window: Window) -> None:
    """And has no button of this one's provider."""
    window.press()
    window.presenter.other_vendor()
    window.presenter.choose(window.state.demos[0])
    assert window.state.single_sign_on == ""
    assert window.state.browser is None


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://accounts.example.org/authorize",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://user@accounts.example.org/",
        "https://accounts.example.org/#fragment",
        "supportdesk://account",
        "accounts.example.org/authorize",
        "https://[",
        "",
    ],
)
def test_nobody_is_sent_where_others_read_along(endpoint: str) -> None:
    """Whatever a server says."""
    with pytest.raises(ProtocolViolation):
        sign_on._address(endpoint, {"state": "s"})


def test_the_providers_own_parameters_are_kept() -> None:
    """Some have them."""
    place = SingleSignOn("https://accounts.example.org/authorize?p=policy", "c", "openid")
    assert sign_on._address(place.authorization_endpoint, {"state": "s"}).endswith("?p=policy&state=s")
