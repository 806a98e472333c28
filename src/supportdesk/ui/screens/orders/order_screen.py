"""One order on its own page: what it is, and the conversation about it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.conversation_presenter import ItemPresenter
from supportdesk.app.conversation_state import ItemState, Phase
from supportdesk.app.order_files import AddedFiles
from supportdesk.app.return_slip import slip_of
from supportdesk.app.safe_files import save_bytes
from supportdesk.app.screens import Route
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.entities import Order
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.filenames import safe_name
from supportdesk.i18n import _
from supportdesk.ui.conversation.file_saver import open_outside
from supportdesk.ui.conversation.pane import ConversationPane
from supportdesk.ui.screen import Offers, Screen, ScreenContext, offers
from supportdesk.ui.screens.orders.order_details import OrderDetails
from supportdesk.ui.screens.orders.slip_printing import slip_pdf
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.empty_state import EmptyState, ErrorState
from supportdesk.ui.widgets.file_dialog import FileDialog
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.page_layout import page_margin
from supportdesk.ui.widgets.segmented import SegmentedChoice
from supportdesk.ui.widgets.skeleton import Skeleton

_TWO_FROM = 940
_TALK_WIDTH = 400
_DETAILS, _TALK = "details", "talk"


class OrderScreen(Screen):
    """Arguments: order_id, account_id (default: this account)."""

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.presenter = ItemPresenter(context.workspace, partial(open_outside, context))
        self._adding: list[AddedFiles] = []
        self._part = _DETAILS
        self._build()
        self._connect()
        self.retranslate()
        self.presenter.show_to(self.render_state)

    def open(self, args: dict[str, str]) -> None:
        self._show_part(_DETAILS)
        self._talk.open(args.get("account_id", self.context.account.id), args["order_id"])
        self._tell_title()

    def refresh(self) -> None:
        self.presenter.refresh()

    def offers(self) -> Offers:
        state = self.presenter.state
        if state.phase is not Phase.READY:
            return {}
        of_order = offers(
            ("return_slip", self._order() is not None, self._ask_where),
            ("add_files", state.can_add_files, partial(self._ask_for_files, None)),
        )
        talk = {id: partial(self._in_conversation, do) for id, do in self._talk.offers().items()}
        return {**talk, **of_order}

    def end(self) -> None:
        for adding in self._adding:
            adding.close()
        self._talk.end()
        self.presenter.close()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Order"))
        self._parts.setAccessibleName(_("What is shown"))
        self._parts.set_options([(_DETAILS, _("Order")), (_TALK, _("Conversation"))])
        self._gone.set_texts(
            _("This order is not here any more"), _("It was removed, or is no longer meant for you.")
        )
        self._to_list.setText(_("Show all orders"))
        self._again.setText(_("Try again"))
        self._details.retranslate()
        self.render_state(self.presenter.state)

    def render_state(self, state: ItemState) -> None:
        self._stack.setCurrentWidget(self._page_for(state))
        self._details.render_state(state)
        self._talk.render_state(state)
        self._tell_title()
        self.offers_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _page_for(self, state: ItemState) -> QWidget:
        if state.phase is Phase.READY:
            return self._page
        if state.phase is Phase.GONE:
            return self._gone
        if state.phase is Phase.FAILED:
            self._failed.set_texts(_("The order could not be opened"), str(state.error or ""))
            return self._failed
        return self._loading

    def _build(self) -> None:
        self._talk = ConversationPane(self.context, self.presenter, watched=self)
        self._details = OrderDetails(self._talk.pictures, self.context.workspace.blobs.path)
        self._line = Divider(Qt.Orientation.Vertical)
        self._parts = SegmentedChoice([], "")
        self._bar = QWidget()
        self._bar_line = row(self._bar)
        self._bar_line.addWidget(self._parts)
        self._bar_line.addStretch(1)
        body = row()
        body.addWidget(self._details, 1)
        body.addWidget(self._line)
        body.addWidget(self._talk)
        self._page = QWidget()
        page = column(self._page)
        page.addWidget(self._bar)
        page.addLayout(body, 1)
        self._loading = Skeleton("list", 6)
        self._gone = EmptyState("package")
        self._to_list = self._gone.add_button("", "primary")
        self._failed = ErrorState()
        self._again = self._failed.add_button("", "primary", "refresh-cw")
        self._stack = QStackedWidget()
        for each in (self._loading, self._page, self._gone, self._failed):
            self._stack.addWidget(each)
        column(self).addWidget(self._stack)

    def _connect(self) -> None:
        details = self._details
        details.slip_requested.connect(self._ask_where)
        details.log_requested.connect(partial(self._in_conversation, self._talk.show_log))
        details.add_requested.connect(self._ask_for_files)
        details.dropped.connect(self._add)
        details.linked.chosen.connect(self._talk.go_to)
        details.file_opened.connect(self.presenter.open_file)
        details.file_saved.connect(self._talk.saver.save)
        details.file_copied.connect(self._talk.saver.copy_picture)
        self._talk.withdrawn.connect(self._open_draft)
        self._parts.changed.connect(self._show_part)
        self._to_list.clicked.connect(self._show_list)
        self._again.clicked.connect(self.presenter.refresh)
        theme().changed.connect(self._share_room)

    @Slot()
    def _share_room(self) -> None:
        """Both beside each other, or one of them."""
        wide = self.width() >= max(_TWO_FROM, theme().scaled(_TWO_FROM))
        self._bar.setVisible(not wide)
        self._line.setVisible(wide)
        margin = page_margin(self.width())
        self._bar_line.setContentsMargins(margin, theme().space.m, margin, 0)
        self._details.set_margin(margin)
        self._details.setVisible(wide or self._part == _DETAILS)
        self._talk.setVisible(wide or self._part == _TALK)
        if wide:
            self._talk.setFixedWidth(theme().scaled(_TALK_WIDTH))
        else:
            self._talk.setMinimumWidth(0)
            self._talk.setMaximumWidth(16_777_215)

    @Slot(str)
    def _show_part(self, part: str) -> None:
        self._part = part
        self._parts.set_value(part)
        self._share_room()

    def _in_conversation(self, do: Callable[[], object]) -> None:
        self._show_part(_TALK)
        do()

    @Slot(object)
    def _ask_for_files(self, article: int | None) -> None:
        dialog = FileDialog(self, _("Attach files"))
        dialog.setFileMode(FileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(partial(self._add, article))
        dialog.open()

    @Slot(object, list)
    def _add(self, article: int | None, paths: list[str]) -> None:
        state = self.presenter.state
        if state.view is None or state.vendor is None:
            return
        order_id = state.view.row.id
        adding = AddedFiles(self.context.workspace, self.presenter, order_id, article, self._refuse)
        self._adding.append(adding)
        adding.begin([Path(path) for path in paths], state.vendor.capabilities.limits)

    def _refuse(self, why: str) -> None:
        self.context.frame.toast(why, tone="warning")

    @Slot(str)
    def _open_draft(self, id: str) -> None:
        self.context.frame.go(Route("new_order", {"draft_id": id}))

    @Slot()
    def _show_list(self) -> None:
        self.context.frame.go(Route("orders"))

    # Return slip

    @Slot()
    def _ask_where(self) -> None:
        order, vendor = self._order(), self.presenter.state.vendor
        if order is None or vendor is None:
            return
        slip = slip_of(order, vendor.profile, vendor.catalogue or Catalogue())
        dialog = FileDialog(self, _("Save as"))
        dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(safe_name(slip.file_name))
        dialog.fileSelected.connect(partial(self._save_slip, slip_pdf(slip)))
        dialog.open()

    def _order(self) -> Order | None:
        """None as long as the vendor does not know it."""
        view = self.presenter.state.view
        fact = view.row.fact if view is not None else None
        return fact if isinstance(fact, Order) else None

    def _save_slip(self, pdf: bytes, target: str) -> None:
        workspace, path = self.context.workspace, Path(target)
        workspace.jobs.start(
            self,
            "slip",
            lambda: workspace.cpu.submit(partial(save_bytes, pdf, path)),
            self._slip_saved,
            self._slip_failed,
        )

    def _slip_saved(self, path: Path) -> None:
        self.context.frame.toast(
            _("“{name}” saved").format(name=path.name),
            action=_("Open"),
            on_action=partial(open_outside, self.context, path),
        )

    def _slip_failed(self, error: SupportDeskError) -> None:
        self.context.frame.toast(f"{error} {error.next_step}", tone="danger")

    def _tell_title(self) -> None:
        view = self.presenter.state.view
        if view is not None:
            self.tell_crumb(view.row.title)
