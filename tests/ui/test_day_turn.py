"""Midnight passes while the window is open."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from supportdesk import clock
from supportdesk.app.conversation import NewDay
from supportdesk.ui.conversation.lines import DayLine
from supportdesk.ui.shell.day_turn import DayTurn
from supportdesk.ui.theme import theme
from tests.support.app import Desktop, demo_app
from tests.support.person import parts, said
from tests.support.zones import zone

BEFORE = datetime(2026, 12, 31, 22, 59, 30, tzinfo=UTC)
"""Half a minute before a new year in Berlin."""


@pytest.fixture
def desktop(qapp: object, tmp_path: Path) -> Iterator[Desktop]:
    with demo_app(tmp_path / "data", "retail") as it:
        it.window.resize(1120, 760)
        yield it


def test_what_was_said_today_was_said_yesterday_then(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line above it names the day, by the clock of this computer, in a window as it stands."""
    at = BEFORE
    monkeypatch.setattr(clock, "now", lambda: at)
    window = QWidget()
    theme().dress(window)
    with zone("Europe/Berlin"):
        line = DayLine(NewDay("day", at.astimezone().date()), window)
        (label,) = line.findChildren(QLabel)
        turn = DayTurn(window)
        timer = turn.findChild(QTimer)
        assert timer is not None
        assert timer.isActive()
        timer.timeout.emit()
        assert label.text() == "Today"
        at += timedelta(minutes=1)
        timer.timeout.emit()
        assert label.text() == "Thursday, 31 December 2026"
    turn.close()
    assert not timer.isActive()
    window.deleteLater()


def _report(desktop: Desktop) -> None:
    desktop.go("report")
    desktop.settle()
    for field in _fields(desktop):
        if isinstance(field, QLineEdit | QPlainTextEdit) and not field.isReadOnly():
            desktop.type_into(field, "Half of it")


def _reply(desktop: Desktop) -> None:
    account_id = desktop.account_id
    _account, ticket_id = desktop.workspace.read(lambda r: r.ticket_by_number(account_id, "20418")).result(20)
    desktop.go("ticket", ticket_id=ticket_id)
    desktop.type_into(desktop.find(QPlainTextEdit, "Your answer"), "Half an answer")


@pytest.mark.parametrize("begin", [_report, _reply])
def test_nobody_is_disturbed_at_work(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch, begin: Callable[[Desktop], None]
) -> None:
    """What is half written, chosen and scrolled stays, and so does the cursor; the days are told anew."""
    begin(desktop)
    desktop.settle()
    before, told = _work(desktop), _words(desktop)
    assert any("Half" in each for each in before)
    tomorrow = clock.now() + timedelta(days=400)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    desktop.application.stage._day_turn.look()
    desktop.settle()
    assert _work(desktop) == before
    assert begin is _report or _words(desktop) != told


def _fields(desktop: Desktop) -> list[QWidget]:
    return [each for each in parts(desktop.window) if each.isVisible()]


def _work(desktop: Desktop) -> list[str]:
    found = []
    for each in _fields(desktop):
        if isinstance(each, QLineEdit):
            found.append(f"{each.text()} {each.cursorPosition()}")
        elif isinstance(each, QPlainTextEdit):
            found.append(f"{each.toPlainText()} {each.textCursor().position()}")
        elif isinstance(each, QComboBox):
            found.append(each.currentText())
        elif isinstance(each, QDateEdit):
            found.append(each.text())
        if isinstance(each, QAbstractScrollArea):
            found.append(str(each.verticalScrollBar().value()))
        found.append(str(each.hasFocus()))
    return found


def _words(desktop: Desktop) -> set[str]:
    return {said(each) for each in _fields(desktop)}
