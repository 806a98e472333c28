"""The form of a report without signing in."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from supportdesk.app.guest_report import GuestReportState
from supportdesk.app.sign_in_state import Page, SignInState
from supportdesk.domain import profile_files
from supportdesk.domain.profile import Profile
from supportdesk.ui.login.report_page import ReportPage
from supportdesk.ui.theme import theme


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot) -> ReportPage:
    """Of a vendor who asks about some modules."""
    shown = ReportPage(profile_files.demo("retail"))
    theme().dress(shown)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.activateWindow()
    return shown


def chosen(profile: Profile, service_id: str) -> SignInState:
    questions = profile.catalogue.form(service_id=service_id)
    return SignInState(
        page=Page.REPORT, profile=profile, report=GuestReportState(profile, questions=questions)
    )


def test_tab_goes_through_the_questions_where_they_stand(page: ReportPage, qtbot: QtBot) -> None:
    """Although they are made last, and anew for another module."""
    profile = profile_files.demo("retail")
    for service_id in ("", "receipt-printer", "shop-sync", "receipt-printer"):
        page.render_state(chosen(profile, service_id))
    asked = [control for name in ("till", "callback") if (control := page.questions.control_of(name))]
    qtbot.waitUntil(lambda: [each.isVisible() for each in asked] == [True, True], timeout=30_000)
    stops = [page.description.editor, *asked, page.consent, page.privacy.check]
    stops[0].setFocus()
    reached: list[QWidget | None] = []
    for _stop in stops:
        reached.append(page.focusWidget())
        QTest.keyClick(page, Qt.Key.Key_Tab)
    assert reached == stops
