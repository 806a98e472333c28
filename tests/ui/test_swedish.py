"""The school's portal for somebody who speaks Swedish: program, form, tickets and answers."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from supportdesk.app.settings import LANGUAGE
from supportdesk.domain.projections import TicketQuery
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.tile import Tile
from supportdesk.ui.widgets.tree_choice import TreeChoice
from tests.support.app import Desktop, demo_app


@pytest.fixture
def desktop(qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    (tmp_path / "settings.json").write_text(json.dumps({LANGUAGE.key: "sv"}), "utf-8")
    with demo_app(tmp_path, "school") as desktop:
        yield desktop


def test_the_school_speaks_swedish(desktop: Desktop) -> None:
    """Menu and tiles, what the form offers, and what customers and staff have written."""
    menus = [action.text().replace("&", "") for action in desktop.window.menu_bar.actions()]
    assert menus == ["Arkiv", "Redigera", "Visa", "Ärende", "Hjälp"]
    for tile in ("Nytt ärende", "Dina ärenden", "Vanliga frågor", "Viktig information", "Inställningar"):
        desktop.find(Tile, tile)
    newest = TicketQuery(desktop.account_id)
    tickets = desktop.workspace.read(lambda reader: reader.ticket_window(newest, 0, 1)).result(30)
    assert tickets[0].subject == "Betygen för 9b skrivs ut utan skolans stämpel"
    desktop.go("report", new="1")
    desktop.find(TreeChoice, "Tjänst")
    assert desktop.find(Combo, "Typ").currentText() == "Användarsupport"
