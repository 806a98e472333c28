"""The own account in the settings, and the way there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from supportdesk.domain.demo import DEMO_PASSWORD
from supportdesk.ui.screens.settings.password_card import PasswordCard
from supportdesk.ui.screens.settings.sessions_card import SessionsCard
from tests.support.app import Desktop, demo_app


@pytest.fixture
def desktop(qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    with demo_app(tmp_path) as desktop:
        desktop.window.resize(1120, 760)
        yield desktop


def menu_texts(desktop: Desktop) -> list[str]:
    menu = desktop.window.top_bar.menu
    menu.fill()
    return [action.text() for action in menu.actions()]


def test_the_account_button_leads_to_the_password(desktop: Desktop) -> None:
    """The field is in sight and has the focus."""
    assert {"My data", "Change password", "Where you are signed in", "Log out"} <= set(menu_texts(desktop))
    next(a for a in desktop.window.top_bar.menu.actions() if a.text() == "Change password").trigger()
    old = desktop.find(QLineEdit, "Present password")
    desktop.wait(old.hasFocus, "the field has the focus")
    assert not old.visibleRegion().isEmpty()


def test_the_password_is_changed_and_forgotten(desktop: Desktop) -> None:
    """Afterwards nothing of it is in the fields."""
    desktop.go("settings", pane="account", part="password")
    card = desktop.find(PasswordCard, "Password")
    card.old.setText(DEMO_PASSWORD)
    card.new.setText("another good password")
    card.act.click()
    desktop.wait(lambda: card.presenter.state.changed == 1, "it is changed")
    assert (card.old.text(), card.new.text()) == ("", "")
    card.old.setText("half typed")
    desktop.go("home")
    assert card.old.text() == ""


def test_my_data_are_saved(desktop: Desktop) -> None:
    """What the vendor knows is filled in."""
    desktop.go("settings", pane="account")
    phone = desktop.find(QLineEdit, "Phone")
    phone.setText("030 1234")
    desktop.click("Save")
    desktop.wait(lambda: "Your data are saved." in shown_words(desktop), "it is said")


def shown_words(desktop: Desktop) -> str:
    from supportdesk.ui.widgets.toast import Toast

    return " ".join(toast.accessibleName() for toast in desktop.window.findChildren(Toast))


def test_another_sign_in_is_ended(desktop: Desktop) -> None:
    """It vanishes from the list; this one cannot be ended here."""
    assert desktop.window.place is not None
    account = desktop.window.place.account
    desktop.workspace.sync.sign_in(account, DEMO_PASSWORD).result(30)
    desktop.go("settings", pane="account", part="sessions")
    card = desktop.find(SessionsCard, "Where you are signed in")
    desktop.find(QPushButton, "Sign out", card)
    desktop.click("Sign out", card)
    desktop.wait(lambda: not card.presenter.state.has_others, "it is ended")
    assert card.act.isHidden()
