"""Single sign-on in the sign-in window: the button, the waiting, and the browser that is opened."""

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from supportdesk.app.vendors import Vendors
from supportdesk.domain import profile_files as profiles
from supportdesk.domain.profile import BackendAddress
from supportdesk.server.sign_on.provider import Provider
from supportdesk.ui.login.credentials_page import CredentialsPage
from supportdesk.ui.login.dialog import SignInDialog
from tests.support.app import Desktop, running_app
from tests.support.oidc_provider import OidcProvider, oidc_provider
from tests.support.server import served

pytestmark = pytest.mark.usefixtures("qapp")
BUTTON = "School & practice account"


class Browser:
    """What the system opens, instead of a window on somebody's screen."""

    def __init__(self) -> None:
        self.urls: list[str] = []
        self._threads: list[threading.Thread] = []

    def open(self, url: QUrl) -> bool:
        self.urls.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        return True

    def go_on(self) -> None:
        """The person signs in there."""

        def visit() -> None:
            httpx.get(self.urls[-1], follow_redirects=True, timeout=30)

        self._threads.append(threading.Thread(target=visit))
        self._threads[-1].start()

    def end(self) -> None:
        for thread in self._threads:
            thread.join(30)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    made = Browser()
    monkeypatch.setattr(QDesktopServices, "openUrl", made.open)
    yield made
    made.end()


@pytest.fixture
def provider() -> Iterator[OidcProvider]:
    with oidc_provider() as made:
        yield made


@pytest.fixture
def desktop(tmp_path: Path, provider: OidcProvider) -> Iterator[Desktop]:
    profile = msgspec.structs.replace(profiles.demo("school"), id="schule")
    single_sign_on = Provider(provider.told(button=BUTTON))
    with served(tmp_path / "server", profile, single_sign_on=single_sign_on) as server:
        address = BackendAddress(kind="rest", address=server.address)
        (tmp_path / "client").mkdir()
        Vendors(tmp_path / "client" / "profiles").keep(msgspec.structs.replace(profile, backend=address))
        with running_app(tmp_path / "client") as opened:
            yield opened


def _window(desktop: Desktop) -> SignInDialog:
    shown = desktop.application.stage.entrance.dialog
    assert shown is not None
    return shown


def _press(desktop: Desktop, name: str) -> None:
    button = desktop.find(QPushButton, name, _window(desktop))
    desktop.wait(button.isEnabled, f"{name} can be pressed")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_button_leads_through_the_browser_to_home(desktop: Desktop, browser: Browser) -> None:
    """One click here, and one sign-in there."""
    _press(desktop, BUTTON)
    waiting = desktop.find(QPushButton, "Cancel", _window(desktop))
    assert waiting.accessibleDescription().startswith("Waiting for your browser")
    desktop.wait(lambda: len(browser.urls) == 1, "the browser is opened")
    browser.go_on()
    desktop.wait(lambda: desktop.application.stage.shown is not None, "Home is shown")
    assert len(browser.urls) == 1


def test_the_browser_can_be_opened_again(desktop: Desktop, browser: Browser) -> None:
    """At the same address: whoever closed it by mistake goes on."""
    _press(desktop, BUTTON)
    desktop.wait(lambda: len(browser.urls) == 1, "the browser is opened")
    _press(desktop, "Open again")
    assert browser.urls[0] == browser.urls[1]


def test_cancel_leads_back_to_the_fields(desktop: Desktop, browser: Browser) -> None:
    """Where the button is as before; the next attempt opens the browser anew."""
    _press(desktop, BUTTON)
    desktop.wait(lambda: len(browser.urls) == 1, "the browser is opened")
    _press(desktop, "Cancel")
    assert isinstance(_window(desktop)._shown, CredentialsPage)
    _press(desktop, BUTTON)
    desktop.wait(lambda: len(browser.urls) == 2, "the browser is opened anew")
    assert browser.urls[0] != browser.urls[1]


def test_what_went_wrong_is_said_above_the_fields(
    desktop: Desktop, browser: Browser, provider: OidcProvider
) -> None:
    """And the focus is where the person goes on."""
    provider.person["email"] = "nora@elsewhere.example"
    _press(desktop, BUTTON)
    desktop.wait(lambda: len(browser.urls) == 1, "the browser is opened")
    browser.go_on()
    page = _window(desktop)
    desktop.wait(lambda: isinstance(page._shown, CredentialsPage), "the fields are shown")
    assert isinstance(page._shown, CredentialsPage)
    assert page._shown._failure.isVisible()
    assert page._shown.isAncestorOf(page.focusWidget())
