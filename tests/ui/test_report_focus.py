"""Where the person is after the report changed under them: pages, focus, search, columns."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from supportdesk.app.flows.report_flow import Step
from supportdesk.app.prefill import Prefill
from supportdesk.ui.screens.report import ReportScreen
from supportdesk.ui.screens.report.preview_page import PreviewPage
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.date_field import DateField
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.safe_text import SafeText
from supportdesk.ui.widgets.search_field import SearchField
from supportdesk.ui.widgets.text_label import TextLabel
from tests.support.app import Desktop, demo_app


@pytest.fixture
def desktop(qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    theme().apply(mode="light", scale=1.0, reduced_motion=True)
    with demo_app(tmp_path / "data") as it:
        it.window.resize(1120, 760)
        it.window.activateWindow()
        yield it
    theme().apply(scale=1.0)


def open_report(desktop: Desktop, **args: str) -> ReportScreen:
    desktop.go("report", **(args or {"new": "1"}))
    screen = desktop.find(ReportScreen, "Report a problem")
    desktop.wait(lambda: screen._presenter.state.ready, "the form is there")
    desktop.settle()
    return screen


def go_to(screen: ReportScreen, step: Step) -> None:
    report = screen._presenter
    report.say("service_id", "printing")
    report.say("subject", "Prescription prints twice")
    report.say("description", "Since this morning.")
    report.say("fields.printer_model", "M210")
    while report.state.position.step < step:
        report.next()


def test_escape_leaves_the_look_at_one_item_and_not_the_report(desktop: Desktop) -> None:
    """Esc in front of the report's text leads back to "Check and send", and the focus to what was open."""
    screen = open_report(desktop)
    go_to(screen, Step.CHECK)
    desktop.settle()
    desktop.click("View Your report")
    desktop.find(PreviewPage, "Your report")
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    desktop.settle()
    assert screen.isVisible()
    assert screen._presenter.state.position.step is Step.CHECK
    assert not desktop.has(PreviewPage, "Your report")


def test_after_sending_the_focus_is_on_the_way_on(desktop: Desktop) -> None:
    """The first button of the delivery log has the focus, also when it changes as the report arrives."""
    screen = open_report(desktop)
    go_to(screen, Step.CHECK)
    report = screen._presenter
    report.say("consent_id", report.state.catalogue.consents[0].id)
    report.send()
    desktop.wait(lambda: report.state.delivery is not None and report.state.delivery.state == "sent")
    desktop.settle()
    focused = QApplication.focusWidget()
    assert isinstance(focused, QAbstractButton)
    assert focused.text() == "Open ticket"


def test_a_new_report_searches_for_nothing(desktop: Desktop) -> None:
    """The word looked for in one report is gone from the tree of the next."""
    screen = open_report(desktop)
    search = screen.findChild(SearchField)
    assert search is not None
    search.setText("print")
    desktop.settle()
    screen.open({"new": "1"})
    desktop.settle()
    assert search.text() == ""


def test_columns_come_back_with_the_text_size(desktop: Desktop) -> None:
    """Large text puts the type below the tree; ordinary text puts it beside the tree again."""
    open_report(desktop)

    def beside() -> bool:
        fields = {each.control.accessibleName(): each for each in desktop.window.findChildren(FormField)}
        return fields["Type"].mapTo(desktop.window, fields["Type"].rect().topLeft()).x() > 400

    assert beside()
    theme().apply(scale=2.0)
    desktop.settle()
    assert not beside()
    theme().apply(scale=1.0)
    desktop.settle()
    assert beside()


def test_a_new_page_is_read_from_its_heading_on(desktop: Desktop) -> None:
    """In the smallest window too step 1 shows its heading, though the focus is in the tree below it."""
    desktop.window.resize(720, 560)
    screen = open_report(desktop)
    assert screen._about.verticalScrollBar().value() == 0


