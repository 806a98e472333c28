"""The right side: one text in a column that is easy to read, and what can be done with it at its end."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from supportdesk.app.reading import ReadingState
from supportdesk.domain.entities import Publication, PublicationKind
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _
from supportdesk.ui.reading import facts
from supportdesk.ui.reading.confirm_card import ConfirmCard
from supportdesk.ui.reading.helpful_card import HelpfulCard
from supportdesk.ui.reading.label_row import LabelRow
from supportdesk.ui.reading.related_card import RelatedCard
from supportdesk.ui.reading.text_marks import mark_matches
from supportdesk.ui.reading.video_card import VideoCard
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import IconButton
from supportdesk.ui.widgets.chip import Chip
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.safe_text import SafeText
from supportdesk.ui.widgets.steady_scroll import SteadyScroll
from supportdesk.ui.widgets.text_label import ElidedLabel, SectionLabel, TextLabel

_NARROW_BELOW = 640
_META_LINES = 3


class ReadingColumn(SteadyScroll):
    confirmed = Signal()
    rated = Signal(bool)
    label_chosen = Signal(str)
    report_requested = Signal()
    link_requested = Signal(str)
    video_requested = Signal(str)
    related_chosen = Signal(str)
    copy_link_requested = Signal()

    def __init__(self, profile: Profile, *, can_report: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._can_report = can_report
        self._shown = ""
        self._source = ""
        self._search = ""
        self._build()
        self._connect()
        self._measure()

    def show_item(self, item: Publication, state: ReadingState) -> None:
        self.setAccessibleName(item.title)
        self._render_head(item, state)
        self._render_text(item, state.searched)
        self._video.show_item(item)
        self._video.setVisible(state.can_play)
        self._labels.set_labels(item.labels)
        self._confirm.show_item(item, self._profile.short_name)
        article = item.publication is PublicationKind.ARTICLE
        self._helpful.setVisible(article)
        self._copy.setVisible(article)
        self._copy.set_label(_("Copy link"))
        self._related.show_items(state.related)
        if article:
            self._helpful.show_item(item, can_report=self._can_report)
        if item.id != self._shown:
            self._shown = item.id
            self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _build(self) -> None:
        space = theme().space
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._chip = Chip()
        self._meta = [ElidedLabel(kind="caption", tone="muted") for _line in range(_META_LINES)]
        self._title = SectionLabel()
        self._summary = TextLabel(kind="emphasis", tone="muted", wrap=True)
        self._text = SafeText()
        self._video = VideoCard()
        self._labels = LabelRow()
        self._confirm = ConfirmCard()
        self._helpful = HelpfulCard(self._profile)
        self._related = RelatedCard()
        self._copy = IconButton("link", "")
        self._meta_line = QWidget()
        flow = FlowLayout(self._meta_line, gap=space.m)
        for part in (self._chip, *self._meta):
            flow.addWidget(part)
        self._content = QWidget()
        title = QWidget()
        line = row(title, gap=space.s)
        line.addWidget(self._title, 1)
        line.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        lines = column(self._content)
        for part, gap in (
            (self._meta_line, space.s),
            (title, space.s),
            (self._summary, space.xl),
            (self._text, space.xl),
            (self._video, space.xl),
            (self._labels, space.xl),
            (self._confirm, 0),
            (self._helpful, space.xl),
            (self._related, 0),
        ):
            lines.addWidget(part)
            lines.addSpacing(gap)
        lines.addStretch(1)
        page = QWidget()
        self._page = row(page)
        self._page.addStretch(1)
        self._page.addWidget(self._content, 1000)
        self._page.addStretch(1)
        self.setWidget(page)

    def _connect(self) -> None:
        self._text.link_requested.connect(self.link_requested)
        self._video.requested.connect(self.video_requested)
        self._labels.chosen.connect(self.label_chosen)
        self._related.chosen.connect(self.related_chosen)
        self._copy.clicked.connect(self.copy_link_requested)
        self._confirm.confirmed.connect(self.confirmed)
        self._helpful.rated.connect(self.rated)
        self._helpful.report_requested.connect(self.report_requested)
        theme().changed.connect(self._measure)

    def _render_head(self, item: Publication, state: ReadingState) -> None:
        shown = facts.chip(item)
        self._chip.setVisible(shown is not None)
        if shown is not None:
            words, style = shown
            self._chip.set_state(words, style.tone, style.icon)
        lines = facts.meta(item, state.catalogue, self._profile)
        for label, text in zip(self._meta, (*lines, *[""] * _META_LINES), strict=False):
            label.setText(text)
            label.setVisible(bool(text))
        self._title.setText(item.title)
        self._summary.setText(item.summary)
        self._summary.setVisible(bool(item.summary))

    def _render_text(self, item: Publication, search: str) -> None:
        """Set anew only when it changed: a selection of the person's must not vanish."""
        if item.body != self._source or item.id != self._shown:
            self._source = item.body
            self._text.set_text(item.body)
            self._text.setAccessibleName(item.title)
        self._search = search
        mark_matches(self._text, search)

    @Slot()
    def _measure(self) -> None:
        self._content.setMaximumWidth(theme().measure())
        for label in self._meta:
            label.setFixedHeight(theme().height.chip)
        self._place()
        mark_matches(self._text, self._search)

    def _place(self) -> None:
        space = theme().space
        side = space.xl if self.width() < theme().scaled(_NARROW_BELOW) else space.page_margin
        self._page.setContentsMargins(side, space.xl, side, space.xxl)
