"""One order as two lines: reference and day; status, number, articles and people."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

from supportdesk.app.item_words import state_name
from supportdesk.domain.projections import ItemRow
from supportdesk.ui.delegates.two_lines import TwoLineDelegate, TwoLines
from supportdesk.ui.models import order_model
from supportdesk.ui.models.order_model import OrderRole
from supportdesk.ui.widgets.chip import chip_style


class OrderRowDelegate(TwoLineDelegate):
    def search(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(OrderRole.SEARCH))

    def paint_lines(self, row: TwoLines, index: QModelIndex | QPersistentModelIndex) -> None:
        order = index.data(OrderRole.ROW)
        if not isinstance(order, ItemRow):
            row.bars()
            return
        row.title(order_model.title(order), order_model.when(order), unread=order.unread)
        row.chip(state_name("order", order.state), chip_style(order.state))
        if order.refused:
            row.icon("circle-alert", "danger")
        elif order.pending and order.number:
            row.icon("cloud-upload")
        row.caption(order_model.detail(order))
