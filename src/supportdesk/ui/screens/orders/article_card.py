"""One article of an order that is there: what it is, and its files."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from supportdesk.app.return_slip import choice_name
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.commands import FileRef
from supportdesk.domain.entities import Attachment
from supportdesk.domain.orders import Article
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.conversation.file_drop import FileDrop
from supportdesk.ui.conversation.file_row import FileRow
from supportdesk.ui.conversation.pictures import Pictures
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import Button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.layouts import row
from supportdesk.ui.widgets.text_label import TextLabel


class ArticleCard(Card):
    """Files that are dropped on it belong to it. `add_requested` asks for some."""

    add_requested = Signal()
    dropped = Signal(list)

    def __init__(
        self,
        article: Article,
        catalogue: Catalogue,
        profile: Profile,
        pictures: Pictures,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(gap=theme().space.s, parent=parent)
        self._article, self._catalogue, self._profile = article, catalogue, profile
        self._can_add = False
        tone = "muted" if article.removed else "text"
        self._title = TextLabel(strong=True, wrap=True, tone=tone)
        self._quantity = TextLabel(strong=True, tone=tone, tabular=True)
        self._facts = TextLabel(kind="caption", tone="muted", wrap=True)
        self.files = FileRow(pictures)
        self._add = Button("", "quiet", "paperclip", size="small")
        self._add.clicked.connect(self.add_requested)
        FileDrop(self, lambda: self._can_add, self.dropped.emit)
        self._build()
        self.retranslate()

    def show_files(self, files: tuple[Attachment, ...], *, can_add: bool) -> None:
        can_add = can_add and not self._article.removed
        self._can_add = can_add
        self.files.replace_attachments(files)
        self.files.setVisible(bool(files))
        self._add.setVisible(can_add)

    def show_unsent(self, files: tuple[tuple[FileRef, Path], ...]) -> None:
        """With the places of their bytes: what goes along with an order on its way."""
        self.files.set_unsent(files)
        self.files.setVisible(bool(files))
        self._add.hide()

    def retranslate(self) -> None:
        article = self._article
        called = article.name or article.number
        self._title.setText(called)
        self._quantity.setText(_("{n} ×").format(n=formats.number(article.quantity)))
        serial = _("Serial number {number}").format(number=article.serial_number)
        fault = choice_name(self._catalogue.order_faults, article.fault, self._profile)
        condition = choice_name(self._catalogue.order_conditions, article.condition, self._profile)
        parts = (
            _("No longer part of the order") if article.removed else "",
            article.number if article.name else "",
            serial if article.serial_number else "",
            fault,
            condition,
        )
        self._facts.setText(" · ".join(part for part in parts if part))
        self._facts.setVisible(any(parts))
        self._add.setText(_("Add files"))
        self._add.setAccessibleName(_("Add files to {name}").format(name=called))
        self.setAccessibleName(called)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        head = row(gap=theme().space.m)
        head.addWidget(self._quantity, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._title, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._add)
        self.body.addLayout(head)
        self.add(self._facts)
        self.add(self.files)
