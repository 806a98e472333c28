"""What the engine is told of who looks at the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from supportdesk.domain.projections import Attention
from supportdesk.sync.service import Sync
from tests.support.app import demo_app


def test_the_engine_knows_who_looks_on(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the start: another application in use, the window put away, back again; nothing after the end."""
    told: list[Attention] = []
    monkeypatch.setattr(Sync, "attend", lambda _self, attention: told.append(attention))
    active, inactive = Qt.ApplicationState.ApplicationActive, Qt.ApplicationState.ApplicationInactive

    def become(state: Qt.ApplicationState) -> Attention:
        qapp.applicationStateChanged.emit(state)
        return told[-1]

    with demo_app(tmp_path) as desktop:
        assert told
        assert become(active) is Attention.ACTIVE
        assert become(inactive) is Attention.IN_SIGHT
        desktop.window.hide()
        assert become(inactive) is Attention.AWAY
        assert become(active) is Attention.ACTIVE
    told.clear()
    qapp.applicationStateChanged.emit(active)
    assert told == []
