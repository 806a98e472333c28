"""A new order: reference, articles and files; kept while it is written, sent also without a connection."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.draft_keeper import KEEP_MS
from supportdesk.app.order_form import OrderForm, OrderFormState
from supportdesk.app.screens import Route
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.conversation.file_drop import FileDrop
from supportdesk.ui.screen import Screen, ScreenContext
from supportdesk.ui.screens.orders.article_table import ArticleTable
from supportdesk.ui.screens.orders.import_preview import ImportPreview
from supportdesk.ui.screens.orders.order_files_row import OrderFilesRow
from supportdesk.ui.screens.orders.order_head_fields import OrderHeadFields
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.action_bar import ActionBar
from supportdesk.ui.widgets.badge import Badge
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.button import Button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.empty_state import ErrorState
from supportdesk.ui.widgets.file_dialog import FileDialog
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.menu import Menu
from supportdesk.ui.widgets.page_layout import PageLayout
from supportdesk.ui.widgets.skeleton import Skeleton
from supportdesk.ui.widgets.text_label import PageTitle, TextLabel, plain_tooltip

_MEGABYTE = 1 << 20
_MOST_TOLD = 5
_FIELDS_AT = 6
"""The fields of the articles begin so far inside their card."""
_NARROW_BELOW = 600


class NewOrderScreen(Screen):
    """Arguments: draft_id goes on with a draft; anew begins another order."""

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.presenter = OrderForm(context.workspace, context.account)
        self._turn = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(KEEP_MS)
        self._build()
        self._connect()
        self.retranslate()
        self.presenter.show_to(self.render_state)

    def open(self, args: dict[str, str]) -> None:
        state = self.presenter.state
        if "draft_id" in args or "anew" in args or not state.ready:
            self.presenter.open(args.get("draft_id", ""))

    def end(self) -> None:
        self.presenter.keep()
        self.presenter.close()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.presenter.keep()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves what was read from a table, before it leaves the page."""
        if event.key() == Qt.Key.Key_Escape and self.presenter.state.preview is not None:
            self.presenter.leave_import()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_delete()

    def retranslate(self) -> None:
        self.setAccessibleName(_("New order"))
        self._title.setText(_("New order"))
        self._articles_title.setText(_("Articles"))
        self._paste.setText(_("Paste from a table"))
        self._import.setText(_("Import a CSV file"))
        self._more.setText(_("Add article"))
        self._close.setText(_("Close"))
        self._delete.setAccessibleName(_("Delete draft"))
        self._name_delete()
        self._send.setText(_("Send order"))
        self._again.setText(_("Try again"))
        self._table.retranslate()
        self.presenter.speak()
        self.render_state(self.presenter.state)

    def render_state(self, state: OrderFormState) -> None:
        if state.error is not None:
            self._failed.set_texts(
                _("The draft could not be opened"), str(state.error), state.error.next_step
            )
        shown = self._whole if state.ready else self._failed if state.error is not None else self._loading
        self._turn_to(shown)
        if not state.ready:
            return
        self._head.render_state(state)
        self._table.render_state(state)
        self._preview.show_import(state.preview)
        self._files.show_files(state.draft.files)
        self._badge.set_text(formats.number(len(state.draft.said)))
        limit = formats.number(state.limits.max_file_bytes // _MEGABYTE)
        hint = _("Drop pictures and papers on the row they belong to, each up to {limit} MB.")
        self._hint.set_texts(hint.format(limit=limit))
        trouble = _trouble(state)
        self._trouble.set_texts(trouble)
        self._trouble.setVisible(bool(trouble))
        self._show_foot(state)
        self._follow_focus(state)
        if self.presenter.has_changes and not self._pause.isActive():  # also while somebody types on
            self._pause.start()

    def _name_delete(self) -> None:
        """By its icon alone where the three buttons would not stand beside each other."""
        narrow, words = self.width() < theme().scaled(_NARROW_BELOW), _("Delete draft")
        self._delete.setText("" if narrow else words)
        self._delete.set_icon("trash" if narrow else None)
        self._delete.setToolTip(plain_tooltip(words) if narrow else "")

    def _turn_to(self, page: QWidget) -> None:
        """A form that begins has the cursor in its first field."""
        begins = page is self._whole and self._stack.currentWidget() is not page
        self._stack.setCurrentWidget(page)
        if begins and self.isVisible():
            self._head.focus("reference")

    def _show_foot(self, state: OrderFormState) -> None:
        if state.adding:
            self._bar.set_note(_("A file is being added…"), "paperclip")
        elif state.saved_at is not None:
            self._bar.set_note(_("Draft saved {time}").format(time=formats.time_of_day(state.saved_at)))
        else:
            self._bar.set_note("")
        self._send.show_busy(state.sending)
        self._delete.setVisible(state.saved_at is not None)

    def _follow_focus(self, state: OrderFormState) -> None:
        """To what keeps the order from being sent, once for each try."""
        if state.focus_turn == self._turn or state.focus is None:
            return
        self._turn = state.focus_turn
        problem = state.focus
        self.context.frame.announce(problem.sentence)
        if problem.article:
            self._table.edit_cell(problem.article, problem.field)
        elif problem.field == "articles":
            self._table.edit_cell(state.draft.articles[0].id)
        else:
            self._head.focus(problem.field)

    # How it is made

    def _build(self) -> None:
        profile = self.context.profile
        self._title = PageTitle()
        self._head = OrderHeadFields(profile)
        self._articles_title, self._badge = TextLabel(strong=True), Badge()
        self._paste = Button("", "link", "clipboard-paste", flush=True)
        self._import = Button("", "link", "table-2", flush=True)
        self._preview = ImportPreview()
        self._table = ArticleTable(profile)
        self._more = Button("", "link", "plus", flush=True)
        self._files = OrderFilesRow()
        self._hint, self._trouble = Banner(tone="info"), Banner(tone="danger")
        self._page = PageLayout()
        self._page.column.setSpacing(theme().space.l)
        for widget in (self._title, self._head):
            self._page.add(widget)
        for part in (
            self._articles_head(),
            self._preview,
            self._articles_card(),
            self._trouble,
            self._hint,
            self._files,
        ):
            self._page.add(part)
        self._bar = ActionBar()
        self._delete = self._bar.add_button("", "quiet")
        self._close = self._bar.add_button("", "neutral")
        self._send = self._bar.add_button("", "primary", "send")
        self._whole = QWidget()
        whole = column(self._whole)
        whole.addWidget(self._page, 1)
        whole.addWidget(self._bar)
        self._loading = Skeleton("list", 6)
        self._failed = ErrorState()
        self._again = self._failed.add_button("", "primary", "refresh-cw")
        self._stack = QStackedWidget()
        for each in (self._loading, self._whole, self._failed):
            self._stack.addWidget(each)
        column(self).addWidget(self._stack)

    def _articles_head(self) -> QWidget:
        head, titled = QWidget(), QWidget()
        title = row(titled, gap=theme().space.s)
        title.addWidget(self._articles_title)
        title.addWidget(self._badge)
        line = FlowLayout(head, gap=theme().space.xl, apart=True)
        for part in (titled, self._import, self._paste):
            line.addWidget(part)
        return head

    def _articles_card(self) -> Card:
        card = Card(padding=1)
        card.add(self._table)
        space = theme().space
        foot = row(margins=(_FIELDS_AT, space.s, space.s, space.s))
        foot.addWidget(self._more)
        foot.addStretch(1)
        card.body.addLayout(foot)
        return card

    def _connect(self) -> None:
        presenter, table = self.presenter, self._table
        self._head.said.connect(presenter.say)
        self._head.left.connect(presenter.left)
        table.said.connect(presenter.set_cell)
        table.left.connect(presenter.left)
        table.files_requested.connect(self._offer_files)
        table.remove_requested.connect(self._remove_article)
        table.dropped.connect(self._add_paths)
        table.pasted.connect(presenter.paste)
        table.more_requested.connect(self._add_article)
        table.shown_at.connect(self._scroll_to)
        self._more.clicked.connect(self._add_article)
        self._paste.clicked.connect(self._paste_table)
        self._import.clicked.connect(self._ask_for_table)
        self._preview.taken.connect(presenter.take_import)
        self._preview.left.connect(presenter.leave_import)
        self._files.add_requested.connect(partial(self._ask_for_files, ""))
        self._files.removed.connect(partial(presenter.remove_file, ""))
        FileDrop(self._whole, lambda: True, partial(self._add_paths, ""))  # beside the rows
        self._close.clicked.connect(self.context.frame.back)
        self._delete.clicked.connect(self._delete_draft)
        self._send.clicked.connect(self._send_order)
        self._again.clicked.connect(partial(presenter.open, ""))
        self._pause.timeout.connect(presenter.keep)
        self._page.width_changed.connect(self._head.set_width)

    # What the person does

    @Slot()
    def _add_article(self) -> None:
        self._table.edit_cell(self.presenter.add_article())

    @Slot(str)
    def _remove_article(self, article: str) -> None:
        undo = self.presenter.remove_article(article)
        self.context.frame.toast(_("Article removed"), action=_("Undo"), on_action=undo)

    @Slot()
    def _paste_table(self) -> None:
        self.presenter.paste(QGuiApplication.clipboard().text())

    @Slot()
    def _ask_for_table(self) -> None:
        dialog = FileDialog(self, _("Import a CSV file"))
        dialog.setNameFilters([_("Tables (*.csv *.tsv *.txt)"), _("All files (*)")])
        dialog.setFileMode(FileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._read_table)
        dialog.open()

    def _read_table(self, path: str) -> None:
        self.presenter.read_file(Path(path))

    @Slot(str)
    def _offer_files(self, article: str) -> None:
        held = self.presenter.state.draft.article(article)
        if held is None or not held.files:
            self._ask_for_files(article)
            return
        menu = Menu(self)
        menu.entry(_("Add files"), partial(self._ask_for_files, article))
        for file in held.files:
            text = _("Remove “{name}”").format(name=file.name)
            menu.entry(text, partial(self.presenter.remove_file, article, file))
        menu.open_once(self._table.place_of_files(article))

    def _ask_for_files(self, article: str) -> None:
        dialog = FileDialog(self, _("Attach files"))
        dialog.setFileMode(FileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(partial(self._add_paths, article))
        dialog.open()

    def _add_paths(self, article: str, paths: list[str]) -> None:
        self.presenter.add_paths(article, [Path(path) for path in paths])

    @Slot(QRect)
    def _scroll_to(self, cell: QRect) -> None:
        inside = self._page.widget()
        if inside is not None:
            place = self._table.viewport().mapTo(inside, cell.center())
            self._page.ensureVisible(place.x(), place.y(), 0, cell.height())

    @Slot()
    def _delete_draft(self) -> None:
        self.presenter.delete(self._deleted)

    def _deleted(self, undo: Callable[[], None]) -> None:
        self.context.frame.toast(_("Draft deleted"), action=_("Undo"), on_action=undo)
        self.context.frame.go(Route("orders"))

    @Slot()
    def _send_order(self) -> None:
        self.presenter.send(self._sent)

    def _sent(self, order_id: str) -> None:
        self.context.frame.announce(_("The order is safe on this computer and will be sent."))
        args = {"order_id": order_id, "account_id": self.context.account.id}
        self.context.frame.go(Route("order", args))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _trouble(state: OrderFormState) -> str:
    """What is wrong with the articles, by their lines: the cells have no room to say it."""
    lines = {each.id: place for place, each in enumerate(state.draft.articles, start=1)}
    told = [
        _("Line {line}: {what}").format(line=formats.number(lines[each.article]), what=each.sentence)
        for each in state.shown
        if each.article in lines
    ]
    more = (
        [_("… and {n} more").format(n=formats.number(len(told) - _MOST_TOLD))]
        if len(told) > _MOST_TOLD
        else []
    )
    parts = (state.trouble, state.problem("articles"), *told[:_MOST_TOLD], *more)
    return "\n".join(part for part in parts if part)