@pytest.mark.parametrize("width", [1120, 720])
def test_tab_leads_from_the_subject_into_the_description(desktop: Desktop, width: int) -> None:
    """Not over the buttons that format it, which come after it, nor over known answers beside or below it."""
    desktop.window.resize(width, 760)
    screen = open_report(desktop)
    go_to(screen, Step.WHAT)
    screen._presenter.say("subject", "Rezept druckt auf falschem Papier")
    desktop.wait(lambda: bool(screen._presenter.state.suggestions), "something is known")
    desktop.settle()
    focused = QApplication.focusWidget()
    assert focused is screen._what._subject
    QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is screen._what._description.editor


def test_known_answers_do_not_push_the_form_out_of_a_small_window(desktop: Desktop) -> None:
    """Between the fields they are one line that can be unfolded; beside them they are a list."""
    screen = open_report(desktop)
    screen._presenter.say("subject", "Rezept druckt auf falschem Papier")
    desktop.wait(lambda: bool(screen._presenter.state.suggestions), "something is known")
    go_to(screen, Step.WHAT)
    screen._presenter.say("subject", "Rezept druckt auf falschem Papier")
    desktop.settle()
    known = screen._what.known
    assert known._list.isVisible()
    desktop.window.resize(720, 560)
    desktop.settle()
    assert not known._list.isVisible()
    assert known.height() < 48
    desktop.click(known._fold.text(), known)
    assert known._list.isVisible()


def test_what_the_host_filled_in_is_marked_where_it_stands(desktop: Desktop) -> None:
    """The field that shows an answer of the host program says so; dates are wide enough to be read."""
    prefill = Prefill(source="Medora 24.3", fields={"workplace": "Front desk"})
    screen = open_report(desktop, prefill=msgspec.json.encode(prefill).decode())
    go_to(screen, Step.WHAT)
    desktop.settle()
    said = [label.text() for label in desktop.window.findChildren(TextLabel) if label.isVisible()]
    assert "Filled in by Medora 24.3" in said
    assert all(field.width() >= 208 for field in screen.findChildren(DateField))


def test_what_is_wrong_is_in_sight_in_the_smallest_window(desktop: Desktop) -> None:
    """Not only the field that has the focus, but the sentence below it."""
    desktop.window.resize(720, 560)
    screen = open_report(desktop)
    go_to(screen, Step.WHAT)
    screen._presenter.say("description", "")
    desktop.settle()
    desktop.click("Next")
    desktop.settle()
    page = screen._what
    assert QApplication.focusWidget() is page._description.editor
    (wrong,) = (each for each in page.findChildren(TextLabel) if each.text() == "Describe what happened.")
    assert page.viewport().rect().contains(QRect(wrong.mapTo(page.viewport(), QPoint()), wrong.size()))


def test_where_a_file_was_removed_the_next_one_has_the_focus(desktop: Desktop, tmp_path: Path) -> None:
    """After the last one the button that chooses files; never the one that closes the report."""
    screen = open_report(desktop)
    go_to(screen, Step.SHOW)
    report, names = screen._presenter, ("a.log", "b.log")
    for name in names:
        (tmp_path / name).write_text("10:31:07 ERROR MD-2107")
    report.add_paths([tmp_path / name for name in names])
    desktop.wait(lambda: len(report.state.draft.files) == len(names), "the files")
    desktop.settle()
    for name, focused in (("a.log", "Open b.log"), ("b.log", "Choose files")):
        remove = desktop.find(QAbstractButton, f"Remove {name}")
        remove.setFocus()
        QTest.keyClick(remove, Qt.Key.Key_Space)
        desktop.settle()
        now = QApplication.focusWidget()
        assert now is not None
        assert now.accessibleName() == focused


def test_the_report_is_looked_at_as_people_write(desktop: Desktop) -> None:
    """A date as everywhere else, and no colon behind a question."""
    screen = open_report(desktop)
    go_to(screen, Step.CHECK)
    screen._presenter.say("fields.since", "2026-11-20")
    desktop.settle()
    desktop.click("View Your report")
    shown = desktop.find(SafeText, "Your report", screen).toPlainText()
    assert "Printer model: M210\nSince when? Friday, 20 November 2026" in shown
