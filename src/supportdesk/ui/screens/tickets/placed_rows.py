"""Rows of tickets under two heads."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from supportdesk.ui.models.ticket_model import TicketModel
from supportdesk.ui.screens.tickets.section_head import OrderHead, SectionHead
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.even_rows import EvenRows
from supportdesk.ui.widgets.list_geometry import ListGeometry


class PlacedRows(EvenRows):
    """`in_sight` carries the first and last row that are seen."""

    in_sight = Signal(object, object)
    _model: TicketModel

    def __init__(self, model: TicketModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        model.sections_changed.connect(self.updateGeometries)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def make_heads(self) -> None:
        self.local_head = SectionHead("laptop", self.viewport())
        self.order_head = OrderHead(self.viewport())

    def geometry_of_rows(self) -> ListGeometry:
        heights = theme().height
        return ListGeometry(
            heights.list_row, heights.menu_item, self._model.local_count, self._model.rowCount()
        )

    def show_sight(self) -> None:
        self.in_sight.emit(*self.rows_in_sight())

    def anchor(self) -> tuple[int, int]:
        """The first row in sight, and how far its top is above the edge."""
        geometry = self.geometry_of_rows()
        row = geometry.first_from(self.verticalOffset())
        return row, self.verticalOffset() - geometry.top(row)

    def show_anchor(self, row: int, offset: int) -> None:
        self.verticalScrollBar().setValue(self.geometry_of_rows().top(row) + offset)

    def covered_above(self, row: int) -> int:
        return theme().height.menu_item if row >= self._model.local_count else 0

    def updateGeometries(self) -> None:
        self._place_heads()
        super().updateGeometries()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The heads are painted, too."""
        viewport = self.viewport()
        before = [head.geometry() for head in (self.local_head, self.order_head) if not head.isHidden()]
        super().scrollContentsBy(dx, dy)
        self._place_heads()
        for place in before:
            viewport.update(place.united(place.translated(0, dy)))
        for head in (self.local_head, self.order_head):
            head.update()

    def _place_heads(self) -> None:
        """The order stays in sight: its head stops at the top when the list goes on."""
        geometry, width, offset = self.geometry_of_rows(), self.viewport().width(), self.verticalOffset()
        self.local_head.setGeometry(0, -offset, width, geometry.head_height)
        self.local_head.setVisible(geometry.has_local_head)
        top = max(0, geometry.server_head_top - offset)
        self.order_head.setGeometry(0, top, width, geometry.head_height)
        self.order_head.setVisible(geometry.has_server_head)
