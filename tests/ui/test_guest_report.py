"""The form of a report without signing in."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from supportdesk.app.guest_report import GuestReport, GuestReportState
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


def test_what_is_wrong_first_gets_the_focus(page: ReportPage) -> None:
    """Also a question of the vendor's, and the consent."""
    profile = profile_files.demo("retail")
    state = chosen(profile, "receipt-printer")
    assert state.report is not None
    page.render_state(state)
    expected: list[tuple[tuple[str, ...], QWidget | None]] = [
        (("fields.till", "consent_id"), page.questions.control_of("till")),
        (("consent_id", "privacy_accepted"), page.consent),
        (("privacy_accepted",), page.privacy.check),
        (("subject", "fields.till"), page.subject),
    ]
    for rejections, (wrong, first) in enumerate(expected, start=1):
        report = replace(state.report, wrong=dict.fromkeys(wrong, "Wrong."), rejections=rejections)
        page.render_state(replace(state, report=report))
        assert page.focusWidget() is first


def test_each_change_by_the_person_is_told(page: ReportPage) -> None:
    """And what was filled in for them is not."""
    told: list[GuestReport] = []
    page.written.connect(told.append)
    profile = profile_files.demo("retail")
    begun = GuestReport("Renate Holm", service_id="receipt-printer", subject="No", description="It is empty.")
    state = chosen(profile, "receipt-printer")
    page.render_state(replace(state, report=GuestReportState(profile, begun)))
    assert told == []
    QTest.keyClicks(page.subject, "ne")
    page.privacy.check.click()
    offer = page.consent.value() or ""
    assert told[-1] == replace(begun, subject="None", consent_id=offer, privacy_accepted=True)
